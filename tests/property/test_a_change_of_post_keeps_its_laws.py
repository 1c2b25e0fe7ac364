"""Laws of a change of post: what each rule may and may not do to the grade."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cwgrade.dates import Reckoning, Takes, latest
from cwgrade.grading import grade_on
from cwgrade.ladder import WaitingAfter
from cwgrade.law.assessment import RatingRule
from cwgrade.law.effects import Effect
from cwgrade.law.post_change import ChangeRule, PostChange
from cwgrade.outcomes import Decided, OneOf
from cwgrade.scheme import Scheme
from cwgrade.sources import Label
from cwgrade.worker import Rating, ServiceSpell, Worker
from tests.property.invented import SAMPLE, clerk, paid_days, sample_workers
from tests.property.test_splitting_a_spell_changes_nothing import split
from tests.property.varied import STEPPED

KEPT, RECOMPUTED = ChangeRule.KEPT, ChangeRule.RECOMPUTED
ONE_DAY = timedelta(days=1)
VERSION = SAMPLE.versions[0]


def with_rule(rule: ChangeRule, *, of: Scheme = SAMPLE, **fields: object) -> Scheme:
    """Give a scheme with a rule for a change of post, in force from the beginning."""
    known = {"takes": Takes.SAME_DAY, "source": "text", **fields}
    change = PostChange(rule=rule, **known)  # type: ignore[arg-type]
    version = attrs.evolve(of.versions[0], post_change=change, effective_on=date(1990, 1, 1))
    return Scheme((version,))


def alike(of: Scheme = SAMPLE) -> Scheme:
    """Give a scheme in which every post has the same wide range, so that nothing is ever cut off."""
    version = of.versions[0]
    assert version.ladder is not None
    ladder = attrs.evolve(version.ladder, grades=(1, 100), start=40)
    step = version.step and attrs.evolve(version.step, grades=(1, 100), start=40)
    posts = tuple(attrs.evolve(post, grades=None, steps=None) for post in version.posts)
    # no table by grade has to have a hundred cells: only grades are asked for
    version = attrs.evolve(version, quantities=(), pay=(), split=(), probation=None, tallies=())
    return Scheme((attrs.evolve(version, ladder=ladder, step=step, posts=posts),))


def grades(worker: Worker, scheme: Scheme, on: date) -> set[tuple[int, int | None]] | None:
    match grade_on(worker, scheme, on=on).outcome:
        case Decided(value):
            return {(value.grade, value.step)}
        case OneOf(values=values):
            return {(one.grade, one.step) for one in values}
        case _:
            return None


TIMINGS = st.sampled_from([Takes.SAME_DAY, Takes.SAME_MONTH, Takes.NEXT_MONTH, Takes.NEXT_JANUARY])
PLAIN = alike()
PLAIN_STEPPED = alike(STEPPED)


@given(sample_workers(), paid_days(), TIMINGS)
def test_where_posts_are_alike_keeping_is_recomputing(
    worker: Worker, on: date, takes: Takes
) -> None:
    kept = with_rule(KEPT, of=PLAIN, waiting=WaitingAfter.KEPT, takes=takes)
    recomputed = with_rule(RECOMPUTED, of=PLAIN, takes=takes)
    assert grades(worker, kept, on) == grades(worker, recomputed, on)


@given(sample_workers(), paid_days())
def test_steps_are_kept_as_grades_are(worker: Worker, on: date) -> None:
    kept = with_rule(KEPT, of=PLAIN_STEPPED, waiting=WaitingAfter.KEPT)
    recomputed = with_rule(RECOMPUTED, of=PLAIN_STEPPED)
    assert grades(worker, kept, on) == grades(worker, recomputed, on)


@given(sample_workers(), paid_days(), st.lists(st.integers(2009, 2018), max_size=5))
def test_unknown_ratings_leave_the_same_grades_either_way(
    worker: Worker, on: date, unknown: list[int]
) -> None:
    ratings = tuple(one for one in worker.ratings if one.year not in unknown)
    worker = attrs.evolve(worker, ratings=ratings)
    for scheme in (PLAIN, PLAIN_STEPPED):
        kept = with_rule(KEPT, of=scheme, waiting=WaitingAfter.KEPT)
        assert grades(worker, kept, on) == grades(worker, with_rule(RECOMPUTED, of=scheme), on)


@given(sample_workers(), paid_days())
def test_a_waiting_period_that_restarts_never_gives_more(worker: Worker, on: date) -> None:
    kept = grades(worker, with_rule(KEPT, of=PLAIN, waiting=WaitingAfter.KEPT), on)
    restarts = grades(worker, with_rule(KEPT, of=PLAIN, waiting=WaitingAfter.RESTARTS), on)
    if kept and restarts:
        assert max(restarts) <= max(kept)


@given(sample_workers(), paid_days(), st.sampled_from(["staff", "deputy", "principal"]))
def test_with_recomputing_an_earlier_post_never_matters(
    worker: Worker, on: date, other: str
) -> None:
    scheme = with_rule(RECOMPUTED)
    spells = tuple(
        attrs.evolve(spell, post=other)
        # in a tie of two spells the higher post decides which of them counts, at the same rate
        if spell.end is not None and latest(spell.end) <= on
        else spell
        for spell in worker.spells
    )
    changed = attrs.evolve(worker, spells=spells)
    assert grades(changed, scheme, on) == grades(worker, scheme, on)


@given(
    st.dates(date(2012, 1, 1), date(2016, 1, 1)),
    st.integers(1, 1500),
    st.permutations(["staff", "deputy", "principal"]),
    st.sampled_from(WaitingAfter),
)
def test_keeping_lowers_nobody_but_to_the_top_of_the_new_post(
    start: date, days: int, posts: list[str], waiting: WaitingAfter
) -> None:
    changed_on = start + timedelta(days=days)
    worker = clerk(
        start=start,
        spells=(
            ServiceSpell(start=start, end=changed_on, post=posts[0]),
            ServiceSpell(start=changed_on, post=posts[1]),
        ),
    )
    scheme = with_rule(KEPT, waiting=waiting)
    post = VERSION.post(posts[1])
    assert post is not None
    assert isinstance(post.grades, tuple)
    before = grade_on(worker, scheme, on=changed_on - ONE_DAY).placement.grade
    after = grade_on(worker, scheme, on=changed_on).placement.grade
    assert post.grades[0] <= after <= post.grades[1]
    assert after >= min(before, post.grades[1])


@given(
    st.dates(date(2012, 1, 1), date(2016, 1, 1)),
    st.integers(1, 1500),
    st.permutations(["staff", "deputy", "principal"]),
    st.permutations([6, 18, 36]),
    TIMINGS.filter(lambda takes: takes in {Takes.NEXT_MONTH, Takes.NEXT_JANUARY}),
)
def test_on_its_first_day_the_new_post_has_the_grade_of_the_old_one(
    start: date, days: int, posts: list[str], waits: list[int], takes: Takes
) -> None:
    """Whatever the waiting periods are: months carried over give no rise that has not taken effect yet."""
    changed_on = start + timedelta(days=days)
    whole = ServiceSpell(start=start, post=posts[0])
    spells = (attrs.evolve(whole, end=changed_on), ServiceSpell(start=changed_on, post=posts[1]))
    service = Effect(fact="service", takes=takes, reckoned_from=Reckoning.DAY_MET, source="text")
    scheme = with_rule(KEPT, of=variant(service=service), waiting=WaitingAfter.KEPT)
    version = scheme.versions[0]
    assert version.ladder is not None
    by_post = tuple(zip(("principal", "deputy", "staff"), waits, strict=True))
    ladder = attrs.evolve(version.ladder, waiting_months=None, waiting_months_by_post=by_post)
    scheme = Scheme((attrs.evolve(version, ladder=ladder),))
    stayed, moved_on = (clerk(start=start, spells=one) for one in ((whole,), spells))
    assert grades(moved_on, scheme, changed_on) == grades(stayed, scheme, changed_on)


@given(split(sample_workers()), paid_days(), st.sampled_from(WaitingAfter), TIMINGS)
def test_a_spell_cut_in_two_is_no_change(
    pair: tuple[Worker, Worker], on: date, waiting: WaitingAfter, takes: Takes
) -> None:
    whole, cut = pair
    scheme = with_rule(KEPT, waiting=waiting, takes=takes)
    assert grades(whole, scheme, on) == grades(cut, scheme, on)


@given(sample_workers(), paid_days())
def test_a_missing_rule_gives_what_its_readings_agree_on(worker: Worker, on: date) -> None:
    stated = [
        with_rule(RECOMPUTED),
        *(with_rule(KEPT, waiting=waiting) for waiting in WaitingAfter),
    ]
    each = [grades(worker, one, on) for one in stated]
    unstated = attrs.evolve(stated[0].versions[0], post_change=PostChange(takes=Takes.SAME_DAY))
    found = grades(worker, Scheme((unstated,)), on)
    assert found == (each[0] if each[0] == each[1] == each[2] else None)


# --- the same law where it is narrow ---------------------------------------------------------------------------------


def variant(*, basic: RatingRule | None = None, **effects: Effect) -> Scheme:
    """Give the scheme of like posts with other timings, or another rule for a year rated basic."""
    version = PLAIN.versions[0]
    assert version.assessment is not None
    changed = tuple(effects.get(one.fact, one) for one in version.effects)
    ratings = tuple(
        basic if basic and one.rating == "basic" else one for one in version.assessment.ratings
    )
    assessment = attrs.evolve(version.assessment, ratings=ratings)
    return Scheme((attrs.evolve(version, effects=changed, assessment=assessment),))


def moved(changed_on: date, *ratings: Rating, start: int = 2012) -> Worker:
    """Give somebody who changes post once."""
    spells = (
        ServiceSpell(start=date(start, 1, 1), end=changed_on, post="staff"),
        ServiceSpell(start=changed_on, post="deputy"),
    )
    return clerk(spells=spells, ratings=ratings)


def agree(worker: Worker, of: Scheme, on: date) -> None:
    kept = with_rule(KEPT, of=of, waiting=WaitingAfter.KEPT)
    assert grades(worker, kept, on) == grades(worker, with_rule(RECOMPUTED, of=of), on)


def rated(**values: str) -> tuple[Rating, ...]:
    """Give ratings by year, `y2015="basic"`; other years are competent, and those that are `unknown` have none."""
    known = dict.fromkeys(range(2010, 2020), "competent")
    known |= {int(year[1:]): value for year, value in values.items()}
    return tuple(
        Rating(period=str(year), value=value) for year, value in known.items() if value != "unknown"
    )


ANNIVERSARY = variant(
    service=Effect(
        fact="service", takes=Takes.SAME_DAY, reckoned_from=Reckoning.DAY_MET, source="text"
    )
)
LATE = variant(rating=Effect(fact="rating", event="announced", takes=Takes.SAME_DAY, source="text"))
HOLDS_BACK = variant(
    basic=RatingRule(rating="basic", label=Label(zh="基本合格", en="basic"), rises=False)
)


def two_ratings(of: Scheme, waiting_months: int) -> Scheme:
    """Give a scheme in which a year counts or does not, and nothing else: few ends hide no way there."""
    version = of.versions[0]
    assert version.assessment is not None
    assert version.ladder is not None
    ladder = attrs.evolve(version.ladder, waiting_months=waiting_months)
    kept = tuple(one for one in version.assessment.ratings if one.rating in ("competent", "basic"))
    assessment = attrs.evolve(version.assessment, ratings=kept, early=None)
    return Scheme((attrs.evolve(version, assessment=assessment, ladder=ladder),))


# half a year: a year of which one half counts would be seen
@pytest.mark.parametrize("waiting_months", [36, 6])
@pytest.mark.parametrize("timing", ["january", "anniversary"])
@pytest.mark.parametrize("start", [2010, 2011, 2012])
@pytest.mark.parametrize("changed_on", [date(2016, 7, 1), date(2017, 1, 1), date(2017, 11, 30)])
def test_unknown_years_on_both_sides_of_a_change(
    waiting_months: int, timing: str, start: int, changed_on: date
) -> None:
    scheme = two_ratings(PLAIN if timing == "january" else ANNIVERSARY, waiting_months)
    stepped = two_ratings(PLAIN_STEPPED, waiting_months)
    unknown = rated(**dict.fromkeys(("y2013", "y2014", "y2015", "y2016"), "unknown"))
    worker = moved(changed_on, *unknown, start=start)
    agree(worker, stepped, date(2018, 8, 1))
    for on in (date(2017, 12, 31), date(2018, 2, 1), date(2018, 8, 1), date(2019, 3, 1)):
        agree(worker, scheme, on)


@pytest.mark.parametrize("on", [date(2016, 3, 1), date(2016, 9, 1), date(2018, 3, 1)])
def test_a_rating_that_comes_out_after_the_change(on: date) -> None:
    late = Rating(period="2015", value="fail", announced=date(2016, 6, 1))
    worker = moved(date(2016, 2, 1), late, *rated(y2015="unknown"))
    agree(worker, LATE, on)


@pytest.mark.parametrize("on", [date(2015, 6, 1), date(2016, 3, 1), date(2018, 3, 1)])
def test_a_rise_that_is_held_back_over_the_change(on: date) -> None:
    agree(moved(date(2015, 2, 1), *rated(y2014="basic")), HOLDS_BACK, on)
