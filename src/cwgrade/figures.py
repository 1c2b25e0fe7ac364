"""Published figures attached to a scheme: what its pegs read is fixed before anything is asked."""

from __future__ import annotations

import attrs

from cwgrade.law.pegs import NamedSeries
from cwgrade.published import PublishedFigure, PublishedSeries, require_agreement
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.sources import Trust

__all__ = ["with_published", "with_series"]


def with_series(scheme: Scheme, series: PublishedSeries) -> Scheme:
    """Give a scheme whose series hold more published figures.

    A figure belongs to a series of the scheme where the region is the same; it is used where measure and unit are the
    same too. The scheme's digest stays as it is: figures that were used stand in the derivation.

    Args:
        scheme: The scheme.
        series: The figures, such as those of a file (`load_series`).

    Raises:
        FiguresDiffer: A figure contradicts one that the scheme has; both are shown with their sources.

    Examples:
        >>> from cwgrade import PublishedSeries, load_scheme
        >>> scheme = load_scheme("changsha-furong-2018")
        >>> with_series(scheme, PublishedSeries(())) == scheme
        True
    """
    return Scheme(tuple(_version(one, series, every=True) for one in scheme.versions))


def with_published(version: SchemeVersion, series: PublishedSeries) -> SchemeVersion:
    """Give a version whose series have the packaged figures, where the file asks for them.

    Args:
        version: The version.
        series: The packaged figures.
    """
    return _version(version, series, every=False)


def _version(version: SchemeVersion, series: PublishedSeries, *, every: bool) -> SchemeVersion:
    named = tuple(
        _with_figures(version, one, series) if every or one.published else one
        for one in version.series
    )
    return version if named == version.series else attrs.evolve(version, series=named)


def _with_figures(
    version: SchemeVersion, named: NamedSeries, series: PublishedSeries
) -> NamedSeries:
    added = series.of_region(named.series.region)
    usable = (one for one in named.attached if one.carries_pay)
    require_agreement((*_own(version, named), *usable), added)
    return attrs.evolve(named, attached=tuple(dict.fromkeys((*named.attached, *added))))


def _own(version: SchemeVersion, named: NamedSeries) -> tuple[PublishedFigure, ...]:
    """Give the figures that the scheme names itself; it has weighed their sources."""
    found = []
    for one in named.series.figures:
        source = version.source(one.citation.source)
        title = f"《{source.instrument}》" if source else one.citation.source
        found.append(
            PublishedFigure(
                region=named.series.region,
                measure=named.series.measure,
                year=one.year,
                unit=named.series.unit,
                fen=one.fen,
                published_on=one.published_on,
                url=f"{version.id}: {title}",
                trust=source.trust if source else Trust.INVENTED,
            )
        )
    return tuple(found)
