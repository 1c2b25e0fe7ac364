"""Back pay: real cases, the order of causes, what was paid, and months that cannot be decided."""

from datetime import date
from typing import Any

import attrs
import pytest

from cwgrade.arrears import (
    ON_THE_TOTAL,
    WHOLE,
    Cause,
    FactChange,
    FigureChange,
    Paid,
    Part,
    Snapshot,
    VersionChange,
    arrears_between,
    sums_by_cause,
)
from cwgrade.catalogue import load_scheme
from cwgrade.dates import PartialDate
from cwgrade.errors import ArgumentError, NotInForce
from cwgrade.money import Rounding, RoundingMode, RoundTo
from cwgrade.outcomes import Unspecified
from cwgrade.pay import pay_for_month
from cwgrade.published import PublishedFigure, PublishedSeries
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.schemefile import assume
from cwgrade.series import SeriesUnit
from cwgrade.sources import Trust
from cwgrade.timeline import Published, Standing
from cwgrade.worker import (
    UNKNOWN,
    Attainment,
    PlacementOnRecord,
    Rating,
    ServiceSpell,
    StateFact,
    SuppliedAmount,
    Worker,
)

YEAR_2018 = [(2018, month) for month in range(1, 13)]
CHANGSHA = assume(
    load_scheme("changsha-furong-2018"),
    {"base.peg.after_publication": "settle", "proration.rule": "calendar_days"},
)
DEPUTY = Worker(id="0007", spells=(ServiceSpell(start=date(2015, 3, 1), title="副主任"),))
# nobody has found the figure of 2017: this one, and the day it came out, are made up
MADE_UP = PublishedSeries(
    (
        PublishedFigure(
            region="43",
            measure="在岗职工平均工资",
            year=2017,
            unit=SeriesUnit.MONTH,
            fen=5400_00,
            published_on=date(2019, 1, 15),
            url="made up",
            trust=Trust.INVENTED,
        ),
    )
)
SAMPLE = load_scheme("sample-3x18")


def clerk(**facts: object) -> Worker:
    known: dict[str, object] = {
        "id": "0008",
        "spells": (ServiceSpell(start=date(2012, 1, 1), post="staff"),),
        "schooling": (),
        "degrees": (),
        "qualifications": (),
        "honours": (),
        "facts": (
            StateFact(name="employment", value="full_time"),
            StateFact(name="identity", value="none"),
        ),
        "ratings": tuple(Rating(period=str(year), value="competent") for year in range(2012, 2020)),
    }
    return Worker(**{**known, **facts})  # type: ignore[arg-type]


def notice(published_on: Published) -> SchemeVersion:
    """Give the sample with an invented notice: from January 2018 the total is rounded up to ten yuan."""
    version = SAMPLE.versions[0]
    total = Rounding(to=RoundTo.TEN_YUAN, mode=RoundingMode.UP)
    return attrs.evolve(
        version,
        effective_on=date(2018, 1, 1),
        attested_from=date(2018, 1, 1),
        published_on=published_on,
        rounding=attrs.evolve(version.rounding, total=total),
    )


class TestRealCases:
    def test_changsha_pays_on_the_older_figure_and_settles_when_the_right_one_is_out(self) -> None:
        before = Snapshot(
            worker=DEPUTY, scheme=CHANGSHA, series=MADE_UP, known_on=date(2018, 12, 31)
        )
        after = attrs.evolve(before, known_on=date(2019, 2, 1))
        found = arrears_between(before, after, months=YEAR_2018)
        # 5400 × 79 % = 4266, paid were 5013 × 79 % = 3960.27, to the yuan
        assert [month.fen for month in found.months] == [306_00] * 12
        assert found.total_fen == 12 * 306_00
        assert found.by_cause == ((Cause.PROVISIONAL_SETTLED, 12 * 306_00),)
        (part,) = found.months[0].parts
        assert (part.component, part.became_known) == ("base_pay", date(2019, 1, 15))
        assert part.changes == (
            FigureChange(
                series="provincial_on_post",
                year=2017,
                before_fen=None,
                after_fen=5400_00,
                published_on=date(2019, 1, 15),
            ),
        )
        assert {month.standing for month in found.months} == {Standing.FINAL}

    def test_the_figure_may_come_with_a_later_file(self) -> None:
        before = Snapshot(worker=DEPUTY, scheme=CHANGSHA, known_on=date(2018, 12, 31))
        after = Snapshot(worker=DEPUTY, scheme=CHANGSHA, series=MADE_UP, known_on=date(2019, 2, 1))
        found = arrears_between(before, after, months=YEAR_2018)
        assert found.by_cause == ((Cause.PROVISIONAL_SETTLED, 12 * 306_00),)

    def test_until_then_nothing_is_due_and_the_month_stays_provisional(self) -> None:
        before = Snapshot(
            worker=DEPUTY, scheme=CHANGSHA, series=MADE_UP, known_on=date(2018, 12, 31)
        )
        after = attrs.evolve(before, known_on=date(2019, 1, 14))
        (month,) = arrears_between(before, after, months=[(2018, 3)]).months
        assert (month.fen, month.parts, month.standing) == (0, (), Standing.PROVISIONAL)

    def test_without_the_assumption_the_month_is_open(self) -> None:
        """The notice breaks off before it says whether months already paid are settled."""
        before = Snapshot(
            worker=DEPUTY,
            scheme=load_scheme("changsha-furong-2018"),
            series=MADE_UP,
            known_on=date(2018, 12, 31),
        )
        after = attrs.evolve(before, known_on=date(2019, 2, 1))
        found = arrears_between(before, after, months=[(2018, 3)])
        (month,) = found.open_months
        assert (month.fen, month.before_fen, month.after_fen) == (None, 3960_00, None)
        (why,) = month.open
        assert why.side == "later"
        assert isinstance(why.outcome, Unspecified)
        assert [gap.path for gap in why.outcome.gaps] == ["base.peg.after_publication"]
        assert found.total_fen == 0

    def test_a_certificate_on_record_eight_months_late(self) -> None:
        """Registered in March, known in November: eight months were paid without it, of 2016."""
        held = Attainment(
            value="social_worker",
            obtained=date(2016, 2, 20),
            registered=date(2016, 3, 10),
            reported=date(2016, 11, 10),
            recorded_on=date(2016, 11, 10),
        )
        worker = clerk(qualifications=(held,))
        before = Snapshot(worker=worker, scheme=SAMPLE, known_on=date(2016, 11, 9))
        after = attrs.evolve(before, known_on=date(2016, 11, 10))
        months = [(2016, month) for month in range(1, 13)]
        found = arrears_between(before, after, months=months)
        # the sample: from the month after registration, so from April
        assert [month.fen != 0 for month in found.months] == [False] * 3 + [True] * 9
        assert {part.cause for part in found.parts} == {Cause.FACT_CORRECTED}
        assert {part.became_known for part in found.parts} == {date(2016, 11, 10)}
        assert found.parts[0].changes == (
            FactChange(
                field="qualifications",
                before=None,
                after=held,
                became_known=date(2016, 11, 10),
            ),
        )
        assert all(part.fen > 0 for part in found.parts)

    def test_a_notice_of_one_file_that_raises_pay_in_two_steps(self) -> None:
        """Xinbin: 200 yuan a month for the first half of 2013 and 700 for the second; what was paid before is given."""
        scheme = assume(load_scheme("xinbin-2014"), {"pay.allowance.yuan": 800})
        worker = Worker(id="1", spells=(ServiceSpell(start=date(2010, 1, 1), title="委员"),))
        before = Snapshot(worker=worker, scheme=scheme, known_on=date(2013, 12, 31))
        after = attrs.evolve(before, known_on=date(2014, 12, 31))
        months = [(2013, month) for month in range(1, 13)]
        paid = [
            Paid(year=year, month=month, fen=800_00, component="allowance")
            for year, month in months
        ]
        found = arrears_between(before, after, months=months, paid=paid)
        assert [month.fen for month in found.months] == [200_00] * 6 + [700_00] * 6
        assert found.by_cause == ((Cause.SCHEME_AMENDED, 5400_00),)
        assert {part.component for part in found.parts} == {"rise"}
        # without what was paid there is nothing to compare with: the notice was not out
        (bare,) = arrears_between(before, after, months=[(2013, 1)]).open_months
        assert [one.side for one in bare.open] == ["earlier"]
        assert isinstance(bare.open[0].not_in_force, NotInForce)

    def test_a_notice_signed_in_september_with_effect_from_january(self) -> None:
        """As Jiangsu does; no scheme of Jiangsu comes along, so the sample has an invented notice of 2018-09-30."""
        before = Snapshot(
            worker=clerk(),
            scheme=Scheme((SAMPLE.versions[0], notice(date(2018, 9, 30)))),
            known_on=date(2018, 9, 29),
        )
        after = attrs.evolve(before, known_on=date(2018, 9, 30))
        months = [(2017, 12), *((2018, month) for month in range(1, 10))]
        found = arrears_between(before, after, months=months)
        assert found.months[0].parts == ()
        assert {part.cause for part in found.parts} == {Cause.SCHEME_AMENDED}
        assert {part.component for part in found.parts} == {ON_THE_TOTAL}
        assert all(0 <= (month.fen or 0) < 10_00 for month in found.months)
        (change,) = found.parts[0].changes
        assert isinstance(change, VersionChange)
        assert (change.from_day, change.before, change.after) == (
            date(2018, 1, 1),
            "",
            notice(date(2018, 9, 30)).digest,
        )


class TestOrderOfKnowing:
    """On one day facts come first, then figures, then versions; days go before what has no day."""

    def test_each_cause_is_the_difference_of_two_payslips(self) -> None:
        fact = ServiceSpell(start=date(2015, 3, 1), title="主任", recorded_on=date(2019, 1, 15))
        principal = attrs.evolve(DEPUTY, spells=(fact,))
        before = Snapshot(
            worker=DEPUTY, scheme=CHANGSHA, series=MADE_UP, known_on=date(2018, 12, 31)
        )
        after = attrs.evolve(before, worker=principal, known_on=date(2019, 2, 1))
        (month,) = arrears_between(before, after, months=[(2018, 3)]).months
        # the fact on the older figure: 4361 − 3960; then the figure for the post as corrected: 4698 − 4361
        assert [(part.cause, part.fen) for part in month.parts] == [
            (Cause.FACT_CORRECTED, 401_00),
            (Cause.PROVISIONAL_SETTLED, 337_00),
        ]

    def test_what_came_later_is_on_what_came_before(self) -> None:
        fact = ServiceSpell(start=date(2015, 3, 1), title="主任", recorded_on=date(2019, 1, 16))
        principal = attrs.evolve(DEPUTY, spells=(fact,))
        before = Snapshot(
            worker=DEPUTY, scheme=CHANGSHA, series=MADE_UP, known_on=date(2018, 12, 31)
        )
        after = attrs.evolve(before, worker=principal, known_on=date(2019, 2, 1))
        (month,) = arrears_between(before, after, months=[(2018, 3)]).months
        # the figure for the deputy: 4266 − 3960; then the fact on the new figure: 4698 − 4266
        assert [(part.cause, part.fen) for part in month.parts] == [
            (Cause.PROVISIONAL_SETTLED, 306_00),
            (Cause.FACT_CORRECTED, 432_00),
        ]

    def test_what_came_on_record_and_is_off_again_is_no_part_of_any_other_cause(self) -> None:
        held = Attainment(
            value="senior", registered=date(2015, 3, 1), recorded_on=date(2018, 6, 10)
        )
        honour = Attainment(value="city", obtained=date(2018, 5, 1), recorded_on=date(2018, 6, 25))
        before = Snapshot(
            worker=clerk(qualifications=(held,)),
            scheme=load_scheme("sample-3x18"),
            known_on=date(2018, 5, 1),
        )
        after = attrs.evolve(before, worker=clerk(honours=(honour,)), known_on=date(2018, 7, 1))
        (month,) = arrears_between(before, after, months=[(2018, 7)]).months
        # the certificate came before the wage and is not in the later file; the honour counts from January only
        assert {part.cause for part in month.parts} == {Cause.PROVISIONAL_SETTLED}

    def test_a_fact_without_a_day_comes_last(self) -> None:
        principal = attrs.evolve(
            DEPUTY, spells=(ServiceSpell(start=date(2015, 3, 1), title="主任"),)
        )
        before = Snapshot(
            worker=DEPUTY, scheme=CHANGSHA, series=MADE_UP, known_on=date(2018, 12, 31)
        )
        after = attrs.evolve(before, worker=principal, known_on=date(2019, 2, 1))
        (month,) = arrears_between(before, after, months=[(2018, 3)]).months
        assert [(part.cause, part.became_known) for part in month.parts] == [
            (Cause.PROVISIONAL_SETTLED, date(2019, 1, 15)),
            (Cause.FACT_CORRECTED, None),
        ]

    def test_a_figure_that_is_replaced(self) -> None:
        version = CHANGSHA.versions[0]
        named = version.series[0]
        (figure,) = named.series.figures
        other = attrs.evolve(named.series, figures=(attrs.evolve(figure, fen=5113_00),))
        corrected = Scheme((attrs.evolve(version, series=(attrs.evolve(named, series=other),)),))
        before = Snapshot(worker=DEPUTY, scheme=CHANGSHA)
        after = Snapshot(worker=DEPUTY, scheme=corrected)
        (month,) = arrears_between(before, after, months=[(2018, 3)]).months
        # 5113 × 79 % = 4039.27
        (part,) = month.parts
        assert (part.fen, part.cause) == (79_00, Cause.STATISTIC_PUBLISHED)
        (change,) = part.changes
        assert isinstance(change, FigureChange)
        assert (change.year, change.before_fen, change.after_fen) == (2016, 5013_00, 5113_00)

    def test_what_was_known_while_a_month_was_open_goes_together(self) -> None:
        # a title that no post has stands on file for a while: nothing can be paid on it
        first = clerk(spells=(ServiceSpell(start=date(2012, 1, 1), post="staff"),))
        odd = ServiceSpell(start=date(2012, 1, 1), title="楼长", recorded_on=date(2016, 1, 1))
        during = attrs.evolve(first, spells=(odd,))
        last = attrs.evolve(
            first,
            spells=(
                ServiceSpell(start=date(2012, 1, 1), title="主任", recorded_on=date(2016, 2, 1)),
            ),
        )
        before = Snapshot(worker=first, scheme=SAMPLE, known_on=date(2015, 12, 31))
        between = Snapshot(worker=during, scheme=SAMPLE, known_on=date(2016, 1, 15))
        after = Snapshot(worker=last, scheme=SAMPLE, known_on=date(2016, 2, 15))
        assert arrears_between(before, between, months=[(2015, 5)]).open_months
        (month,) = arrears_between(before, after, months=[(2015, 5)]).months
        assert {part.cause for part in month.parts} == {Cause.FACT_CORRECTED}

    def test_on_one_day_a_figure_comes_before_a_notice(self) -> None:
        scheme = Scheme((SAMPLE.versions[0], notice(date(2018, 6, 20))))
        before = Snapshot(worker=clerk(), scheme=scheme, known_on=date(2018, 6, 19))
        after = attrs.evolve(before, known_on=date(2018, 6, 20))
        (month,) = arrears_between(before, after, months=[(2018, 7)]).months
        first, *others = month.parts
        old, new = (
            pay_for_month(clerk(), SAMPLE, year=2018, month=7, known_on=day).gross_fen
            for day in (date(2018, 6, 19), date(2018, 6, 20))
        )
        assert (first.cause, first.fen) == (Cause.PROVISIONAL_SETTLED, new - old)
        assert [(part.cause, part.component) for part in others] == [
            (Cause.SCHEME_AMENDED, ON_THE_TOTAL)
        ]

    def test_what_came_while_a_month_was_open_is_named_with_what_decided_it(self) -> None:
        # of the notice no more than its month is known: nobody can tell whether it was out on the 10th
        scheme = Scheme((SAMPLE.versions[0], notice(PartialDate(2018, 9))))
        held = Attainment(
            value="senior", registered=date(2017, 1, 5), recorded_on=date(2018, 9, 10)
        )
        worker = clerk(qualifications=(held,))
        before = Snapshot(worker=worker, scheme=scheme, known_on=date(2018, 8, 31))
        after = attrs.evolve(before, known_on=date(2018, 10, 1))
        (month,) = arrears_between(before, after, months=[(2018, 5)]).months
        assert month.parts
        for part in month.parts:
            assert (part.cause, part.became_known) == (Cause.SCHEME_AMENDED, date(2018, 9, 30))
            assert [type(one) for one in part.together] == [FactChange]
            assert [type(one) for one in part.changes] == [VersionChange]

    def test_a_field_that_nobody_had_looked_into(self) -> None:
        unknown = clerk(honours=UNKNOWN)
        before = Snapshot(worker=unknown, scheme=SAMPLE)
        after = Snapshot(worker=clerk(), scheme=SAMPLE)
        (month,) = arrears_between(
            before,
            after,
            months=[(2016, 5)],
            paid=[Paid(year=2016, month=5, fen=1000_00)],
        ).months
        due = pay_for_month(clerk(), SAMPLE, year=2016, month=5).gross_fen
        assert month.before_fen is None
        assert month.fen == due - 1000_00
        (part,) = month.parts
        assert (part.component, part.cause) == (WHOLE, Cause.FACT_CORRECTED)
        assert part.changes == (
            FactChange(field="honours", before=UNKNOWN, after=None, became_known=None),
        )
        back = arrears_between(after, before, months=[(2016, 5)])
        assert [one.side for one in back.open_months[0].open] == ["later"]


class TestFiles:
    """Snapshots of two states of a file, beside two days of knowing."""

    def test_a_scheme_file_that_was_amended_without_a_day_of_its_own(self) -> None:
        """The figure and the rule both differ: the figure goes first."""
        version = SAMPLE.versions[0]
        named = version.series[0]
        raised = attrs.evolve(
            named.series,
            figures=tuple(attrs.evolve(one, fen=one.fen + 1000_00) for one in named.series.figures),
        )
        other = attrs.evolve(
            notice("unknown"),
            effective_on=version.effective_on,
            attested_from=version.attested_from,
            published_on=version.published_on,
            series=(attrs.evolve(named, series=raised),),
        )
        before = Snapshot(worker=clerk(), scheme=SAMPLE)
        after = Snapshot(worker=clerk(), scheme=Scheme((other,)))
        (month,) = arrears_between(before, after, months=[(2016, 5)]).months
        figures_only = Scheme((attrs.evolve(version, series=other.series),))
        between, last = (
            pay_for_month(clerk(), one, year=2016, month=5).gross_fen
            for one in (figures_only, Scheme((other,)))
        )
        first = pay_for_month(clerk(), SAMPLE, year=2016, month=5).gross_fen
        sums = dict.fromkeys(Cause, 0)
        for part in month.parts:
            sums[part.cause] += part.fen
        assert sums[Cause.STATISTIC_PUBLISHED] == between - first
        assert sums[Cause.SCHEME_AMENDED] == last - between
        assert month.parts[0].cause is Cause.STATISTIC_PUBLISHED

    def test_a_version_with_another_statistic(self) -> None:
        version = SAMPLE.versions[0]
        named = version.series[0]
        elsewhere = attrs.evolve(named, series=attrs.evolve(named.series, measure="另一虚构工资"))
        other = Scheme((attrs.evolve(version, series=(elsewhere,)),))
        before, after = (Snapshot(worker=clerk(), scheme=one) for one in (SAMPLE, other))
        (month,) = arrears_between(before, after, months=[(2016, 5)]).months
        # the figures are the same, so the amount is
        assert (month.fen, month.parts) == (0, ())

    def test_a_version_that_is_in_the_later_file_only(self) -> None:
        before = Snapshot(worker=clerk(), scheme=SAMPLE, known_on=date(2018, 10, 1))
        later = Scheme((SAMPLE.versions[0], notice(date(2018, 6, 20))))
        after = Snapshot(worker=clerk(), scheme=later, known_on=date(2018, 10, 1))
        (month,) = arrears_between(before, after, months=[(2018, 5)]).months
        # it was out and not in the file: nobody can say when it came
        assert [(part.cause, part.became_known) for part in month.parts] == [
            (Cause.SCHEME_AMENDED, None)
        ]
        back = arrears_between(
            attrs.evolve(after), attrs.evolve(before), months=[(2018, 5)]
        ).months[0]
        assert back.fen == -(month.fen or 0)

    def test_a_figure_whose_day_nobody_knows_counts_once_everything_does(self) -> None:
        version = SAMPLE.versions[0]
        named = version.series[0]
        figures = tuple(
            attrs.evolve(one, published_on="unknown") if one.year == 2016 else one
            for one in named.series.figures
        )
        vague = attrs.evolve(named, series=attrs.evolve(named.series, figures=figures))
        scheme = Scheme((attrs.evolve(version, series=(vague,)),))
        before = Snapshot(worker=clerk(), scheme=scheme, known_on=date(2017, 9, 1))
        after = attrs.evolve(before, known_on=None)
        (month,) = arrears_between(
            before, after, months=[(2017, 8)], paid=[Paid(year=2017, month=8, fen=0)]
        ).months
        assert month.before_fen is None
        (change,) = month.parts[0].changes
        assert isinstance(change, FigureChange)
        assert (change.year, change.published_on) == (2016, "unknown")

    def test_a_fact_that_was_on_record_and_not_in_the_file_has_no_day(self) -> None:
        held = Attainment(value="senior", registered=date(2014, 1, 5), recorded_on=date(2014, 2, 1))
        before = Snapshot(worker=clerk(), scheme=SAMPLE, known_on=date(2016, 1, 1))
        after = attrs.evolve(
            before, worker=clerk(qualifications=(held,)), known_on=date(2016, 6, 1)
        )
        (month,) = arrears_between(before, after, months=[(2015, 5)]).months
        assert {part.became_known for part in month.parts} == {None}

    def test_two_entries_of_one_fact_that_change_one_after_the_other(self) -> None:
        state = StateFact(name="identity", value="none")
        other = StateFact(name="identity", value="institution", start=date(2014, 1, 1))
        first = clerk(facts=(clerk().facts[0], state, other))
        moved = (
            StateFact(
                name="identity",
                value="none",
                start=date(2014, 1, 1),
                recorded_on=date(2016, 2, 1),
            ),
            StateFact(
                name="identity", value="none", start=date(2013, 1, 1), recorded_on=date(2016, 3, 1)
            ),
        )
        last = clerk(facts=(clerk().facts[0], *moved))
        before = Snapshot(worker=first, scheme=SAMPLE, known_on=date(2016, 1, 1))
        after = Snapshot(worker=last, scheme=SAMPLE, known_on=date(2016, 6, 1))
        (month,) = arrears_between(before, after, months=[(2015, 5)]).months
        assert month.fen == pay_for_month(last, SAMPLE, year=2015, month=5).gross_fen

    def test_a_first_notice_and_its_figure_of_one_day(self) -> None:
        scheme = Scheme((notice(date(2018, 6, 20)),))
        before = Snapshot(worker=clerk(), scheme=scheme, known_on=date(2018, 6, 19))
        after = attrs.evolve(before, known_on=date(2018, 6, 20))
        paid = [Paid(year=2018, month=7, fen=0)]
        (month,) = arrears_between(before, after, months=[(2018, 7)], paid=paid).months
        (part,) = month.parts
        assert (part.cause, part.fen) == (Cause.SCHEME_AMENDED, month.after_fen)
        assert [type(one) for one in part.together] == [FigureChange]

    def test_a_spell_with_other_days_takes_the_place_of_the_one_that_it_overlaps(self) -> None:
        right = ServiceSpell(
            start=date(2011, 7, 1),
            end=date(2018, 1, 1),
            post="staff",
            recorded_on=date(2018, 3, 1),
        )
        before = Snapshot(worker=clerk(), scheme=SAMPLE, known_on=date(2018, 2, 1))
        after = Snapshot(worker=clerk(spells=(right,)), scheme=SAMPLE, known_on=date(2018, 6, 1))
        found = arrears_between(before, after, months=[(2018, 1)])
        (change,) = found.parts[0].changes
        assert isinstance(change, FactChange)
        assert (change.before, change.after) == (clerk().spells[0], right)

    def test_a_grade_on_record_takes_the_place_of_another(self) -> None:
        old = PlacementOnRecord(post="staff", grade=3, since=date(2015, 1, 1))
        new = attrs.evolve(old, grade=5, recorded_on=date(2016, 2, 1))
        before = Snapshot(worker=clerk(placement=old), scheme=SAMPLE, known_on=date(2016, 1, 1))
        after = Snapshot(worker=clerk(placement=new), scheme=SAMPLE, known_on=date(2016, 6, 1))
        found = arrears_between(before, after, months=[(2015, 5)])
        (change,) = found.parts[0].changes
        assert isinstance(change, FactChange)
        assert (change.before, change.after) == (old, new)

    def test_what_is_on_top_of_the_total_is_in_no_sum(self) -> None:
        part = Part(component="insurance", fen=5, cause=Cause.SCHEME_AMENDED, in_total=False)
        assert sums_by_cause([part]) == ()


class TestPaid:
    SNAPSHOT = Snapshot(worker=DEPUTY, scheme=CHANGSHA)

    def test_too_little_paid_is_positive(self) -> None:
        paid = [Paid(year=2018, month=3, fen=3900_00, component="base_pay")]
        found = arrears_between(self.SNAPSHOT, self.SNAPSHOT, months=[(2018, 3)], paid=paid)
        (part,) = found.parts
        assert (part.component, part.fen, part.cause) == (
            "base_pay",
            60_00,
            Cause.PAYMENT_DIFFERS,
        )

    def test_earlier_settlements_count(self) -> None:
        paid = [
            Paid(year=2018, month=3, fen=3900_00),
            Paid(year=2018, month=3, fen=100_00, document="补发表 2018-05"),
        ]
        found = arrears_between(self.SNAPSHOT, self.SNAPSHOT, months=[(2018, 3)], paid=paid)
        (part,) = found.parts
        assert (part.component, part.fen) == (WHOLE, -40_00)
        assert found.months[0].paid_fen == 4000_00

    def test_what_the_scheme_does_not_pay_was_paid_too_much(self) -> None:
        paid = [
            Paid(year=2018, month=3, fen=3960_00, component="base_pay"),
            Paid(year=2018, month=3, fen=50_00, component="meals"),
        ]
        found = arrears_between(self.SNAPSHOT, self.SNAPSHOT, months=[(2018, 3)], paid=paid)
        assert [(part.component, part.fen) for part in found.parts] == [("meals", -50_00)]

    def test_a_month_of_which_nobody_says_what_was_paid_is_open(self) -> None:
        paid = [Paid(year=2018, month=3, fen=3960_00)]
        found = arrears_between(
            self.SNAPSHOT, self.SNAPSHOT, months=[(2018, 3), (2018, 4)], paid=paid
        )
        assert [(one.month, one.open[0].side) for one in found.open_months] == [(4, "paid")]

    def test_unless_nothing_was_due(self) -> None:
        left = attrs.evolve(
            DEPUTY,
            spells=(ServiceSpell(start=date(2015, 3, 1), end=date(2018, 4, 1), title="副主任"),),
        )
        snapshot = Snapshot(worker=left, scheme=CHANGSHA)
        found = arrears_between(snapshot, snapshot, months=[(2018, 4)], paid=[])
        assert (found.open_months, found.total_fen) == ((), 0)

    def test_paid_after_leaving_is_taken_back(self) -> None:
        left = attrs.evolve(
            DEPUTY,
            spells=(
                ServiceSpell(
                    start=date(2015, 3, 1),
                    end=date(2018, 4, 1),
                    title="副主任",
                    recorded_on=date(2018, 5, 2),
                ),
            ),
        )
        found = arrears_between(
            Snapshot(worker=DEPUTY, scheme=CHANGSHA),
            Snapshot(worker=left, scheme=CHANGSHA),
            months=[(2018, 4)],
            paid=[Paid(year=2018, month=4, fen=3960_00)],
        )
        assert [(part.fen, part.cause) for part in found.parts] == [
            (-3960_00, Cause.FACT_CORRECTED)
        ]


class TestSuppliedAmounts:
    def test_are_facts_without_a_day(self) -> None:
        version = SAMPLE.versions[0]
        supplied = next(one.name for one in version.pay if one.supplied)
        more = SuppliedAmount(component=supplied, year=2016, month=5, fen=20_00, document="文")
        found = arrears_between(
            Snapshot(worker=clerk(), scheme=SAMPLE),
            Snapshot(worker=clerk(supplied=(more,)), scheme=SAMPLE),
            months=[(2016, 4), (2016, 5)],
        )
        assert [(part.component, part.fen, part.cause) for part in found.parts] == [
            (supplied, 20_00, Cause.FACT_CORRECTED)
        ]


class TestArguments:
    def test_two_workers(self) -> None:
        other = Snapshot(worker=attrs.evolve(DEPUTY, id="0009"), scheme=CHANGSHA)
        with pytest.raises(ArgumentError, match=r"two different workers, '0007' and '0009'"):
            arrears_between(Snapshot(worker=DEPUTY, scheme=CHANGSHA), other, months=[])

    def test_two_schemes(self) -> None:
        with pytest.raises(ArgumentError, match=r"two different schemes"):
            arrears_between(
                Snapshot(worker=DEPUTY, scheme=CHANGSHA),
                Snapshot(worker=DEPUTY, scheme=SAMPLE),
                months=[],
            )

    @pytest.mark.parametrize("first", [None, date(2018, 7, 2)])
    def test_later_is_earlier(self, first: date | None) -> None:
        with pytest.raises(ArgumentError, match="as of 2018-07-01"):
            arrears_between(
                Snapshot(worker=DEPUTY, scheme=CHANGSHA, known_on=first),
                Snapshot(worker=DEPUTY, scheme=CHANGSHA, known_on=date(2018, 7, 1)),
                months=[],
            )

    def test_no_such_month(self) -> None:
        snapshot = Snapshot(worker=DEPUTY, scheme=CHANGSHA)
        with pytest.raises(ArgumentError, match="13"):
            arrears_between(snapshot, snapshot, months=[(2018, 13)])

    @pytest.mark.parametrize(
        ("months", "told"),
        [
            ("2018-03", "months cannot hold '2018-03'"),
            (["2018-03"], "months cannot hold '2018-03'"),
            (3, "months cannot hold 3"),
            ([(2018, 3, 1)], r"months cannot hold \(2018, 3, 1\)"),
            ([("2018", 3)], "The year should be"),
            ([(2018, "03")], "The month should be"),
        ],
    )
    def test_months_of_another_form(self, months: Any, told: str) -> None:
        snapshot = Snapshot(worker=DEPUTY, scheme=CHANGSHA)
        with pytest.raises(ArgumentError, match=told):
            arrears_between(snapshot, snapshot, months=months)

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [("worker", "7"), ("scheme", "changsha"), ("known_on", "2018-01-01")],
    )
    def test_wrong_kinds(self, field: str, wrong: object) -> None:
        with pytest.raises(ArgumentError, match=field):
            Snapshot(**{"worker": DEPUTY, "scheme": CHANGSHA, field: wrong})  # type: ignore[arg-type]

    def test_months_come_once_and_in_order(self) -> None:
        snapshot = Snapshot(worker=DEPUTY, scheme=CHANGSHA)
        found = arrears_between(snapshot, snapshot, months=[(2018, 4), (2018, 3), (2018, 4)])
        assert [month.month for month in found.months] == [3, 4]
