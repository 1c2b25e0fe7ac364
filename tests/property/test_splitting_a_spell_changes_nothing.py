"""A spell that is written as two that touch is the same service."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cwgrade.catalogue import load_scheme
from cwgrade.outcomes import Decided
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from cwgrade.strategies import days, workers_under
from cwgrade.worker import ServiceSpell, Worker
from tests.property.invented import SAMPLE, answers, clerk, months, paid_days, sample_workers

ONE_DAY = timedelta(days=1)


@st.composite
def split(draw: st.DrawFn, source: st.SearchStrategy[Worker]) -> tuple[Worker, Worker]:
    """Draw a worker, and the same one with a spell cut in two on some day inside it."""
    worker = draw(source)
    place = draw(st.integers(0, len(worker.spells) - 1))
    spell = worker.spells[place]
    assert isinstance(spell.start, date)
    end = spell.end if isinstance(spell.end, date) else date(2020, 1, 1)
    if (end - spell.start).days < 2:
        return worker, worker
    day = draw(days(first=spell.start + ONE_DAY, last=end - ONE_DAY))
    halves = (attrs.evolve(spell, end=day), attrs.evolve(spell, start=day))
    spells = (*worker.spells[:place], *halves, *worker.spells[place + 1 :])
    return worker, attrs.evolve(worker, spells=spells)


@given(split(sample_workers()), paid_days(), months())
def test_in_the_sample(pair: tuple[Worker, Worker], on: date, month: tuple[int, int]) -> None:
    whole, cut = pair
    assert answers(whole, SAMPLE, on, month) == answers(cut, SAMPLE, on, month)


@pytest.mark.parametrize(
    ("scheme_id", "on"),
    [
        ("changsha-furong-2018", date(2018, 3, 1)),
        ("harbin-2016", date(2016, 1, 1)),
        ("jiujiang-2014", date(2015, 3, 1)),
    ],
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_in_a_real_scheme(scheme_id: str, on: date, data: st.DataObject) -> None:
    scheme = load_scheme(scheme_id)
    month = (on.year, on.month)
    source = workers_under(scheme, kinds=("community",), years=(2008, on.year))
    whole, cut = data.draw(split(source))
    assert answers(whole, scheme, on, month) == answers(cut, scheme, on, month)


YEARLY = """
format = "cwgrade-scheme/1"
[scheme]
id = "sample-yearly"
title = { zh = "虚构", en = "invented" }
place = "9901"
status = "sample"
revision = 1
checked_on = 2026-11-24
published_on = 2011-12-20
effective_on = 2012-01-01
attested_from = 2012-01-01
attested_until = 2030-12-31
[sources.text]
instrument = "虚构"
read_on = 2026-11-24
trust = "invented"
[posts.staff]
label = { zh = "工作人员", en = "staff" }
source = "text"
[pay.award]
label = { zh = "年终奖", en = "award" }
source = "text"
accrues_per = "year"
paid = "yearly"
paid_in = [12]
yuan = 1200
[proration]
rule = "calendar_days"
source = "text"
[rounding]
component = { to = "fen", mode = "half_up" }
source = "text"
"""


def test_of_an_amount_for_a_whole_year() -> None:
    scheme = Scheme((parse_scheme(YEARLY),))
    spells = (
        ServiceSpell(start=date(2012, 1, 1), end=date(2018, 5, 1), post="staff"),
        ServiceSpell(start=date(2018, 5, 1), post="staff"),
    )
    for worker in (clerk(), clerk(spells=spells)):
        assert pay_for_month(worker, scheme, year=2018, month=12).outcome == Decided(120_000)


def test_of_two_overlapping_kinds_that_count_alike() -> None:
    community = ServiceSpell(
        start=date(2010, 1, 15), end=date(2014, 1, 14), post="staff", region="9902"
    )
    soldier = ServiceSpell(
        start=date(2010, 1, 1), end=date(2013, 1, 1), post="staff", kind="military"
    )
    halves = (
        attrs.evolve(soldier, end=date(2011, 1, 1)),
        attrs.evolve(soldier, start=date(2011, 1, 1)),
    )
    now = ServiceSpell(start=date(2016, 1, 1), post="staff")
    whole = clerk(spells=(community, soldier, now))
    cut = clerk(spells=(community, *halves, now))
    for on in (date(2016, 1, 1), date(2017, 1, 1), date(2018, 1, 1)):
        assert answers(whole, SAMPLE, on, (2016, 6)) == answers(cut, SAMPLE, on, (2016, 6))
