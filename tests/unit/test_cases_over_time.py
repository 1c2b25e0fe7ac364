"""Cases of the world over time whose scheme is not published: what is printed stands in invented schemes."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from cwgrade.arrears import Cause, FigureChange, Snapshot, VersionChange, arrears_between
from cwgrade.grading import grade_on
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.schemefile import parse_scheme
from cwgrade.timeline import Standing
from cwgrade.worker import ServiceSpell, Worker

HEAD = """
format = "cwgrade-scheme/1"
[scheme]
id = "sample-{name}"
title = {{ zh = "虚构：{name}", en = "Invented: {name}" }}
place = "990101"
status = "sample"
revision = {revision}
checked_on = 2026-11-24
published_on = {published}
effective_on = {first}
attested_from = {first}
attested_until = 2025-12-31
[sources.text]
instrument = "虚构"
read_on = 2026-11-24
trust = "invented"
[posts.staff]
label = {{ zh = "工作人员", en = "staff" }}
titles = ["委员"]
source = "text"
[rounding]
component = {{ to = "fen", mode = "half_up" }}
source = "text"
[proration]
rule = "calendar_days"
source = "text"
"""


def version(
    name: str, body: str, *, revision: int = 1, first: str, published: str
) -> SchemeVersion:
    return parse_scheme(
        HEAD.format(name=name, revision=revision, first=first, published=published) + body
    )


def since(start: date, end: date | None = None) -> Worker:
    return Worker(id="1", spells=(ServiceSpell(start=start, end=end, title="委员"),))


class TestSignedInSeptemberInForceSinceJanuary:
    """苏人社发〔2024〕38号, signed on 2024-09-30: the floor of the contribution base is 4,879 yuan from 2024-01-01.

    An allowance of that size, and the 4,500 yuan before it, are invented.
    """

    PAY = """
[pay.allowance]
label = {{ zh = "补贴", en = "allowance" }}
yuan = {yuan}
source = "text"
"""
    AMENDED = Scheme(
        (
            version("floor", PAY.format(yuan=4500), first="2023-01-01", published="2023-01-01"),
            version(
                "floor",
                PAY.format(yuan=4879),
                revision=2,
                first="2024-01-01",
                published="2024-09-30",
            ),
        )
    )
    PEGGED = Scheme(
        (
            version(
                "floor",
                """
[series.floor]
label = { zh = "缴费基数下限", en = "floor of the base" }
measure = "缴费基数下限"
region = "99"
unit = "month"
figures = [
    { year = 2023, yuan = 4500, published_on = 2023-01-01, source = "text" },
    { year = 2024, yuan = 4879, published_on = 2024-09-30, source = "text" },
]
[base]
label = { zh = "基数", en = "base" }
source = "text"
[base.peg]
series = "floor"
lag_years = 0
rebased = "01-01"
until_published = true
after_publication = "settle"
[pay.allowance]
label = { zh = "补贴", en = "allowance" }
product = ["base"]
source = "text"
""",
                first="2023-01-01",
                published="2023-01-01",
            ),
        )
    )
    MONTHS = tuple((2024, month) for month in range(1, 11))

    @pytest.mark.parametrize(
        ("worker", "months"),
        [
            (since(date(2020, 3, 1)), 9),
            # who has left is owed too, and who came later is owed less
            (since(date(2020, 3, 1), date(2024, 6, 1)), 5),
            (since(date(2024, 7, 1)), 3),
        ],
    )
    def test_the_months_paid_before_it_was_signed_are_owed(
        self, worker: Worker, months: int
    ) -> None:
        before = Snapshot(worker=worker, scheme=self.AMENDED, known_on=date(2024, 9, 29))
        after = attrs.evolve(before, known_on=date(2024, 9, 30))
        found = arrears_between(before, after, months=self.MONTHS[:9])
        assert [one.fen for one in found.months if one.fen] == [379_00] * months
        assert found.by_cause == ((Cause.SCHEME_AMENDED, 379_00 * months),)
        assert {one.became_known for one in found.parts} == {date(2024, 9, 30)}
        ((change,),) = {one.changes for one in found.parts}
        assert isinstance(change, VersionChange)
        assert change.from_day == date(2024, 1, 1)

    def test_as_a_figure_it_settles_what_stood_in(self) -> None:
        before = Snapshot(
            worker=since(date(2020, 3, 1)), scheme=self.PEGGED, known_on=date(2024, 9, 29)
        )
        after = attrs.evolve(before, known_on=date(2024, 9, 30))
        found = arrears_between(before, after, months=((2023, 12), *self.MONTHS))
        assert [one.fen for one in found.months] == [0, *[379_00] * 10]
        assert found.by_cause == ((Cause.PROVISIONAL_SETTLED, 3790_00),)
        assert {one.standing for one in found.months} == {Standing.FINAL}
        ((change,),) = {one.changes for one in found.parts}
        assert isinstance(change, FigureChange)
        assert (change.year, change.after_fen) == (2024, 4879_00)

    def test_a_figure_that_nothing_stood_in_for_is_one_that_was_published(self) -> None:
        """Published once at 4,500 and once more at 4,879: the figure was replaced, and nothing was provisional."""
        (pegged,) = self.PEGGED.versions
        (named,) = pegged.series
        older, newer = named.series.figures
        first = attrs.evolve(
            named.series,
            figures=(older, attrs.evolve(older, year=2024, published_on=date(2024, 1, 2))),
        )
        second = attrs.evolve(named.series, figures=(older, newer))
        worker = since(date(2020, 3, 1))
        found = arrears_between(
            *(
                Snapshot(
                    worker=worker,
                    scheme=Scheme(
                        (attrs.evolve(pegged, series=(attrs.evolve(named, series=one),)),)
                    ),
                    known_on=day,
                )
                for one, day in ((first, date(2024, 9, 29)), (second, date(2024, 9, 30)))
            ),
            months=self.MONTHS[:9],
        )
        assert found.by_cause == ((Cause.STATISTIC_PUBLISHED, 3411_00),)


LADDER = """
[service]
convention = "whole_months"
gaps = "skipped"
other_kinds = 0
source = "text"
[service.kinds.community]
within = "anywhere"
rate = 1
[effect.service]
takes = "same_day"
reckoned_from = "day_met"
source = "text"
[ladder]
label = {{ zh = "岗位等级", en = "grade" }}
grades = [1, {top}]
start = 1
waiting_years = {wait}
boundary = "reached"
source = "text"
[pay.basic]
label = {{ zh = "基本工资", en = "basic pay" }}
yuan = 3000
source = "text"
"""
MOVE = """
[transition]
from = "earlier version"
rule = "shift"
shift_yuan = 0
waiting = "{waiting}"
protection = "none"
source = "text"
"""
CAME = {
    "three years on the eve": date(2021, 12, 31),
    "three years on the day": date(2022, 1, 1),
    "thirty months": date(2022, 7, 1),
    "two years on the day": date(2023, 1, 1),
    "a day short of two": date(2023, 1, 2),
    "risen once, a day short of three": date(2019, 1, 2),
}


@pytest.mark.parametrize(
    ("waiting", "steps_up"),
    [
        # the months waited meet the shorter wait
        (
            "kept",
            {
                "three years on the day": 2,
                "thirty months": 2,
                "two years on the day": 2,
                "risen once, a day short of three": 3,
            },
        ),
        # the share of three years that was waited is that share of two: only a whole one is enough
        ("converted", {"three years on the day": 2}),
        ("restarts", {}),
        # without a transition all years are counted in twos
        (
            None,
            {
                "three years on the day": 2,
                "thirty months": 2,
                "two years on the day": 2,
                "risen once, a day short of three": 3,
            },
        ),
    ],
)
def test_who_steps_up_on_the_day_on_which_three_years_become_two(
    waiting: str | None, steps_up: dict[str, int]
) -> None:
    """Ningxia shortened the wait in 2025; from which day, and what becomes of months waited, is invented."""
    move = "" if waiting is None else MOVE.format(waiting=waiting)
    scheme = Scheme(
        (
            version(
                "wait", LADDER.format(top=18, wait=3), first="2010-01-01", published="2010-01-01"
            ),
            version(
                "wait",
                LADDER.format(top=24, wait=2) + move,
                revision=2,
                first="2025-01-01",
                published="2024-12-31",
            ),
        )
    )
    found = {}
    for name, came in CAME.items():
        eve, day = (
            grade_on(since(came), scheme, on=on).placement.grade
            for on in (date(2024, 12, 31), date(2025, 1, 1))
        )
        if day != eve:
            found[name] = day
    assert found == steps_up
