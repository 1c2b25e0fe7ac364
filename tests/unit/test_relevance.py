"""A month is worked out again only where something it rests on was known on one of two days and not on the other."""

from datetime import date
from typing import Final

import attrs

from cwgrade.arrears.relevance import may_differ
from cwgrade.catalogue import load_scheme
from cwgrade.dates import PartialDate
from cwgrade.scheme import Scheme
from cwgrade.timeline import Published
from cwgrade.worker import ServiceSpell, Worker

SAMPLE: Final = load_scheme("sample-3x18")
WORKER: Final = Worker(id="1", spells=(ServiceSpell(start=date(2015, 1, 1), title="委员"),))
JULY, JUNE = date(2018, 7, 1), date(2018, 6, 1)
# the wage of 2017 came out on 20 June 2018, and the base follows it from July
DAYS: Final = (date(2018, 6, 19), date(2018, 6, 30))


def differ(first: date, *, worker: Worker = WORKER, scheme: Scheme = SAMPLE) -> bool:
    return may_differ(worker, scheme, first, known_before=DAYS[0], known_after=DAYS[1])


def published(on: Published) -> Scheme:
    """Give the sample with another day for the wage of 2017."""
    version = SAMPLE.versions[0]
    (named,) = version.series
    figures = tuple(
        attrs.evolve(one, published_on=on) if one.year == 2017 else one
        for one in named.series.figures
    )
    series = attrs.evolve(named.series, figures=figures)
    return Scheme((attrs.evolve(version, series=(attrs.evolve(named, series=series),)),))


def test_a_figure_matters_from_the_month_that_wants_it() -> None:
    assert (differ(JUNE), differ(JULY)) == (False, True)
    assert not may_differ(WORKER, SAMPLE, JULY, known_before=DAYS[1], known_after=DAYS[1])


def test_a_fact_that_came_on_record_matters_in_every_month() -> None:
    spell = attrs.evolve(WORKER.spells[0], recorded_on=date(2018, 6, 25))
    assert differ(JUNE, worker=attrs.evolve(WORKER, spells=(spell,)))


def test_a_figure_that_is_perhaps_out_matters() -> None:
    year = published(PartialDate(2018))
    # on both days it is perhaps out, and every answer is tried both ways
    assert not differ(JULY, scheme=year)
    assert may_differ(WORKER, year, JULY, known_before=date(2017, 12, 31), known_after=DAYS[1])
    vague = published(PartialDate(2018, 6))
    assert not may_differ(
        WORKER, vague, JULY, known_before=date(2018, 6, 10), known_after=date(2018, 6, 20)
    )


def test_a_version_matters() -> None:
    later = attrs.evolve(SAMPLE.versions[0], published_on=date(2018, 6, 25))
    assert differ(JUNE, scheme=Scheme((later,)))
