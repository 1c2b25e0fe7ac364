"""Careers: entries, their reasons, days without a scheme, moves between places, months."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from cwgrade.career import Career, ChangeKind, career_of, coming_changes, next_change
from cwgrade.catalogue import load_scheme
from cwgrade.cli import main
from cwgrade.errors import ArgumentError
from cwgrade.grading import grade_on
from cwgrade.outcomes import Decided
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme, Schemes
from cwgrade.statement import career_text
from cwgrade.worker import (
    UNKNOWN,
    AbsenceSpell,
    Attainment,
    PlacementOnRecord,
    Rating,
    ServiceSpell,
    StateFact,
    Worker,
)

SAMPLE: Final = load_scheme("sample-3x18")
JIA: Final = load_scheme("sample-4x24-jia")
YI: Final = load_scheme("sample-4x24-yi")
CHANGSHA: Final = load_scheme("changsha-furong-2018")


def clerk(*spells: ServiceSpell, **facts: Any) -> Worker:
    """Give a worker of whom everything is known."""
    known: dict[str, Any] = {
        "schooling": (),
        "degrees": (),
        "qualifications": (),
        "honours": (),
        "facts": (
            StateFact(name="employment", value="full_time"),
            StateFact(name="identity", value="none"),
        ),
        "ratings": tuple(Rating(period=str(year), value="competent") for year in range(2010, 2021)),
    }
    return Worker(
        id="7",
        spells=spells or (ServiceSpell(start=date(2015, 2, 1), post="staff"),),
        **{**known, **facts},
    )


def kinds(career: Career) -> list[tuple[str, list[str]]]:
    return [
        (str(one.start), [str(change.kind) for change in one.changes]) for one in career.entries
    ]


def over(worker: Worker, *years: int, schemes: Scheme | Schemes = SAMPLE, **more: Any) -> Career:
    start, end = date(years[0], 1, 1), date(years[-1] + 1, 1, 1)
    return career_of(worker, schemes, start=start, end=end, **more)


class TestReasons:
    def test_of_a_plain_career(self) -> None:
        # three years' wait from 2015-02-01: met on 2018-02-01, in effect on 1 January 2019; the year's rise is in July
        career = over(clerk(), 2017, 2019)
        assert kinds(career) == [
            ("2017-01-01", []),
            ("2017-07-01", ["statistic"]),
            ("2018-07-01", ["statistic"]),
            ("2019-01-01", ["service"]),
            ("2019-07-01", ["statistic"]),
        ]
        (rise,) = career.entries[3].changes
        assert (rise.unit, rise.before, rise.after) == ("months", 35, 47)
        assert rise.label is not None
        assert [one.placement and one.placement.grade for one in career.entries] == [1, 1, 1, 2, 2]

    def test_of_entering_and_leaving(self) -> None:
        spell = ServiceSpell(start=date(2017, 3, 10), end=date(2017, 6, 15), post="staff")
        career = over(clerk(spell), 2017)
        assert kinds(career) == [
            ("2017-01-01", []),
            ("2017-03-10", ["scope"]),
            ("2017-06-15", ["scope"]),
        ]
        came, left = career.entries[1].changes[0], career.entries[2].changes[0]
        assert (came.before, came.after) == ("not-in-service", "")
        assert (left.before, left.after) == ("", "not-in-service")

    def test_of_a_certificate(self) -> None:
        got = Attainment(
            value="social_worker", obtained=date(2018, 2, 1), registered=date(2018, 3, 5)
        )
        career = over(clerk(qualifications=(got,)), 2018)
        change = next(one for entry in career.entries for one in entry.changes)
        entry = career.entries[1]
        assert (str(entry.start), change.kind) == ("2018-04-01", ChangeKind.FACT)
        assert (change.what, change.before, change.after) == (
            "effect.qualification",
            "none",
            "social_worker",
        )

    def test_of_a_change_of_post(self) -> None:
        first = ServiceSpell(start=date(2015, 2, 1), end=date(2018, 3, 9), post="staff")
        career = over(clerk(first, ServiceSpell(start=date(2018, 3, 9), post="deputy")), 2018)
        changed = next(one for one in career.entries if one.posts == ("deputy",))
        assert [(one.kind, one.before, one.after) for one in changed.changes] == [
            (ChangeKind.POST, "staff", "deputy")
        ]

    def test_of_a_rating(self) -> None:
        ratings = tuple(
            Rating(period=str(year), value="fail" if year == 2017 else "competent")
            for year in range(2015, 2019)
        )
        career = over(clerk(ratings=ratings), 2018)
        found = {one.kind for one in career.entries[0].changes}
        # pay follows last year's result; that of 2017 takes effect with the year
        career = career_of(
            clerk(ratings=ratings), SAMPLE, start=date(2017, 12, 1), end=date(2018, 2, 1)
        )
        (change,) = career.entries[1].changes
        assert found == set()
        assert (str(career.entries[1].start), change.kind) == ("2018-01-01", ChangeKind.RATING)
        assert (change.before, change.after) == ("competent", "fail")

    def test_of_probation_and_absence(self) -> None:
        spell = ServiceSpell(start=date(2017, 8, 1), post="staff")
        sick = AbsenceSpell(start=date(2018, 3, 5), end=date(2018, 3, 9), kind="sick")
        career = over(clerk(spell, absences=(sick,)), 2018)
        assert kinds(career)[:4] == [
            ("2018-01-01", []),
            ("2018-02-01", ["probation"]),
            ("2018-03-05", ["absence"]),
            ("2018-03-09", ["absence"]),
        ]
        during = career.entry_on(date(2018, 3, 6))
        # the full entitlement stays; the month's pay does not
        assert during.gross_fen == career.entries[1].gross_fen
        assert during.away == ("sick",)
        assert career.months[2].gross_fen != career.months[1].gross_fen

    def test_of_a_grade_on_record(self) -> None:
        record = PlacementOnRecord(post="staff", grade=5, since=date(2018, 4, 1))
        career = over(clerk(placement=record), 2018)
        changed = career.entry_on(date(2018, 4, 1))
        assert changed.start == date(2018, 4, 1)
        assert [one.kind for one in changed.changes] == [ChangeKind.RECORD]
        assert changed.placement is not None
        assert changed.placement.grade == 5

    def test_of_an_amount_that_becomes_provisional(self) -> None:
        # the wage of 2018 is made up and out; that of 2019 is not: the older one is used from July
        career = over(clerk(), 2019)
        change = career.entries[-1].changes[0]
        assert (change.kind, change.before, change.after) == (
            ChangeKind.STATISTIC,
            "final",
            "provisional",
        )

    def test_of_what_becomes_unknown(self) -> None:
        # nobody knows the result of 2018, on which pay rests from the next year on
        career = career_of(
            clerk(ratings=tuple(one for one in clerk().ratings if one.period != "2018")),
            SAMPLE,
            start=date(2018, 12, 1),
            end=date(2019, 2, 1),
        )
        change = career.entries[1].changes[-1]
        # not "competent → excellent": that would be one of the results it may have had
        assert (change.kind, change.before, change.after) == (ChangeKind.OPEN, None, "ratings.2018")
        text = career_text(career, "en", schemes=(SAMPLE,))
        assert "what is not known or not stated: none → annual rating of 2018" in text

    def test_an_unknown_rating_is_no_change_from_one_result_to_another(self) -> None:
        # the total is certain, the share paid in June is not: the derivation shows one of the results
        spell = ServiceSpell(start=date(2017, 2, 1), post="staff")
        ratings = tuple(one for one in clerk().ratings if one.period != "2018")
        career = career_of(
            clerk(spell, ratings=ratings), SAMPLE, start=date(2018, 12, 1), end=date(2019, 2, 1)
        )
        entry = career.entries[1]
        assert entry.gross_fen is not None
        assert [(one.kind, one.before, one.after) for one in entry.changes] == [
            (ChangeKind.OPEN, None, "ratings.2018")
        ]


class TestForce:
    def test_days_before_the_scheme_are_an_entry(self) -> None:
        career = over(clerk(), 2011, 2012)
        before, after = career.entries[:2]
        assert before.silence is not None
        assert before.silence.code == "not-yet-in-force"
        assert (before.grading, before.payslip, before.scheme_id) == (None, None, None)
        assert (after.start, [one.kind for one in after.changes]) == (
            date(2012, 1, 1),
            [ChangeKind.FORCE],
        )
        assert [month.gross_fen for month in career.months[:12]] == [None] * 12

    def test_days_after_the_last_attested_one_are_an_entry(self) -> None:
        until = CHANGSHA.versions[-1].attested_until
        worker = Worker(id="1", spells=(ServiceSpell(start=date(2015, 3, 1), title="副主任"),))
        asked: Any = {"start": date(2018, 3, 1), "end": date(until.year + 1, 2, 1)}
        career = career_of(worker, CHANGSHA, **asked)
        silent = [one for one in career.entries if one.silence is not None]
        assert [(one.start - until).days for one in silent] == [1]
        assert silent[0].silence is not None
        assert silent[0].silence.code == "not-attested-after"
        carried = career_of(worker, CHANGSHA, **asked, beyond="carry_forward")
        assert [one for one in carried.entries if one.silence is not None] == []

    def test_the_last_attested_day_may_lie_inside_a_month(self) -> None:
        (old,) = SAMPLE.versions
        until = attrs.evolve(old, attested_until=date(2018, 4, 15))
        silent = over(clerk(), 2018, schemes=Scheme((until,))).entries[-1]
        assert (silent.start, silent.end) == (date(2018, 4, 16), date(2019, 1, 1))
        assert silent.silence is not None
        assert [one.kind for one in silent.changes] == [ChangeKind.FORCE]

    def test_of_two_versions_the_later_one_is_a_reason(self) -> None:
        (old,) = SAMPLE.versions
        half = attrs.evolve(old, attested_until=date(2018, 4, 15))
        new = attrs.evolve(old, effective_on=date(2018, 4, 16), revision=2)
        career = over(clerk(), 2018, schemes=Scheme((half, new)))
        changed = next(one for one in career.entries if one.changes)
        assert (changed.start, changed.changes[0].kind) == (date(2018, 4, 16), ChangeKind.VERSION)


class TestMoves:
    """A worker who moves between two districts of one invented city."""

    BOTH: Final = Schemes.of([JIA, YI])

    def mover(self, **facts: Any) -> Worker:
        states = tuple(
            StateFact(name=name, value=values[0])
            for name, values in ((one.name, one.values) for one in JIA.versions[0].facts)
        )
        return clerk(
            ServiceSpell(
                start=date(2016, 3, 1), end=date(2018, 5, 16), post="staff", region="990201"
            ),
            ServiceSpell(start=date(2018, 5, 16), post="staff", region="990202"),
            **{"facts": (*clerk().facts, *states), **facts},
        )

    def test_the_place_of_the_spell_decides(self) -> None:
        career = over(self.mover(), 2018, schemes=self.BOTH)
        moved = career.entry_on(date(2018, 5, 16))
        assert moved.start == date(2018, 5, 16)
        assert {one.scheme_id for one in career.entries} == {JIA.id, YI.id}
        for day in (date(2018, 5, 15), date(2018, 5, 16), date(2018, 12, 31)):
            scheme = JIA if day < date(2018, 5, 16) else YI
            entry = career.entry_on(day)
            assert entry.grading is not None
            assert entry.scheme_id == scheme.id
            assert entry.grading.outcome == grade_on(self.mover(), scheme, on=day).outcome

    def test_the_reason_names_both_and_what_service_counts(self) -> None:
        career = over(self.mover(), 2018, schemes=self.BOTH)
        place, service = career.entry_on(date(2018, 5, 16)).changes
        assert (place.kind, place.before, place.after) == (ChangeKind.PLACE, JIA.id, YI.id)
        assert (service.kind, service.unit) == (ChangeKind.SERVICE, "months")
        assert (service.before, service.after) == tuple(
            next(
                dict(step.inputs)["counted_months"]
                for step in grade_on(self.mover(), scheme, on=on).derivation.root.walk()
                if step.code == "rises"
            )
            for scheme, on in ((JIA, date(2018, 5, 15)), (YI, date(2018, 5, 16)))
        )

    def test_the_month_of_the_move_is_paid_by_both(self) -> None:
        career = over(self.mover(), 2018, schemes=self.BOTH)
        may = career.months[4]
        asked: Any = {"year": 2018, "month": 5}
        assert may.payslips == (
            pay_for_month(self.mover(), JIA, **asked),
            pay_for_month(self.mover(), YI, **asked),
        )
        amounts = [slip.outcome for slip in may.payslips]
        if all(isinstance(one, Decided) for one in amounts):
            assert may.gross_fen == sum(slip.gross_fen for slip in may.payslips)
        assert len(career.months[3].payslips) == len(career.months[5].payslips) == 1

    def test_before_the_first_spell_and_after_the_last_a_scheme_is_still_asked(self) -> None:
        spells = (
            ServiceSpell(
                start=date(2018, 3, 1), end=date(2018, 4, 1), post="staff", region="990201"
            ),
            ServiceSpell(
                start=date(2018, 6, 1), end=date(2018, 7, 1), post="staff", region="990202"
            ),
        )
        career = over(clerk(*spells), 2018, schemes=self.BOTH)
        asked = [career.entry_on(date(2018, month, 1)).scheme_id for month in (1, 3, 5, 6, 9)]
        assert asked == [JIA.id, JIA.id, JIA.id, YI.id, YI.id]

    def test_a_day_claimed_in_two_places_is_not_guessed(self) -> None:
        first, second = self.mover().spells
        worker = clerk(attrs.evolve(first, end=date(2018, 5, 20)), second)
        career = over(worker, 2018, schemes=self.BOTH)
        both = career.entry_on(date(2018, 5, 17))
        assert (both.start, both.end) == (date(2018, 5, 16), date(2018, 5, 20))
        assert both.silence is not None
        assert both.silence.code == "career-two-places"
        assert career.months[4].gross_fen is None

    @pytest.mark.parametrize(
        ("region", "code"),
        [("110101", "no-scheme-for-region"), (UNKNOWN, "career-region-unknown")],
    )
    def test_a_place_without_a_scheme_is_an_entry(self, region: Any, code: str) -> None:
        worker = clerk(ServiceSpell(start=date(2016, 3, 1), post="staff", region=region))
        (entry,) = over(worker, 2018, schemes=self.BOTH).entries
        assert entry.silence is not None
        assert entry.silence.code == code

    def test_without_community_service_no_scheme_can_be_asked(self) -> None:
        soldier = clerk(ServiceSpell(start=date(2016, 3, 1), kind="military"))
        (entry,) = over(soldier, 2018, schemes=self.BOTH).entries
        assert entry.silence is not None
        assert entry.silence.code == "career-no-place"

    def test_a_spell_without_a_region_is_refused_under_several_schemes_only(self) -> None:
        with pytest.raises(ArgumentError, match="Period of service 1 names no region"):
            over(clerk(), 2018, schemes=self.BOTH)
        alone = over(clerk(), 2018, schemes=Schemes.of([SAMPLE]))
        assert alone.entries == over(clerk(), 2018).entries

    def test_a_spell_recorded_later_moves_nobody_before(self) -> None:
        first, second = self.mover().spells
        worker = clerk(
            attrs.evolve(first, end=None, recorded_on=date(2016, 3, 1)),
            attrs.evolve(second, recorded_on=date(2018, 9, 1)),
        )
        early = over(worker, 2018, schemes=self.BOTH, known_on=date(2018, 8, 31))
        assert {one.scheme_id for one in early.entries} == {JIA.id}


class TestForecast:
    def test_the_next_change_is_the_second_entry_of_the_career(self) -> None:
        asked: Any = {"after": date(2018, 2, 1), "horizon": date(2020, 1, 1)}
        found = next_change(clerk(), SAMPLE, **asked)
        career = career_of(clerk(), SAMPLE, start=date(2018, 2, 1), end=date(2020, 1, 1))
        assert (found.now, found.changes) == (career.entries[0], career.entries[1:2])
        assert (found.projected, found.is_open, found.assumed) == (True, False, ())

    def test_nothing_may_change(self) -> None:
        asked: Any = {"after": date(2018, 2, 1), "horizon": date(2018, 6, 1)}
        assert next_change(clerk(), SAMPLE, **asked).changes == ()

    def test_coming_changes_leave_amounts_out(self) -> None:
        asked: Any = {"after": date(2018, 2, 1), "horizon": date(2020, 1, 1)}
        found = coming_changes(clerk(), SAMPLE, **asked)
        # the wage of July 2018 and 2019 changes no grade
        assert [str(one.start) for one in found.changes] == ["2019-01-01"]
        assert [one.kind for one in found.changes[0].changes] == [ChangeKind.SERVICE]

    def test_retirement_on_file_is_a_change(self) -> None:
        states = (
            *(one for one in clerk().facts if one.name != "employment"),
            StateFact(name="employment", value="full_time", start=date(2015, 1, 1)),
            StateFact(name="employment", value="part_time", start=date(2018, 4, 1)),
        )
        asked: Any = {"after": date(2018, 2, 1), "horizon": date(2018, 6, 1)}
        (left,) = coming_changes(clerk(facts=states), SAMPLE, **asked).changes
        assert (left.start, left.changes[0].kind) == (date(2018, 4, 1), ChangeKind.SCOPE)
        assert left.changes[0].after == "part_time"

    def test_a_rating_that_nobody_has_given_is_unknown_unless_assumed(self) -> None:
        worker = clerk(ratings=tuple(one for one in clerk().ratings if one.period < "2018"))
        asked: Any = {"after": date(2018, 2, 1), "horizon": date(2019, 6, 1)}
        assert coming_changes(worker, SAMPLE, **asked).is_open
        found = coming_changes(worker, SAMPLE, **asked, rated="competent")
        assert not found.is_open
        assert found.assumed == ("rating_2018=competent", "rating_2019=competent")
        assert [one.placement and one.placement.grade for one in found.changes] == [2]
        grading = found.changes[0].grading
        assert grading is not None
        assert grading.derivation.assumed == found.assumed

    def test_a_rating_on_file_is_not_replaced(self) -> None:
        asked: Any = {"after": date(2018, 2, 1), "horizon": date(2019, 6, 1)}
        assert next_change(clerk(), SAMPLE, **asked, rated="fail").assumed == ()


class TestArguments:
    @pytest.mark.parametrize(
        ("given", "match"),
        [
            ({"start": date(2018, 1, 2), "end": date(2018, 1, 2)}, "is not after the start"),
            ({"start": "2018-01-01", "end": date(2018, 1, 2)}, "start"),
            ({"start": date(2018, 1, 1), "end": date(2018, 2, 1), "known_on": 3}, "known_on"),
        ],
    )
    def test_wrong_days_are_refused(self, given: dict[str, Any], match: str) -> None:
        with pytest.raises(ArgumentError, match=match):
            career_of(clerk(), SAMPLE, **given)

    @pytest.mark.parametrize(("worker", "schemes"), [("7", SAMPLE), (clerk(), "sample-3x18")])
    def test_wrong_kinds_are_refused(self, worker: Any, schemes: Any) -> None:
        with pytest.raises(ArgumentError, match="should be a"):
            career_of(worker, schemes, start=date(2018, 1, 1), end=date(2018, 2, 1))

    def test_a_day_outside_is_refused(self) -> None:
        with pytest.raises(ArgumentError, match="2019-01-01 is not part of this career"):
            over(clerk(), 2018).entry_on(date(2019, 1, 1))


class TestText:
    def test_in_chinese_every_kind_of_reason_has_its_words(self) -> None:
        first = ServiceSpell(start=date(2015, 2, 1), end=date(2018, 3, 9), post="staff")
        worker = clerk(
            first,
            ServiceSpell(start=date(2018, 3, 9), post="deputy"),
            absences=(AbsenceSpell(start=date(2018, 5, 2), end=date(2018, 5, 4), kind="sick"),),
        )
        text = career_text(over(worker, 2018), "zh", schemes=(SAMPLE,), months=True)
        assert "虚构方案" in text
        assert "岗位：工作人员 → 副职" in text
        assert "缺勤：无 → 病假" in text
        assert "2018-03-09 至 2018-05-01" in text
        assert "各月应发（按整月）" in text

    def test_names_places_and_the_service_that_counts(self) -> None:
        career = over(TestMoves().mover(), 2018, schemes=TestMoves.BOTH)
        text = career_text(career, "en", schemes=(JIA, YI))
        assert f"comes under the scheme of another place: {JIA.id} → {YI.id}" in text
        assert "months or years counted: 22 months → " in text

    def test_says_why_no_scheme_can_be_asked(self) -> None:
        text = career_text(over(clerk(), 2011, 2012), "en", schemes=(SAMPLE,))
        assert "was not yet in force on 2011-01-01" in text
        assert "the scheme can be asked" in text


WORKER: Final = """\
id = "007"
schooling = []
degrees = []
qualifications = []
honours = []
spells = [{ start = 2017-02-01, title = "委员" }]
ratings = [{ period = "2017", value = "competent" }]
facts = [{ name = "employment", value = "full_time" }, { name = "identity", value = "none" }]
"""


class TestCommand:
    def ask(self, folder: Path, *more: str, worker: str = WORKER) -> int:
        file = folder / "w.toml"
        file.write_text(worker, encoding="utf-8")
        return main(["career", str(file), "--scheme", "sample-3x18", "--lang", "en", *more])

    def test_prints_the_timeline(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.ask(tmp_path, "--from", "2017-01-01", "--to", "2018-12-31", "--months") == 0
        text = capsys.readouterr().out
        assert "2017-01-01 to 2017-01-31" in text
        assert "probation: yes → no" in text
        assert "2018-12" in text

    def test_a_move_between_the_schemes_of_two_places(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        moved = """spells = [
  { start = 2017-02-01, end = 2018-05-16, title = "委员", region = "990201" },
  { start = 2018-05-16, title = "委员", region = "990202" },
]"""
        worker = WORKER.replace('spells = [{ start = 2017-02-01, title = "委员" }]', moved)
        (tmp_path / "w.toml").write_text(worker, encoding="utf-8")
        places = ("--scheme", "sample-4x24-jia", "--scheme", "sample-4x24-yi")
        days = ("--from", "2018-05-01", "--to", "2018-05-31", "--lang", "en")
        main(["career", str(tmp_path / "w.toml"), *places, *days])
        text = capsys.readouterr().out
        assert "2018-05-16 to 2018-05-31" in text
        assert "another place: sample-4x24-jia → sample-4x24-yi" in text

    def test_what_is_open_ends_with_1(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        unknown = WORKER.replace("qualifications = []\n", "")
        asked = ("--from", "2018-01-01", "--to", "2018-01-31")
        assert self.ask(tmp_path, *asked, worker=unknown) == 1
        assert "Find out first: professional qualification" in capsys.readouterr().out

    def test_the_last_day_may_be_the_first(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.ask(tmp_path, "--from", "2018-02-01", "--to", "2018-02-01") == 0
        assert "2018-02-01 to 2018-02-01" in capsys.readouterr().out
        assert self.ask(tmp_path, "--from", "2018-02-01", "--to", "2018-01-31") == 2

    def test_a_faulty_row_is_told(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        roster = tmp_path / "r.csv"
        roster.write_text("工号,职务,入职日期\n1.1E+17,委员,2018-01-01\n", encoding="utf-8")
        asked = ["--scheme", "sample-3x18", "--from", "2018-01-01", "--to", "2018-02-01"]
        assert main(["career", str(roster), *asked, "--id", "1.1E+17", "--lang", "en"]) == 1
        assert "1.1E+17" in capsys.readouterr().out


ROSTER: Final = """\
工号,职务,入职日期,学历,学位,职业资格,荣誉,用工形式,身份,2015年考核,2016年考核,2017年考核
01,委员,2015-02-01,无,无,无,无,专职,无,合格,合格,合格
02,委员,2018-02-01,无,无,无,无,专职,无,,,
03,委员,2015-02-01,,无,无,无,专职,无,合格,合格,合格
1.1E+17,委员,2018-01-01,无,无,无,无,专职,无,,,
"""


class TestNext:
    def ask(self, folder: Path, *more: str) -> int:
        file = folder / "r.csv"
        file.write_text(ROSTER, encoding="utf-8")
        asked = ("--scheme", "sample-3x18", "--from", "2018-06-01", "--until", "2019-01-31")
        return main(["next", str(file), *asked, *more])

    def test_lists_changes_by_day_and_what_is_open(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.ask(tmp_path, "--rated", "合格", "--lang", "en") == 1
        text = capsys.readouterr().out
        assert "PROJECTED for 2018-06-01 to 2019-01-31" in text
        assert "2019-01-01  01" in text
        assert "staff, grade 2" in text
        assert "annual rating of 2018 = competent" in text
        assert "Not certain on some of these days: 1 (03)" in text
        assert "Rows that could not be read: 1 (5)" in text

    def test_in_chinese(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.ask(tmp_path, "--rated", "competent", "--lang", "zh") == 1
        text = capsys.readouterr().out
        assert "预计（2018-06-01 至 2019-01-31）" in text
        assert "没有读懂的行：1 行（5）" in text

    def test_a_wrong_rating_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.ask(tmp_path, "--rated", "合各", "--lang", "en") == 2
        assert "合格" in capsys.readouterr().err

    def test_nothing_to_come_is_said(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "r.csv"
        file.write_text("".join(ROSTER.splitlines(keepends=True)[:2]), encoding="utf-8")
        asked = ("--scheme", "sample-3x18", "--from", "2018-06-01", "--until", "2018-06-30")
        assert main(["next", str(file), *asked, "--lang", "en"]) == 0
        assert "No post, grade or step changes" in capsys.readouterr().out
