"""A grade held in another place: recognised by the receiving scheme's rule, from the other scheme or from the record.

The neighbour recognises the same grade, 1 to 5, within the city 9903, and the wait under way, 18 months, counts on. A
worker since 2016 has grade 2 in 990301 when they leave it on 1 March 2020: 14 months waited of 36.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from cwgrade import (
    OneOf,
    PartialDate,
    PlacementOnRecord,
    Scheme,
    Schemes,
    ServiceSpell,
    Snapshot,
    Unspecified,
    Worker,
    arrears_between,
    career_of,
    grade_on,
    load_scheme,
    next_change,
    pay_for_month,
    pay_on,
)
from cwgrade.cli import main
from cwgrade.errors import ArgumentError
from cwgrade.gaps import Missing
from cwgrade.grading import Grading, grade_in_month
from cwgrade.law.transition import TransitionRule, WaitingCarried
from cwgrade.service import Within
from cwgrade.statement import grading_text

REFORM: Final = load_scheme("sample-reform")
NEIGHBOUR: Final = load_scheme("sample-neighbour")
HERE, THERE = "990302", "990301"
MOVE: Final = date(2020, 3, 1)
SILENT: Final = Missing(why="not printed", zh="未载")
FIRST: Final = ServiceSpell(start=date(2016, 1, 1), end=MOVE, title="委员", region=THERE)
MOVER: Final = Worker(id="1", spells=(FIRST, ServiceSpell(start=MOVE, title="委员", region=HERE)))
RECORD: Final = PlacementOnRecord(post="委员", grade=2, since=date(2018, 6, 1), region=THERE)


def neighbour(**changed: object) -> Scheme:
    (version,) = NEIGHBOUR.versions
    assert version.recognition is not None
    rule = attrs.evolve(version.recognition, **changed)  # type: ignore[arg-type]
    return Scheme((attrs.evolve(version, recognition=rule),))


def held(worker: Worker, on: date, there: Scheme | None = REFORM, **changed: object) -> Grading:
    """Ask the neighbour, with the other place's scheme on file or without."""
    here = neighbour(**changed)
    if there is None:
        return grade_on(worker, here, on=on)
    both = Schemes.of([there, here])
    grading = career_of(worker, both, start=on, end=on.replace(day=on.day + 1)).entries[0].grading
    assert grading is not None
    return grading


def grade(worker: Worker, on: date, there: Scheme | None = REFORM, **changed: object) -> int:
    return held(worker, on, there, **changed).placement.grade


@pytest.mark.parametrize(
    ("waiting", "risen"),
    [
        # 14 months waited, 4 more to 18
        (WaitingCarried.KEPT, date(2020, 7, 1)),
        # 14 of 36 are 7 of 18
        (WaitingCarried.CONVERTED, date(2021, 2, 1)),
        (WaitingCarried.RESTARTS, date(2021, 9, 1)),
    ],
)
def test_the_grade_is_kept_and_the_wait_goes_on_as_it_says(
    waiting: WaitingCarried, risen: date
) -> None:
    eve = date(risen.year, risen.month - 1, 28)
    assert grade(MOVER, MOVE, waiting=waiting) == 2
    assert (grade(MOVER, eve, waiting=waiting), grade(MOVER, risen, waiting=waiting)) == (2, 3)


def test_a_missing_wait_is_open_only_while_readings_differ() -> None:
    assert grade(MOVER, MOVE, waiting=SILENT) == 2
    outcome = held(MOVER, date(2020, 8, 1), waiting=SILENT).outcome
    assert isinstance(outcome, Unspecified)
    assert [gap.path for gap in outcome.gaps] == ["recognition.waiting"]


def test_from_farther_away_the_grade_is_found_from_all_facts() -> None:
    # 50 months in all: 2 rises of 18
    assert grade(MOVER, MOVE, within=Within.PLACE) == 3
    assert grade(MOVER, MOVE, within=Within.CITY) == 2
    for rule in (TransitionRule.EQUAL_PAY, TransitionRule.RECOMPUTED):
        assert grade(MOVER, MOVE, within=Within.PLACE, rule=rule) == 3
    outcome = held(MOVER, MOVE, within=SILENT).outcome
    assert isinstance(outcome, Unspecified)
    assert [gap.path for gap in outcome.gaps] == ["recognition.within"]


def test_a_table_and_equal_pay() -> None:
    by_table: dict[str, Any] = {"rule": TransitionRule.TABLE, "table": ((1, 1), (2, 5))}
    assert grade(MOVER, MOVE, **by_table) == 5
    outcome = held(MOVER, MOVE, rule=TransitionRule.TABLE, table=((1, 1),)).outcome
    assert isinstance(outcome, Unspecified)
    assert [gap.path for gap in outcome.gaps] == ["recognition.table.2"]
    # 2300 + 100 there: 2400 is grade 2 here; a lead has 2300 + 500 there: 2800 is grade 4
    assert grade(MOVER, MOVE, rule=TransitionRule.EQUAL_PAY) == 2
    lead = attrs.evolve(
        MOVER, spells=tuple(attrs.evolve(one, title="书记") for one in MOVER.spells)
    )
    assert grade(lead, MOVE, rule=TransitionRule.EQUAL_PAY) == 4
    assert grade(MOVER, MOVE, rule=TransitionRule.RECOMPUTED) == 3


def test_a_missing_rule_is_settled_where_the_words_leave_rules_that_agree() -> None:
    rule = attrs.evolve(SILENT, among=(TransitionRule.SAME_GRADE, TransitionRule.EQUAL_PAY))
    assert grade(MOVER, MOVE, rule=rule) == 2
    rule = attrs.evolve(SILENT, among=(TransitionRule.SAME_GRADE, TransitionRule.RECOMPUTED))
    outcome = held(MOVER, MOVE, rule=rule).outcome
    assert isinstance(outcome, Unspecified)
    assert [gap.path for gap in outcome.gaps] == ["recognition.rule"]


# --- from the record ------------------------------------------------------------------------------------------------


def test_without_the_other_scheme_the_grade_on_record_there_is_taken() -> None:
    recorded = attrs.evolve(MOVER, placement=RECORD)
    # 21 months since the day on record by the move: one rise of 18
    assert grade(recorded, MOVE, None) == 3
    assert grade(recorded, MOVE, None, waiting=WaitingCarried.RESTARTS) == 2
    outcome = held(recorded, MOVE, None, waiting=WaitingCarried.CONVERTED).outcome
    assert isinstance(outcome, Unspecified)
    assert [gap.path for gap in outcome.gaps] == ["recognition.waiting"]


def test_with_neither_it_is_open_and_says_what_to_bring() -> None:
    grading = held(MOVER, MOVE, None)
    assert isinstance(grading.outcome, Unspecified)
    assert [gap.why for gap in grading.outcome.gaps] == ["grade-elsewhere-not-on-file"]
    assert "put the grade on record with its region" in grading_text(grading, "1", lang="en")
    assert "写明地区" in grading_text(grading, "1", lang="zh")
    assert grade(MOVER, MOVE, None, rule=TransitionRule.RECOMPUTED) == 3


def test_a_change_of_post_before_the_scheme_leaves_an_arrival_as_it_was() -> None:
    """No grade was held that the change could have done something to: what was held elsewhere stays the question."""
    came, changed = date(2011, 1, 1), date(2015, 2, 1)
    spells = (
        ServiceSpell(start=date(2010, 1, 1), end=came, title="委员", region=THERE),
        ServiceSpell(start=came, end=changed, title="委员", region=HERE),
        ServiceSpell(start=changed, title="主任", region=HERE),
    )
    alone = held(Worker(id="1", spells=spells), date(2016, 2, 1), None).outcome
    assert isinstance(alone, Unspecified)
    assert [gap.why for gap in alone.gaps] == ["grade-elsewhere-not-on-file"]
    # with the other scheme on file, whose first measure came later: all service, 73 months
    assert grade(Worker(id="1", spells=spells), date(2016, 2, 1)) == 5


def test_a_grade_on_record_there_is_none_of_the_scheme_that_is_asked() -> None:
    # a scheme without the rule computes from all facts, as if the record were not there
    plain = Scheme((attrs.evolve(NEIGHBOUR.versions[0], recognition=None),))
    recorded = attrs.evolve(MOVER, placement=RECORD)
    assert grade_on(recorded, plain, on=MOVE).outcome == grade_on(MOVER, plain, on=MOVE).outcome
    here = attrs.evolve(RECORD, region=None)
    assert grade_on(attrs.evolve(MOVER, placement=here), plain, on=MOVE).placement.grade == 3
    # recorded on 1 June 2018, so that one rise of 18 months came by 1 January 2020
    at_home = attrs.evolve(RECORD, region=HERE)
    assert grade_on(attrs.evolve(MOVER, placement=at_home), plain, on=MOVE).placement.grade == 3


def test_a_grade_approved_here_after_the_move_wins() -> None:
    approved = PlacementOnRecord(post="委员", grade=5, since=date(2020, 5, 1))
    assert grade(attrs.evolve(MOVER, placement=approved), date(2020, 6, 1)) == 5


def test_a_region_is_read_in_its_short_form_or_refused() -> None:
    assert attrs.evolve(RECORD, region="990300").region == "9903"
    with pytest.raises(ArgumentError):
        attrs.evolve(RECORD, region="xx")


# --- moves ----------------------------------------------------------------------------------------------------------


def test_who_comes_back_is_recognised_again() -> None:
    back = date(2021, 3, 1)
    there_and_back = (
        FIRST,
        ServiceSpell(start=MOVE, end=back, title="委员", region=HERE),
        ServiceSpell(start=back, title="委员", region=THERE),
    )
    worker = attrs.evolve(MOVER, spells=there_and_back)
    entry = career_of(
        worker, Schemes.of([REFORM, NEIGHBOUR]), start=back, end=date(2021, 3, 2)
    ).entries[0]
    # grade 3 there since July 2020, which is 2 by the table here
    assert entry.placement is not None
    assert (entry.scheme_id, entry.placement.grade) == ("sample-reform", 2)
    assert entry.grading is not None
    text = grading_text(entry.grading, "1", lang="en")
    assert "grade 3 held under sample-neighbour, revision 1" in text
    assert "grade 2 held under sample-reform, revision 1" in text
    assert "离开 sample-neighbour, revision 1 时为 3 级" in grading_text(
        entry.grading, "1", lang="zh"
    )


def test_one_question_with_the_schemes_of_other_places_answers_as_the_career_does() -> None:
    both = Schemes.of([REFORM, NEIGHBOUR])
    career = career_of(MOVER, both, start=MOVE, end=date(2020, 9, 1))
    for entry in career.entries:
        on = entry.start
        assert entry.grading is not None
        assert entry.payslip is not None
        found = grade_on(MOVER, NEIGHBOUR, on=on, elsewhere=both)
        assert found.outcome == entry.grading.outcome
        assert pay_on(MOVER, NEIGHBOUR, on=on, elsewhere=both).outcome == entry.payslip.outcome
    for month in career.months:
        asked: dict[str, Any] = {"year": month.year, "month": month.month, "elsewhere": both}
        assert pay_for_month(MOVER, NEIGHBOUR, **asked).gross_fen == month.gross_fen
        placed = grade_in_month(MOVER, NEIGHBOUR, **asked).placement
        assert placed.grade == (2 if month.month <= 6 else 3)


def test_back_pay_of_who_was_recognised_by_a_fact_that_was_wrong() -> None:
    both = Schemes.of([REFORM, NEIGHBOUR])
    # served since 2014, as is known from 2 November 2020 on: grade 3 there since 2020, and 2 months waited
    longer = attrs.evolve(FIRST, start=date(2014, 1, 1), recorded_on=date(2020, 11, 2))
    right = attrs.evolve(MOVER, spells=(longer, MOVER.spells[1]))
    months = [(2020, month) for month in range(2, 11)]
    arrears = arrears_between(
        Snapshot(worker=MOVER, scheme=both, known_on=date(2020, 11, 1)),
        Snapshot(worker=right, scheme=both, known_on=date(2020, 12, 1)),
        months=months,
    )
    # February: 2600 less 2300 there; March to June: grade 3 here, not 2; from July on 3 already
    assert [sum(part.fen for part in one.parts) // 100 for one in arrears.months] == [
        300,
        *([200] * 4),
        *([0] * 4),
    ]
    assert {str(part.cause) for one in arrears.months for part in one.parts} == {"fact_corrected"}


def test_what_comes_next_is_told_from_the_grade_that_was_recognised() -> None:
    found = next_change(
        MOVER,
        Schemes.of([REFORM, NEIGHBOUR]),
        after=date(2020, 3, 15),
        horizon=date(2021, 1, 1),
    )
    assert [(one.start, one.placement and one.placement.grade) for one in found.changes] == [
        (date(2020, 7, 1), 3)
    ]


def test_a_day_of_the_move_that_is_not_known_leaves_what_differs_open() -> None:
    began = attrs.evolve(MOVER.spells[1], start=PartialDate(2020, 3))
    worker = attrs.evolve(MOVER, spells=(FIRST, began))
    assert grade(worker, date(2020, 4, 2)) == 2
    # what was away between the two spells is not waited: 18 months are over on 1 July, or up to a month later
    assert isinstance(held(worker, date(2020, 7, 2)).outcome, OneOf)
    assert grade(worker, date(2020, 8, 1)) == 3


def test_who_always_served_here_is_not_asked_for_a_grade_elsewhere() -> None:
    alone = Worker(id="2", spells=(ServiceSpell(start=date(2016, 1, 1), title="委员"),))
    assert grade(alone, MOVE, None) == 3


def test_a_roster_asks_each_row_and_reads_the_place_of_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.csv").write_text(
        "工号,入职日期,职务,核定等级,核定日期,核定地区\n"
        "01,2020-03-01,委员,2,2018-06-01,990301\n"
        "02,2020-03-01,委员,2,2018-06-01,\n",
        encoding="utf-8",
    )
    Path("r.任职经历.csv").write_text(
        "工号,起始日期,截止日期,职务,地区\n"
        "01,2016-01-01,2020-02-29,委员,990301\n01,2020-03-01,,委员,990302\n"
        "02,2016-01-01,,委员,990302\n",
        encoding="utf-8",
    )
    asked = ["pay", "r.csv", "--scheme", "sample-neighbour"]
    assert main([*asked, "--month", "2020-03", "--out", "o.csv", "--lang", "en"]) == 0
    _, first, second, *_ = Path("o.csv").read_text(encoding="utf-8-sig").splitlines()
    assert "2600.00" in first
    assert "2600.00" in second


@pytest.mark.parametrize(("lang", "told"), [("en", "at the same grade"), ("zh", "按同一等级")])
def test_is_shown(lang: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "sample-neighbour", "--lang", lang]) == 0
    assert told in capsys.readouterr().out
