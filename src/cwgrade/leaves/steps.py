"""What every leaf needs: the readings of a timing that is not stated, and the step that shows what was found."""

from __future__ import annotations

from typing import Any, Final

from cwgrade.dates import Takes
from cwgrade.facts import StatedField
from cwgrade.quantities import Definition, StatedEffect
from cwgrade.reasons import Step, StepValue

__all__ = ["found", "timing_of"]


def timing_of(effect: StatedEffect) -> StatedField:
    """Give the timing of an effect with every reading it may have."""
    readings = _WITHOUT_ANNUAL if effect.annual_day is None else _ALL
    return StatedField(path=f"{effect.path}.takes", stated=effect.takes, readings=readings)


_ALL: Final = tuple(Takes)
_WITHOUT_ANNUAL: Final = tuple(one for one in Takes if one is not Takes.ANNUAL_DAY)


def found(definition: Definition, code: str, result: StepValue, **more: Any) -> Step:
    """Make the step of a leaf, with the label and source of its definition."""
    return Step(
        code=code,
        path=definition.path,
        result=result,
        unit=definition.unit,
        label=definition.label,
        citation=definition.citation,
        **more,
    )
