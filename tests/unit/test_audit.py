"""What was paid against what was due: every verdict, and the mistakes that give exactly what was paid."""

from datetime import date

import attrs
import pytest

from cwgrade.arrears import Paid, Snapshot
from cwgrade.audit import (
    Mistake,
    MistakeKind,
    Reconciled,
    Reconciliation,
    Verdict,
    clusters,
    reach,
    reconcile,
    scheme_mistakes,
)
from cwgrade.catalogue import load_scheme, scheme_path
from cwgrade.errors import ArgumentError
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from cwgrade.statement.mistakes import mistake_text
from cwgrade.worker import (
    UNKNOWN,
    AbsenceSpell,
    Attainment,
    Rating,
    ServiceSpell,
    StateFact,
    Worker,
)

SAMPLE = load_scheme("sample-3x18")
MISTAKES = scheme_mistakes(SAMPLE)
CLERK = Worker(
    id="0008",
    spells=(ServiceSpell(start=date(2012, 1, 1), post="staff"),),
    schooling=(),
    degrees=(),
    qualifications=(),
    honours=(),
    facts=(
        StateFact(name="employment", value="full_time"),
        StateFact(name="identity", value="none"),
    ),
    ratings=tuple(Rating(period=str(year), value="competent") for year in range(2012, 2019)),
)
CERTIFICATE = Attainment(
    value="social_worker", obtained=date(2018, 3, 5), registered=date(2018, 3, 5)
)
HOLDER = attrs.evolve(CLERK, qualifications=(CERTIFICATE,))


def fen(worker: Worker, month: int, year: int = 2018, known_on: date | None = None) -> int:
    return pay_for_month(worker, SAMPLE, year=year, month=month, known_on=known_on).gross_fen


def month(
    worker: Worker, *paid: int, number: int = 5, known_then: date | None = None
) -> Reconciled:
    payments = [Paid(year=2018, month=number, fen=one) for one in paid]
    snapshot = Snapshot(worker=worker, scheme=SAMPLE)
    found = reconcile(
        snapshot, payments, months=[(2018, number)], known_then=known_then, mistakes=MISTAKES
    )
    return found.months[0]


def kinds(found: Reconciled) -> set[MistakeKind]:
    return {one.kind for one in found.mistakes}


class TestVerdicts:
    def test_paid_is_due(self) -> None:
        found = month(CLERK, fen(CLERK, 5) - 100, 100)
        assert (found.verdict, found.fen, found.is_settled) == (Verdict.AGREES, 0, True)

    def test_paid_is_what_was_known_then(self) -> None:
        """The certificate was registered in March and handed in eight months late."""
        late = attrs.evolve(CERTIFICATE, recorded_on=date(2018, 11, 20))
        worker = attrs.evolve(CLERK, qualifications=(late,))
        found = month(worker, fen(CLERK, 5))
        assert found.verdict is Verdict.AS_KNOWN_THEN
        assert (found.then_fen, found.now_fen) == (fen(CLERK, 5), fen(HOLDER, 5))
        # who worked out May in December knew it, and left it out
        known = month(worker, fen(CLERK, 5), known_then=date(2018, 12, 1))
        assert known.verdict is Verdict.EXPLAINED
        assert kinds(known) == {MistakeKind.CERTIFICATE_IGNORED}

    def test_no_payment_on_file(self) -> None:
        assert month(CLERK).verdict is Verdict.NOT_PAID
        assert month(CLERK).fen is None
        later = attrs.evolve(CLERK, spells=(ServiceSpell(start=date(2019, 1, 1), post="staff"),))
        assert month(later).verdict is Verdict.NOTHING_DUE

    def test_paid_after_leaving_and_before_coming(self) -> None:
        spell = ServiceSpell(start=date(2012, 1, 1), end=date(2018, 5, 1), post="staff")
        left = attrs.evolve(CLERK, spells=(spell,))
        assert month(left, 200000).verdict is Verdict.PAID_AFTER_LEAVING
        later = attrs.evolve(CLERK, spells=(ServiceSpell(start=date(2019, 1, 1), post="staff"),))
        assert month(later, 200000).verdict is Verdict.PAID_NOT_DUE

    def test_paid_twice(self) -> None:
        found = month(CLERK, fen(CLERK, 5), fen(CLERK, 5))
        assert (found.verdict, found.fen) == (Verdict.PAID_TWICE, fen(CLERK, 5))

    def test_what_cannot_be_decided_stays_open(self) -> None:
        found = month(attrs.evolve(CLERK, qualifications=UNKNOWN), 200000)
        assert found.verdict is Verdict.OPEN
        assert found.outcome is not None

    def test_nothing_is_guessed(self) -> None:
        found = month(CLERK, 123456)
        assert (found.verdict, found.mistakes) == (Verdict.UNEXPLAINED, ())


class TestMistakes:
    @pytest.mark.parametrize(
        ("number", "paid", "kind"),
        [(8, 5, MistakeKind.OLDER_STATISTIC), (5, 8, MistakeKind.NEWER_STATISTIC)],
    )
    def test_the_figure_of_another_year(self, number: int, paid: int, kind: MistakeKind) -> None:
        """The base changes on 1 July: May rests on the wage of 2016, August on that of 2017."""
        assert fen(CLERK, 5) != fen(CLERK, 8)
        found = month(CLERK, fen(CLERK, paid), number=number)
        assert (found.verdict, kinds(found)) == (Verdict.EXPLAINED, {kind})
        assert found.mistakes[0].what == "base.peg.lag_years"

    def test_the_month_before_once_more(self) -> None:
        june = fen(CLERK, 6)
        found = month(CLERK, june, number=7)
        assert [(one.kind, one.taken) for one in found.mistakes] == [
            (MistakeKind.MONTH_BEFORE, "2018-06")
        ]

    def test_a_certificate_a_month_late_or_left_out(self) -> None:
        """In the first month both give the same; the second month settles it."""
        first = month(HOLDER, fen(CLERK, 4), number=4)
        assert first.verdict is Verdict.AMBIGUOUS
        assert {MistakeKind.CERTIFICATE_LATE, MistakeKind.CERTIFICATE_IGNORED} <= kinds(first)
        paid = [Paid(year=2018, month=number, fen=fen(CLERK, number)) for number in (4, 5)]
        both = reconcile(
            Snapshot(worker=HOLDER, scheme=SAMPLE), paid, months=[(2018, 4), (2018, 5)]
        )
        assert [one.kind for one in both.throughout] == [MistakeKind.CERTIFICATE_IGNORED]

    def test_a_certificate_a_month_early(self) -> None:
        early = attrs.evolve(CERTIFICATE, obtained=date(2018, 4, 5), registered=date(2018, 4, 5))
        found = month(attrs.evolve(CLERK, qualifications=(early,)), fen(HOLDER, 4), number=4)
        assert kinds(found) == {MistakeKind.CERTIFICATE_EARLY}

    def test_a_failed_year_that_was_counted(self) -> None:
        ratings = tuple(
            attrs.evolve(one, value="fail") if one.period == "2014" else one
            for one in CLERK.ratings
        )
        failed = attrs.evolve(CLERK, ratings=ratings)
        differing = [number for number in range(1, 13) if fen(failed, number) != fen(CLERK, number)]
        found = month(failed, fen(CLERK, differing[0]), number=differing[0])
        (mistake,) = [one for one in found.mistakes if one.kind is MistakeKind.FAILED_YEAR_COUNTED]
        assert (mistake.what, mistake.stated) == ("ratings.2014", "fail")

    @pytest.mark.parametrize(
        ("spell", "taken_as", "kind"),
        [
            # five years of the army count, and were left out
            ("military", None, MistakeKind.OUTSIDE_IGNORED),
            # five years of a firm do not count, and were counted
            ("enterprise", "community", MistakeKind.OUTSIDE_COUNTED),
        ],
    )
    def test_service_outside(self, spell: str, taken_as: str | None, kind: MistakeKind) -> None:
        own = ServiceSpell(start=date(2015, 1, 1), post="staff")
        outside = ServiceSpell(start=date(2010, 1, 1), end=date(2015, 1, 1), kind=spell)
        ratings = tuple(Rating(period=str(year), value="competent") for year in range(2010, 2019))
        worker = attrs.evolve(CLERK, spells=(outside, own), ratings=ratings)
        other = () if taken_as is None else (attrs.evolve(outside, kind=taken_as, post="staff"),)
        paid = fen(attrs.evolve(worker, spells=(*other, own)), 5)
        assert paid != fen(worker, 5)
        assert kind in kinds(month(worker, paid))

    @pytest.mark.parametrize(
        ("stated", "taken", "kind", "what"),
        [
            (
                'convention = "whole_months"',
                'convention = "calendar_months"',
                MistakeKind.OTHER_COUNTING,
                "service.convention",
            ),
            (
                'takes = "next_january"\nreckoned_from = "last_day_served"',
                'takes = "next_month"\nreckoned_from = "last_day_served"',
                MistakeKind.OTHER_TIMING,
                "effect.service.takes",
            ),
        ],
    )
    def test_another_count_or_timing(
        self, stated: str, taken: str, kind: MistakeKind, what: str
    ) -> None:
        text = scheme_path("sample-3x18").read_text(encoding="utf-8")
        assert text.count(stated) == 1
        other = Scheme((parse_scheme(text.replace(stated, taken)),))
        # three years are full in the middle of January 2018: from 2019, or sooner
        spell = ServiceSpell(start=date(2015, 1, 15), post="staff")
        worker = attrs.evolve(CLERK, spells=(spell,))
        paid = pay_for_month(worker, other, year=2018, month=5).gross_fen
        assert paid != fen(worker, 5)
        found = month(worker, paid).mistakes
        assert (kind, what) in {(one.kind, one.what) for one in found}
        # a rule is named in words, also one whose word is the same for every field
        told = [mistake_text(one, scheme=SAMPLE) for one in found]
        assert not any("takes." in one or "_" in one for one in told)

    def test_rounding(self) -> None:
        assert fen(CLERK, 5) % 100
        found = month(CLERK, fen(CLERK, 5) // 100 * 100 + 100)
        taken = {(one.what, one.taken) for one in found.mistakes}
        assert ("rounding.total", "yuan half_up") in taken

    def test_an_absence_left_out(self) -> None:
        absence = AbsenceSpell(start=date(2018, 5, 7), end=date(2018, 5, 19), kind="personal")
        away = attrs.evolve(CLERK, absences=(absence,))
        assert fen(away, 5) != fen(CLERK, 5)
        assert MistakeKind.ABSENCE_IGNORED in kinds(month(away, fen(CLERK, 5)))

    def test_part_of_a_month_paid_as_a_whole(self) -> None:
        spell = ServiceSpell(start=date(2018, 5, 16), post="staff")
        came = attrs.evolve(CLERK, spells=(spell,), ratings=())
        whole = attrs.evolve(came, spells=(attrs.evolve(spell, start=date(2018, 5, 1)),))
        assert MistakeKind.WHOLE_MONTH in kinds(month(came, fen(whole, 5)))

    def test_a_payment_by_component_must_agree_in_each(self) -> None:
        lines = pay_for_month(CLERK, SAMPLE, year=2018, month=5).lines
        paid = [
            Paid(year=2018, month=5, fen=line.payable_fen + by, component=line.component)
            for line, by in zip(lines[:2], (100, -100), strict=True)
            if line.payable_fen is not None
        ]
        found = reconcile(Snapshot(worker=CLERK, scheme=SAMPLE), paid, months=[(2018, 5)])
        assert found.months[0].verdict is not Verdict.AGREES


def test_days_of_knowing_in_disorder_are_refused() -> None:
    known = Snapshot(worker=CLERK, scheme=SAMPLE, known_on=date(2018, 6, 1))
    with pytest.raises(ArgumentError):
        reconcile(known, [], months=[(2018, 5)], known_then=date(2018, 7, 1))


class TestClusters:
    def found(self, worker_id: str, *verdicts: tuple[Verdict, int, set[str]]) -> Reconciliation:
        months = [
            Reconciled(
                year=2018,
                month=number,
                then_fen=1000,
                now_fen=1000,
                paid_fen=None if verdict is Verdict.NOT_PAID else 1000 + by,
                verdict=verdict,
                mistakes=tuple(CLUSTERED[name] for name in sorted(names)),
            )
            for number, (verdict, by, names) in enumerate(verdicts, 1)
        ]
        return Reconciliation(worker_id=worker_id, months=tuple(months))

    def test_each_month_stands_in_one_cluster_and_sums_bridge(self) -> None:
        found = [
            self.found(
                "1",
                (Verdict.EXPLAINED, 5, {"figure"}),
                # the other month settles which of the two it is
                (Verdict.AMBIGUOUS, 7, {"figure", "late 1"}),
                (Verdict.AGREES, 0, set()),
            ),
            self.found("2", (Verdict.EXPLAINED, 11, {"figure"}), (Verdict.NOT_PAID, 0, set())),
            self.found("3", (Verdict.EXPLAINED, 13, {"late 1"})),
            self.found("4", (Verdict.EXPLAINED, 17, {"late 2"})),
        ]
        groups = clusters(found)
        assert [
            (
                one.verdict,
                [str(each.kind) for each in one.mistakes],
                one.workers,
                one.months,
                one.fen,
            )
            for one in groups
        ] == [
            (Verdict.EXPLAINED, ["older_statistic"], ("1", "2"), 3, 23),
            # the days of two workers differ, and the mistake is one
            (Verdict.EXPLAINED, ["certificate_late"], ("3", "4"), 2, 30),
            (Verdict.NOT_PAID, [], ("2",), 1, -1000),
        ]
        months = [month for one in found for month in one.months]
        assert sum(one.fen for one in groups) == sum(one.gap_fen or 0 for one in months)
        assert [(str(one.mistakes[0].kind), one.months) for one in reach(found)] == [
            ("certificate_late", 3),
            ("older_statistic", 3),
        ]


CLUSTERED = {
    "figure": Mistake(
        kind=MistakeKind.OLDER_STATISTIC, what="base.peg.lag_years", stated="1", taken="2"
    ),
    "late 1": Mistake(
        kind=MistakeKind.CERTIFICATE_LATE, what="degree.master", stated="2018-01-01", taken="1"
    ),
    "late 2": Mistake(
        kind=MistakeKind.CERTIFICATE_LATE, what="degree.master", stated="2018-03-01", taken="2"
    ),
}
