"""Why not the next grade, and what would give it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from cwgrade.career import ChangeKind, Supposed, career_of, what_would_change, why_not
from cwgrade.career.entries import first_day_of_grade
from cwgrade.career.places import Places
from cwgrade.catalogue import load_scheme
from cwgrade.grading import grade_on
from cwgrade.outcomes import Decided
from cwgrade.worker import Attainment, Rating, ServiceSpell, StateFact, Worker

SAMPLE: Final = load_scheme("sample-3x18")
ON: Final = date(2018, 6, 1)


def clerk(start: date = date(2015, 2, 1), **facts: Any) -> Worker:
    known: dict[str, Any] = {
        "schooling": (),
        "degrees": (),
        "qualifications": (),
        "honours": (),
        "facts": (
            StateFact(name="employment", value="full_time"),
            StateFact(name="identity", value="none"),
        ),
        "ratings": tuple(Rating(period=str(year), value="competent") for year in range(2010, 2018)),
        "spells": (ServiceSpell(start=start, post="staff"),),
    }
    return Worker(id="7", **{**known, **facts})


def asked(horizon: date, **more: Any) -> Any:
    return {"on": ON, "horizon": horizon, "rated": "competent", **more}


class TestWhatWouldChange:
    def test_time_alone_comes_first(self) -> None:
        found = what_would_change(clerk(), SAMPLE, target_grade=2, **asked(date(2019, 2, 1)))
        (way,) = found.ways
        assert (way.facts, way.reached_on, found.complete) == ((), date(2019, 1, 1), True)

    def test_the_day_is_the_first_on_which_the_grade_is_held(self) -> None:
        worker = clerk(
            qualifications=(
                Attainment(value="assistant", obtained=ON, registered=date(2018, 7, 9)),
            )
        )
        end = date(2018, 9, 1)
        found = what_would_change(worker, SAMPLE, target_grade=2, **asked(end))
        days = [ON + timedelta(days=count) for count in range((end - ON).days)]
        first = next(day for day in days if grade_on(worker, SAMPLE, on=day).placement.grade >= 2)
        assert [(way.facts, way.reached_on) for way in found.ways] == [((), first)]

    def test_the_first_day_of_a_grade_is_the_first_day_of_the_entry_that_holds_it(self) -> None:
        """Asked without pay, over the day of a certificate, years to come, a leaver, and days without a scheme."""
        got = Attainment(value="assistant", obtained=ON, registered=date(2018, 7, 9))
        left = ServiceSpell(start=date(2015, 2, 1), end=date(2018, 3, 10), post="staff")
        workers = (clerk(), clerk(qualifications=(got,)), clerk(spells=(left,)))
        start, end = date(2011, 12, 1), date(2019, 3, 1)
        for worker in workers:
            entries = career_of(worker, SAMPLE, start=start, end=end).entries
            for grade in (1, 2, 3, 4):
                first = first_day_of_grade(
                    grade,
                    worker,
                    Places(worker, SAMPLE, None, told=False),
                    start=start,
                    end=end,
                    known_on=None,
                    beyond="refuse",
                )
                held = [
                    one.start for one in entries if one.placement and one.placement.grade >= grade
                ]
                assert first == (held[0] if held else None)

    def test_otherwise_one_fact(self) -> None:
        found = what_would_change(clerk(), SAMPLE, target_grade=2, **asked(date(2018, 9, 1)))
        assert {len(way.facts) for way in found.ways} == {1}
        assert found.ways[0].reached_on == min(way.reached_on for way in found.ways)
        assert (Supposed(fact="qualification", value="assistant"),) in [
            way.facts for way in found.ways
        ]
        # each way holds when it is asked for again, and says what it rests on
        for way in found.ways:
            assert way.entry.placement is not None
            assert way.entry.placement.grade >= 2
            (fact,) = way.facts
            grading = way.entry.grading
            assert grading is not None
            assert f"{fact.fact}={fact.value}" in grading.derivation.assumed

    def test_two_facts_where_one_is_not_enough(self) -> None:
        limits = asked(date(2018, 8, 1), at_most=2, most_tried=2000)
        one = what_would_change(clerk(), SAMPLE, target_grade=9, **{**limits, "at_most": 1})
        two = what_would_change(clerk(), SAMPLE, target_grade=9, **limits)
        assert (one.ways, one.complete) == ((), True)
        assert {len(way.facts) for way in two.ways} == {2}

    def test_a_search_that_is_cut_short_says_so(self) -> None:
        limits = asked(date(2018, 8, 1), most_tried=3)
        found = what_would_change(clerk(), SAMPLE, target_grade=18, **limits)
        assert (found.ways, found.tried, found.complete) == ((), 3, False)

    def test_a_grade_already_held_needs_nothing(self) -> None:
        found = what_would_change(clerk(), SAMPLE, target_grade=1, **asked(date(2018, 8, 1)))
        assert [(way.facts, way.reached_on) for way in found.ways] == [((), ON)]


class TestWhyNot:
    def test_for_want_of_service(self) -> None:
        found = why_not(clerk(), SAMPLE, grade=2, **asked(date(2019, 2, 1)))
        (change,) = found.changes
        assert (change.kind, change.before, change.after) == (ChangeKind.SERVICE, 35, 47)
        assert found.grading is not None
        assert found.grading.outcome == grade_on(clerk(), SAMPLE, on=ON).outcome
        assert found.branch is not None
        assert isinstance(found.branch.outcome, Decided)
        assert found.branch.outcome.value.grade == 2

    def test_for_want_of_a_fact(self) -> None:
        found = why_not(clerk(), SAMPLE, grade=2, **asked(date(2018, 9, 1)))
        assert found.changes
        supposed = {one.fact for one in found.search.ways[0].facts}
        assert any(name in change.what for change in found.changes for name in supposed)

    def test_of_a_grade_that_is_held_nothing_parts(self) -> None:
        found = why_not(clerk(), SAMPLE, grade=1, **asked(date(2018, 9, 1)))
        assert (found.branch, found.changes) == (None, ())

    def test_of_a_grade_out_of_reach_no_branch_is_invented(self) -> None:
        found = why_not(clerk(), SAMPLE, grade=18, **asked(date(2018, 7, 1)))
        assert (found.branch, found.changes, found.search.ways) == (None, (), ())
