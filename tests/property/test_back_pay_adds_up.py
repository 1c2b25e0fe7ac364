"""Back pay: parts sum to the difference of two payslips, and day by day they add up, cause by cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cwgrade.arrears import Arrears, Cause, Paid, Snapshot, arrears_between
from cwgrade.dates import PartialDate, earliest
from cwgrade.errors import NotInForce
from cwgrade.outcomes import Decided, NotEligible
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.series import Figure
from cwgrade.sources import Citation
from cwgrade.timeline import Published
from cwgrade.worker import (
    AbsenceSpell,
    Attainment,
    PlacementOnRecord,
    ServiceSpell,
    Worker,
)
from tests.property.invented import SAMPLE, clerk, months, sample_workers
from tests.property.varied import sample_with

Month = tuple[int, int]
Adds = Callable[[Worker, date], Worker]
Case = tuple["Record", Month, list[date]]
_REBASED: Final = 7
_RISEN: Final = sample_with(
    """
[quantities.coefficient]
label = { zh = "等级系数", en = "coefficient of the grade" }
source = "text"
by = "grade"
times = [0.90, 0.94, 0.98, 0.99, 0.99, 1.13, 1.19, 1.25, 1.31, 1.38, 1.45, 1.52, 1.60, 1.68, 1.76, 1.85, 1.94, 2.03]
"""
).versions[0]


@attrs.frozen(kw_only=True)
class Record:
    """Everything that ever comes on file: a worker, what is added to it by day, and a scheme."""

    worker: Worker
    added: tuple[tuple[date, Adds], ...]
    scheme: Scheme = attrs.field(repr=lambda one: f"{len(one.versions)} versions")

    def all(self) -> Worker:
        return self.by(date.max)

    def by(self, day: date) -> Worker:
        """Give the file as it stood: what came later is not in it, what was corrected is not in it any more."""
        worker = self.worker
        for recorded_on, add in self.added:
            if recorded_on <= day:
                worker = add(worker, recorded_on)
        return worker


@st.composite
def _additions(draw: st.DrawFn, month: Month) -> Adds:
    """Draw a fact that most likely matters for the month: service, a certificate, an honour, absence, a grade."""
    kind = draw(st.sampled_from(("spell", "qualification", "honour", "absence", "placement")))
    since = date(*month, 1) - timedelta(days=draw(st.integers(-20, 1200)))
    grade, post = draw(st.integers(1, 18)), draw(st.sampled_from(("principal", "deputy")))

    def add(worker: Worker, recorded_on: date) -> Worker:
        if kind == "spell":
            spell = ServiceSpell(start=since, post=post, recorded_on=recorded_on)
            return attrs.evolve(worker, spells=(*worker.spells, spell))
        if kind == "absence":
            end = since + timedelta(days=grade)
            away = AbsenceSpell(start=since, end=end, kind="personal", recorded_on=recorded_on)
            return attrs.evolve(worker, absences=(*worker.absences, away))
        if kind == "placement":
            placement = PlacementOnRecord(
                post="staff", grade=min(grade, 12), since=since, recorded_on=recorded_on
            )
            return attrs.evolve(worker, placement=placement)
        value = "social_worker" if kind == "qualification" else "city"
        got = Attainment(
            value=value, obtained=since, registered=since, reported=since, recorded_on=recorded_on
        )
        if kind == "honour" and isinstance(worker.honours, tuple):
            return attrs.evolve(worker, honours=(*worker.honours, got))
        if kind == "qualification" and isinstance(worker.qualifications, tuple):
            return attrs.evolve(worker, qualifications=(*worker.qualifications, got))
        return worker

    return add


@st.composite
def _corrections(draw: st.DrawFn) -> Adds:
    """Draw another first day for the last spell: the old one is taken off the file."""
    moved = draw(st.integers(-900, 900))

    def correct(worker: Worker, recorded_on: date) -> Worker:
        if not worker.spells:
            return worker
        spell = worker.spells[-1]
        start = earliest(spell.start) + timedelta(days=moved)
        end = spell.end if isinstance(spell.end, date) and spell.end > start else None
        right = attrs.evolve(spell, start=start, end=end, recorded_on=recorded_on)
        return attrs.evolve(worker, spells=(*worker.spells[:-1], right))

    return correct


def _near(month: Month) -> st.SearchStrategy[date]:
    """Draw a day about the month and the two years after it, in which what concerns it comes out."""
    return st.integers(-60, 700).map(lambda gap: date(*month, 1) + timedelta(days=gap))


def _with_days(version: SchemeVersion, out: dict[int, Published]) -> SchemeVersion:
    """Give the version with other days of publication for some of its figures."""
    series = version.series[0]
    figures = tuple(
        attrs.evolve(figure, published_on=out.get(figure.year, figure.published_on))
        for figure in series.series.figures
    )
    statistic = attrs.evolve(series.series, figures=figures)
    return attrs.evolve(version, series=(attrs.evolve(series, series=statistic),))


@st.composite
def schemes(draw: st.DrawFn, month: Month) -> Scheme:
    """Draw the sample with a notice that takes effect before it is signed, and figures that are out late or vaguely."""
    out: st.SearchStrategy[Published] = st.one_of(
        _near(month),
        _near(month),
        _near(month).map(lambda day: PartialDate(day.year, day.month)),
    )
    versions = [SAMPLE.versions[0]]
    if draw(st.booleans()):
        first = date(2012, 2, 1)
        effective = draw(st.dates(first, max(first, date(*month, 1))))
        versions.append(
            attrs.evolve(
                _RISEN, effective_on=effective, attested_from=effective, published_on=draw(out)
            )
        )
    late: dict[int, Published] = {}
    if draw(st.booleans()):
        # the figure that the month rests on, and sometimes the one before it
        wanted = month[0] - (1 if month[1] >= _REBASED else 2)
        late[wanted] = draw(out)
        if draw(st.booleans()):
            late[wanted - 1] = draw(out)
    return Scheme(tuple(_with_days(one, late) if late else one for one in versions))


@st.composite
def cases(draw: st.DrawFn, count: int, *, correcting: bool = False) -> Case:
    """Draw a record, a month, and days on which one may look at it again."""
    month = draw(months())
    known = st.builds(clerk, start=st.dates(date(2008, 1, 1), date(2012, 6, 1)))
    worker = draw(st.one_of(known, known, known, sample_workers()))
    one = st.one_of(_corrections(), _additions(month)) if correcting else _additions(month)
    added = draw(st.lists(st.tuples(_near(month), one), max_size=3))
    added.sort(key=lambda pair: pair[0])
    gaps = [draw(st.integers(-60, 60)), draw(st.integers(600, 730))]
    gaps += [draw(st.integers(-60, 730)) for _ in range(count - 2)]
    days = [date(*month, 1) + timedelta(days=gap) for gap in sorted(gaps)]
    record = Record(worker=worker, added=tuple(added), scheme=draw(schemes(month)))
    return record, month, days


def due(snapshot: Snapshot, month: Month) -> int | None:
    """Give what is due by the payslip, which knows nothing of back pay."""
    year, at = month
    assert isinstance(snapshot.scheme, Scheme)
    try:
        outcome = pay_for_month(
            snapshot.worker, snapshot.scheme, year=year, month=at, known_on=snapshot.known_on
        ).outcome
    except NotInForce:
        return None
    if isinstance(outcome, Decided):
        return outcome.value
    return 0 if isinstance(outcome, NotEligible) else None


def sums(arrears: Arrears) -> Counter[tuple[Cause, str]]:
    """Sum by cause and component, zeros left out."""
    found: Counter[tuple[Cause, str]] = Counter()
    for part in arrears.parts:
        found[part.cause, part.component] += part.fen
    return Counter({key: fen for key, fen in found.items() if fen})


def plus(one: Counter[tuple[Cause, str]], other: Counter[tuple[Cause, str]]) -> object:
    return {key: one[key] + other[key] for key in {*one, *other} if one[key] + other[key]}


@settings(max_examples=30)
@given(cases(2, correcting=True))
def test_parts_sum_to_the_difference_of_two_payslips(case: Case) -> None:
    record, month, days = case
    first, second = (
        Snapshot(worker=record.by(day), scheme=record.scheme, known_on=day) for day in days
    )
    (found,) = arrears_between(first, second, months=[month]).months
    before, after = due(first, month), due(second, month)
    assert (found.before_fen, found.after_fen) == (before, after)
    if before is None or after is None:
        assert found.open
        assert found.fen is None
    else:
        assert found.fen == after - before
    known = [part.became_known or date.max for part in found.parts]
    assert known == sorted(known)
    assert all(days[0] < day <= days[1] for day in known if day != date.max)


@settings(max_examples=30)
@given(cases(3))
def test_from_day_to_day_is_from_the_first_to_the_last(case: Case) -> None:
    record, month, days = case
    one, two, three = (
        Snapshot(worker=record.all(), scheme=record.scheme, known_on=day) for day in days
    )
    _adds_up(one, two, three, month)


@settings(max_examples=30)
@given(cases(3, correcting=True))
def test_of_a_file_that_is_corrected_too(case: Case) -> None:
    record, month, days = case
    # what is corrected again has lost the day of its first correction; then only the sum adds up
    kinds = [add.__qualname__.split(".")[0] for _, add in record.added]
    assume(kinds.count("_corrections") <= 1 and len(kinds) <= 2)
    one, two, three = (
        Snapshot(worker=record.by(day), scheme=record.scheme, known_on=day) for day in days
    )
    _adds_up(one, two, three, month)


def _adds_up(one: Snapshot, two: Snapshot, three: Snapshot, month: Month) -> None:
    ways = [
        arrears_between(first, second, months=[month])
        for first, second in ((one, two), (two, three), (one, three))
    ]
    assume(not any(way.open_months for way in ways))
    assert plus(sums(ways[0]), sums(ways[1])) == dict(sums(ways[2]))


@settings(max_examples=30)
@given(cases(2, correcting=True))
def test_where_nothing_changed_there_is_nothing(case: Case) -> None:
    record, month, days = case
    for day in days:
        snapshot = Snapshot(worker=record.by(day), scheme=record.scheme, known_on=day)
        assert arrears_between(snapshot, snapshot, months=[month]).parts == ()


@settings(max_examples=30)
@given(cases(2, correcting=True), st.integers(-500_000, 900_000))
def test_what_was_paid_is_the_baseline_where_it_is_given(case: Case, fen: int) -> None:
    record, month, days = case
    first, second = (
        Snapshot(worker=record.by(day), scheme=record.scheme, known_on=day) for day in days
    )
    paid = Paid(year=month[0], month=month[1], fen=fen)
    (found,) = arrears_between(first, second, months=[month], paid=[paid]).months
    before, after = due(first, month), due(second, month)
    if after is None:
        assert [one.side for one in found.open] == ["later"]
        return
    assert found.fen == after - fen
    if before is not None:
        differs = [part.fen for part in found.parts if part.cause is Cause.PAYMENT_DIFFERS]
        assert sum(differs) == before - fen
        (plain,) = arrears_between(first, second, months=[month]).months
        causes = Counter(part.cause for part in found.parts if part not in plain.parts)
        assert set(causes) <= {Cause.PAYMENT_DIFFERS}
    # once that is paid too, nothing is left
    settled = [paid, Paid(year=month[0], month=month[1], fen=after - fen)]
    assert arrears_between(second, second, months=[month], paid=settled).total_fen == 0


@given(st.integers(1, 12), st.integers(1, 2000_00))
def test_a_figure_that_comes_with_a_file_is_as_one_that_was_always_listed(
    month: int, more: int
) -> None:
    """The later scheme lists a figure that the earlier one did not have, made known in between."""
    worker, version = clerk(), SAMPLE.versions[0]
    series = version.series[0]
    day = date(2021, 3, 5)
    last = series.series.figures[-1]
    figure = Figure(
        year=last.year, fen=last.fen + more, published_on=day, citation=Citation(source="text")
    )

    def listed(*figures: Figure) -> Scheme:
        statistic = attrs.evolve(series.series, figures=figures)
        return Scheme((attrs.evolve(version, series=(attrs.evolve(series, series=statistic),)),))

    without = listed(*series.series.figures[:-1])
    with_it = listed(*series.series.figures[:-1], figure)
    before, after = date(2021, 1, 1), date(2021, 6, 1)
    later = Snapshot(worker=worker, scheme=with_it, known_on=after)
    one = arrears_between(
        Snapshot(worker=worker, scheme=without, known_on=before), later, months=[(2018, month)]
    )
    other = arrears_between(
        Snapshot(worker=worker, scheme=with_it, known_on=before), later, months=[(2018, month)]
    )
    assert one == other
    assert bool(one.parts) is (month > 6)
