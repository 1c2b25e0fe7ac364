"""The band that a number or a day falls into, as far as the source prints where the bands begin."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from cwgrade.facts import Facts, StatedField, settle
from cwgrade.gaps import Gap, Missing
from cwgrade.ladder import Boundary
from cwgrade.quantities import DAY, Definition, Exact, Steps, bands_at, gap_of

__all__ = ["band_of"]


def band_of(
    facts: Facts, definition: Definition, bands: Steps, at: Exact | date
) -> int | tuple[Gap, ...]:
    """Give the place of the band, -1 below the first; or the bounds that hide it.

    Bands that may hold the value and give the same number need no bound between them.

    Args:
        facts: The worker's facts.
        definition: The definition of the bands.
        bands: The bands.
        at: The number or the day.
    """
    field = StatedField(
        path=f"{definition.path}.boundary", stated=bands.boundary, readings=tuple(Boundary)
    )
    (boundary,) = settle(facts.choices, (field,), lambda one: bands_at(at, bands.starts, one[0]))
    places = bands_at(at, bands.starts, boundary)
    before_all = None if bands.of == DAY else Fraction(0)
    cells = {bands.cells[place] if place >= 0 else before_all for place in places}
    if len(cells) == 1:
        return places[-1]
    return tuple(
        gap_of(start, f"{definition.path}.from[{place}]")
        for place in places
        if place >= 0 and isinstance(start := bands.starts[place], Missing)
    )
