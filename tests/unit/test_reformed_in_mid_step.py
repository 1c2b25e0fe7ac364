"""Reformed in mid-step: nine cases of a worker whose waiting period is under way when a new version comes.

Both versions are invented. The earlier one: grades 1 to 4, a wait of three years, 2000 to 2900 yuan. The later
one, from 2021-01-01: grades 1 to 6 and a wait of two years. Whoever began on day D has grade 1 + full waits served.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cwgrade.career import career_of
from cwgrade.dates import PartialDate
from cwgrade.grading import grade_on
from cwgrade.moving import moves_of
from cwgrade.outcomes import Decided, OneOf, Unspecified
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from cwgrade.statement import grading_text
from cwgrade.worker import PlacementOnRecord, ServiceSpell, Worker

HEAD = """
format = "cwgrade-scheme/1"
[scheme]
id = "sample-reform"
title = {{ zh = "虚构：改革", en = "Invented: a reform" }}
place = "990101"
status = "sample"
revision = {revision}
checked_on = 2026-11-24
published_on = {first}
effective_on = {first}
attested_from = {first}
attested_until = {last}
[sources.text]
instrument = "虚构"
read_on = 2026-11-24
trust = "invented"
[posts.staff]
label = {{ zh = "工作人员", en = "staff" }}
titles = ["委员"]
source = "text"
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
by = "grade"
yuan = {yuan}
source = "text"
"""
MOVE = """
[transition]
from = "earlier version"
protection = "none"
source = "text"
clause = "9"
"""
OLD = parse_scheme(
    HEAD.format(
        revision=1,
        first="2010-01-01",
        last="2020-12-31",
        top=4,
        wait=3,
        yuan=[2000, 2300, 2600, 2900],
    )
)
YUAN = [2100, 2250, 2400, 2650, 2900, 3200]
TABLE = 'rule = "table"\ntable = { "1" = 1, "2" = 3, "3" = 4, "4" = 6 }\n'
SAME = 'rule = "table"\ntable = { "1" = 1, "2" = 2, "3" = 3, "4" = 4 }\n'
DAY = date(2021, 1, 1)


def reform(rules: str, wait: int = 2) -> Scheme:
    head = HEAD.format(
        revision=2, first="2021-01-01", last="2030-12-31", top=6, wait=wait, yuan=YUAN
    )
    return Scheme((OLD, parse_scheme(head + (MOVE + rules if rules else ""))))


def since(start: date) -> Worker:
    return Worker(id="1", spells=(ServiceSpell(start=start, post="staff"),))


def rises(worker: Worker, scheme: Scheme, until: str) -> list[tuple[str, int]]:
    """Give the grade on the eve and on each day on which it changes, until a day."""
    end = date.fromisoformat(until) + timedelta(days=1)
    career = career_of(worker, scheme, start=date(2020, 12, 31), end=end)
    found: list[tuple[str, int]] = []
    for entry in career.entries:
        assert entry.placement is not None
        assert entry.gross_fen is not None
        if not found or found[-1][1] != entry.placement.grade:
            found.append((str(entry.start), entry.placement.grade))
    return found


@pytest.mark.parametrize(
    ("began", "waiting", "expected"),
    [
        # 1. a rise on the eve (three years on 2020-12-31): 2 → 3, nothing waited: next after two whole years
        (date(2017, 12, 31), "kept", [("2020-12-31", 2), ("2021-01-01", 3), ("2022-12-31", 4)]),
        # 2. a rise due on the day itself: grade 1 on the eve → 1, but 36 months meet the wait of 24 on the day: 2
        (date(2018, 1, 1), "kept", [("2020-12-31", 1), ("2021-01-01", 2), ("2022-01-01", 3)]),
        # 3. half of the old wait served (18 of 36), kept: six months are left
        (date(2019, 7, 1), "kept", [("2020-12-31", 1), ("2021-07-01", 2), ("2023-07-01", 3)]),
        # 4. converted: half of the old wait is half of the new one: twelve months are left
        (date(2019, 7, 1), "converted", [("2020-12-31", 1), ("2022-01-01", 2), ("2024-01-01", 3)]),
        # 5. restarts: two whole years
        (date(2019, 7, 1), "restarts", [("2020-12-31", 1), ("2023-01-01", 2), ("2025-01-01", 3)]),
        # 6. beyond the new wait already (30 of 36): the rise comes on the day, six months go on
        (date(2018, 7, 1), "kept", [("2020-12-31", 1), ("2021-01-01", 2), ("2022-07-01", 3)]),
        # 7. a month after the old rise: 2 → 3, one month waited
        (date(2017, 12, 1), "kept", [("2020-12-31", 2), ("2021-01-01", 3), ("2022-12-01", 4)]),
        # 8. the old top (4) is the new top (6)
        (date(2010, 1, 1), "restarts", [("2020-12-31", 4), ("2021-01-01", 6)]),
    ],
)
def test_by_table(began: date, waiting: str, expected: list[tuple[str, int]]) -> None:
    found = rises(since(began), reform(f'{TABLE}waiting = "{waiting}"\n'), expected[-1][0])
    assert found == expected


def test_at_the_old_top_no_share_of_a_wait_is_carried() -> None:
    """Since 2009-09-13: three rises and 27 months more by the move, at the top: the wait of 24 months begins anew."""
    found = rises(since(date(2009, 9, 13)), reform(f'{SAME}waiting = "converted"\n'), "2023-01-01")
    assert found == [("2020-12-31", 4), ("2022-12-13", 5)]


def test_the_old_top_is_no_longer_the_top() -> None:
    """9. At the old top nothing was waited for: grade 4 stays, and the next wait begins on the day."""
    found = rises(
        since(date(2010, 1, 1)),
        reform('rule = "shift"\nshift_yuan = 0\nwaiting = "restarts"\n'),
        "2025-01-01",
    )
    assert found == [("2020-12-31", 4), ("2023-01-01", 5), ("2025-01-01", 6)]


@pytest.mark.parametrize(
    ("began", "grade"),
    [
        (date(2019, 7, 1), 1),  # 2000: 2100 is the least that is not below
        (date(2017, 1, 1), 3),  # 2300: 2250 is below, 2400 is not
        (date(2014, 7, 1), 4),  # 2600: 2650
        (date(2011, 1, 1), 5),  # 2900: 2900 itself
    ],
)
def test_by_equal_pay(began: date, grade: int) -> None:
    scheme = reform('rule = "equal_pay"\nwaiting = "restarts"\n')
    grading = grade_on(since(began), scheme, on=DAY)
    assert grading.placement.grade == grade
    (step,) = [one for one in grading.derivation.root.walk() if one.code == "transition"]
    assert dict(step.inputs)["from"] == "sample-reform, revision 1"
    assert step.citation is not None
    assert step.citation.clause == "9"
    slip = pay_for_month(since(began), scheme, year=2021, month=1)
    assert slip.gross_fen == YUAN[grade - 1] * 100
    assert not slip.derivation.notes


@pytest.mark.parametrize("began", [date(2010, 1, 1), date(2016, 5, 3)])
def test_recomputed_with_the_waiting_kept_changes_nothing(began: date) -> None:
    plain, moved = reform(""), reform('rule = "recomputed"\nwaiting = "kept"\n')
    for on in (DAY, date(2021, 5, 3), date(2022, 5, 3), date(2023, 1, 1)):
        assert (
            grade_on(since(began), plain, on=on).outcome
            == grade_on(since(began), moved, on=on).outcome
        )


def test_a_missing_waiting_is_refused_only_where_it_matters() -> None:
    scheme = reform(f'{TABLE}waiting = {{ missing = "not stated", zh = "未载" }}\n')
    assert grade_on(since(date(2019, 7, 1)), scheme, on=DAY).placement.grade == 1
    assert isinstance(
        grade_on(since(date(2019, 7, 1)), scheme, on=date(2022, 2, 1)).outcome, Unspecified
    )


def test_a_grade_without_a_cell_is_open() -> None:
    scheme = reform('rule = "table"\ntable = { "1" = 1 }\nwaiting = "kept"\n')
    outcome = grade_on(since(date(2010, 1, 1)), scheme, on=DAY).outcome
    assert isinstance(outcome, Unspecified)
    assert [gap.why for gap in outcome.gaps] == ["no-cell"]


def test_who_came_later_and_whose_grade_was_approved_later_are_not_moved() -> None:
    scheme = reform(f'{TABLE}waiting = "kept"\n')
    assert grade_on(since(date(2021, 2, 1)), scheme, on=date(2023, 2, 1)).outcome == Decided(
        grade_on(since(date(2021, 2, 1)), reform(""), on=date(2023, 2, 1)).placement
    )
    approved = Worker(
        id="1",
        spells=(ServiceSpell(start=date(2010, 1, 1), post="staff"),),
        placement=PlacementOnRecord(post="staff", grade=5, since=date(2022, 1, 1)),
    )
    assert grade_on(approved, scheme, on=date(2022, 6, 1)).placement.grade == 5


def test_protected_pay_is_not_computed_and_said_so() -> None:
    scheme = reform(f'{TABLE}waiting = "kept"\n')
    frozen = MOVE.replace('"none"', '"frozen"') + TABLE
    version = parse_scheme(
        HEAD.format(revision=2, first="2021-01-01", last="2030-12-31", top=6, wait=2, yuan=YUAN)
        + frozen
    )
    grading = grade_on(since(date(2010, 1, 1)), Scheme((OLD, version)), on=DAY)
    assert [note.code for note in grading.derivation.notes] == ["transition-not-computed"]
    assert not grade_on(since(date(2010, 1, 1)), scheme, on=DAY).derivation.notes


@pytest.mark.parametrize("rule", ["table", "equal_pay"])
def test_an_unknown_day_of_entry_tries_every_standing(rule: str) -> None:
    text = TABLE if rule == "table" else 'rule = "equal_pay"\n'
    scheme = reform(f'{text}waiting = "restarts"\n')
    unknown = Worker(id="1", spells=(ServiceSpell(start=PartialDate(2017, 12), post="staff"),))
    months = [
        grade_on(since(date(2017, 12, day)), scheme, on=DAY).placement.grade for day in (1, 31)
    ]
    found = grade_on(unknown, scheme, on=DAY)
    values = found.outcome.values if isinstance(found.outcome, OneOf) else (found.placement,)
    assert {one.grade for one in values} >= set(months)
    for lang in ("en", "zh"):
        assert grading_text(found, "1", lang, version=scheme.versions[-1])


def test_a_missing_rule_may_be_a_table_that_nobody_has_seen() -> None:
    missing = '{ missing = "not in the page", zh = "网页未载" }'
    outcome = grade_on(
        since(date(2019, 7, 1)), reform(f'rule = {missing}\nwaiting = "kept"\n'), on=DAY
    ).outcome
    assert isinstance(outcome, Unspecified)
    assert "transition.rule" in {gap.path for gap in outcome.gaps}


def test_too_many_standings_are_no_standing() -> None:
    """Eight spells of which no day is known: the place is open, and not that of the first combination."""
    days = tuple(
        ServiceSpell(
            start=PartialDate(2008 + number, 2),
            end=PartialDate(2008 + number, 11),
            post="staff",
        )
        for number in range(8)
    )
    worker = Worker(id="1", spells=(*days, ServiceSpell(start=date(2017, 1, 1), post="staff")))
    for rule in (TABLE, 'rule = "equal_pay"\n'):
        scheme = reform(f'{rule}waiting = "restarts"\n')
        ((_, places),) = moves_of(worker, scheme, scheme.versions[-1], known_on=None)
        told = [(one.grade, [gap.why for gap in one.gaps]) for one in places if one is not None]
        assert told == [(None, ["too-many-standings"])]
        assert None in places
