"""How long a post has been held, worked by hand: changes of post, breaks, timing, unknown days, and what is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from cwgrade.career import career_of
from cwgrade.catalogue import load_scheme
from cwgrade.choices import Choices
from cwgrade.cli.needs import omissions
from cwgrade.dates import PartialDate
from cwgrade.errors import SchemeFileError
from cwgrade.facts import Facts
from cwgrade.outcomes import Decided, OneOf, Unspecified
from cwgrade.pay import Payslip, pay_for_month, pay_on
from cwgrade.reasoner import Instant
from cwgrade.rosterfile import read_roster
from cwgrade.scheme import Scheme, Schemes
from cwgrade.schemefile import parse_scheme
from cwgrade.worker import AbsenceSpell, ServiceSpell, Worker

TEXT: Final = """
format = "cwgrade-scheme/1"

[scheme]
id = "sample-posts"
title = { zh = "虚构：任职年限", en = "Invented: years in post" }
place = "9901"
status = "sample"
revision = 1
checked_on = 2026-11-24
published_on = 2014-01-01
effective_on = 2014-01-01
attested_from = 2014-01-01
attested_until = 2040-12-31

[sources.text]
instrument = "虚构"
read_on = 2026-11-24
trust = "invented"

[posts.principal]
label = { zh = "正职", en = "principal" }
titles = ["书记", "主任"]
source = "text"

[posts.deputy]
label = { zh = "副职", en = "deputy" }
titles = ["副主任"]
source = "text"

[posts.staff]
label = { zh = "工作人员", en = "staff" }
titles = ["委员"]
source = "text"

[concurrent_posts]
paid_at = "highest"
source = "text"

[post_change]
takes = "same_day"
source = "text"

[service]
convention = "whole_months"
gaps = "skipped"
other_kinds = 0
source = "text"

[service.kinds]
community = { rate = 1, within = "province" }

[absences.suspended]
counts_as_service = false
source = "text"

[effect.service]
takes = "same_day"
reckoned_from = "day_met"
source = "text"

[effect.years_in_post]
takes = "next_month"
reckoned_from = "day_met"
source = "text"

[time_in_post.years_in_post]
label = { zh = "任现职年限", en = "years in the present post" }
after_another_post = "starts_again"
source = "text"

[pay.post_years]
label = { zh = "任职津贴", en = "allowance for years in the post" }
bands_of = "years_in_post"
from = [0, 3, 6]
yuan = [0, 50, 100]
boundary = "reached"
source = "text"

[proration]
rule = "calendar_days"
source = "text"

[rounding]
component = { to = "fen", mode = "half_up" }
source = "text"
"""

MISSING: Final = '{ missing = "not printed" }'
BAND: Final = {0: 0, 5000: 3, 10000: 6}


def scheme(*edits: tuple[str, str]) -> Scheme:
    text = TEXT
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return Scheme((parse_scheme(text),))


def spell(post: str, start: object, end: object = None, **more: object) -> ServiceSpell:
    return ServiceSpell(post=post, start=start, end=end, **more)  # type: ignore[arg-type]


def worker(*spells: ServiceSpell, **more: object) -> Worker:
    return Worker(id="1", spells=spells, **more)  # type: ignore[arg-type]


def band(who: Worker, on: date, *edits: tuple[str, str]) -> int | None:
    """Give the years in the post that are reached, as the allowance shows them."""
    (line,) = pay_on(who, scheme(*edits), on=on).lines
    return None if line.accrued_fen is None else BAND[line.accrued_fen]


def counted(slip: Payslip) -> object:
    return next(one.result for one in slip.derivation.root.walk() if one.code == "time-in-post")


CHANGED: Final = worker(
    spell("staff", date(2015, 1, 1), date(2018, 5, 10)), spell("deputy", date(2018, 5, 10))
)
"""Staff since 2015, deputy since 10 May 2018."""
RETURNED: Final = worker(
    spell("deputy", date(2015, 1, 1), date(2018, 1, 1)),
    spell("staff", date(2018, 1, 1), date(2019, 1, 1)),
    spell("deputy", date(2019, 1, 1)),
)
"""Three years deputy, a year staff, deputy again since 2019."""


class TestCounting:
    @pytest.mark.parametrize(
        ("on", "years"),
        [
            # three years as staff are met on 1 January 2018, and count from the next month
            (date(2018, 1, 31), 0),
            (date(2018, 2, 1), 3),
            (date(2018, 5, 9), 3),
            # the new post begins at nothing; three years of it are met on 10 May 2021
            (date(2018, 5, 10), 0),
            (date(2021, 5, 31), 0),
            (date(2021, 6, 1), 3),
            (date(2024, 5, 31), 3),
            (date(2024, 6, 1), 6),
        ],
    )
    def test_a_change_of_post_starts_the_count_again(self, on: date, years: int) -> None:
        assert band(CHANGED, on) == years

    @pytest.mark.parametrize(
        ("on", "again", "added"),
        [
            # again: three years since 2019 are met on 1 January 2022; added: six
            (date(2018, 2, 1), 0, 0),
            (date(2019, 1, 1), 0, 3),
            (date(2022, 1, 31), 0, 3),
            (date(2022, 2, 1), 3, 6),
        ],
    )
    def test_coming_back_starts_again_or_adds_up(self, on: date, again: int, added: int) -> None:
        adds_up = ('"starts_again"', '"adds_up"')
        assert band(RETURNED, on) == again
        assert band(RETURNED, on, adds_up) == added
        missing = ('"starts_again"', MISSING)
        if again == added:
            assert band(RETURNED, on, missing) == again
        else:
            outcome = pay_on(RETURNED, scheme(missing), on=on).outcome
            assert isinstance(outcome, Unspecified)
            (gap,) = outcome.gaps
            assert gap.path == "time_in_post.years_in_post.after_another_post"
            assert gap.readings == ("starts_again", "adds_up")

    def test_splitting_a_spell_changes_nothing(self) -> None:
        split = worker(
            spell("deputy", date(2018, 1, 31), date(2019, 3, 14)),
            spell("deputy", date(2019, 3, 14), date(2020, 2, 29), region="990103"),
            spell("deputy", date(2020, 2, 29)),
        )
        whole = worker(spell("deputy", date(2018, 1, 31)))
        for on in (date(2021, 1, 31), date(2021, 2, 1), date(2024, 2, 1)):
            assert band(split, on) == band(whole, on)
        assert band(whole, date(2021, 2, 1)) == 3

    def test_two_titles_of_one_post_are_one_post(self) -> None:
        who = Worker(
            id="1",
            spells=(
                ServiceSpell(start=date(2018, 1, 1), end=date(2020, 1, 1), title="书记"),
                ServiceSpell(start=date(2020, 1, 1), title="主任"),
            ),
        )
        assert band(who, date(2021, 2, 1)) == 3

    def test_a_break_in_service_is_judged_as_for_service(self) -> None:
        # 24 months, half a year away, 12 months by the end of June 2021
        away = worker(
            spell("deputy", date(2018, 1, 1), date(2020, 1, 1)), spell("deputy", date(2020, 7, 1))
        )
        breaks = ('gaps = "skipped"', 'gaps = "break"')
        assert band(away, date(2021, 7, 1)) == 0
        assert band(away, date(2021, 8, 1)) == 3
        assert band(away, date(2021, 8, 1), breaks) == 0
        assert band(away, date(2023, 8, 1), breaks) == 3
        # adding up over another post does not bring back what was before a break in service
        adds_up = ('"starts_again"', '"adds_up"')
        assert band(away, date(2021, 8, 1), breaks, adds_up) == 0
        # a post in between is no break in service
        assert band(RETURNED, date(2022, 2, 1), breaks, adds_up) == 6

    def test_other_service_in_between_ends_the_time_in_the_post(self) -> None:
        between = worker(
            spell("deputy", date(2018, 1, 1), date(2020, 1, 1)),
            spell("deputy", date(2020, 1, 1), date(2020, 7, 1), region="9902"),
            spell("deputy", date(2020, 7, 1)),
        )
        assert band(between, date(2021, 8, 1)) == 0
        assert band(between, date(2021, 8, 1), ('"starts_again"', '"adds_up"')) == 3

    def test_absence_that_does_not_count_as_service_does_not_count_here(self) -> None:
        # a quarter suspended: 27 months and 9 make three years, on 1 April 2021
        leave = AbsenceSpell(start=date(2020, 4, 1), end=date(2020, 7, 1), kind="suspended")
        who = worker(spell("deputy", date(2018, 1, 1)), absences=(leave,))
        assert band(who, date(2021, 4, 1)) == 0
        assert band(who, date(2021, 5, 1)) == 3
        assert (
            band(who, date(2021, 2, 1), ("counts_as_service = false", "counts_as_service = true"))
            == 3
        )

    def test_named_posts_count_whatever_is_held_now(self) -> None:
        led = worker(
            spell("principal", date(2015, 1, 1), date(2017, 1, 1)),
            spell("staff", date(2017, 1, 1), date(2020, 1, 1)),
            spell("deputy", date(2020, 1, 1)),
        )
        posts = (
            'after_another_post = "starts_again"',
            'posts = ["principal", "deputy"]\nafter_another_post = "adds_up"',
        )
        assert band(led, date(2019, 2, 1), posts) == 0  # two years
        assert band(led, date(2021, 1, 31), posts) == 0
        assert band(led, date(2021, 2, 1), posts) == 3
        again = (posts[0], posts[1].replace("adds_up", "starts_again"))
        assert band(led, date(2021, 2, 1), again) == 0
        assert band(led, date(2023, 2, 1), again) == 3
        # of several named posts one after another
        rose = worker(
            spell("deputy", date(2018, 1, 1), date(2019, 6, 1)),
            spell("principal", date(2019, 6, 1)),
        )
        assert band(rose, date(2021, 2, 1), again) == 3

    def test_months_and_the_last_day_served(self) -> None:
        months = (
            'source = "text"\n\n[pay.post_years]',
            'unit = "months"\nsource = "text"\n\n[pay.post_years]',
        )
        bands = ("from = [0, 3, 6]", "from = [0, 36, 72]")
        last = (
            '[effect.years_in_post]\ntakes = "next_month"\nreckoned_from = "day_met"',
            '[effect.years_in_post]\ntakes = "next_month"\nreckoned_from = "last_day_served"',
        )
        who = worker(spell("deputy", date(2018, 1, 1)))
        # the last day served is 31 December 2020
        assert band(who, date(2021, 1, 1), months, bands, last) == 3
        assert band(who, date(2020, 12, 31), months, bands, last) == 0
        assert band(who, date(2021, 1, 31), months, bands) == 0

    def test_a_post_that_counts_later_is_counted_from_the_day_it_was_taken(self) -> None:
        later = (
            '[post_change]\ntakes = "same_day"',
            '[post_change]\ntakes = "next_month"',
        )
        # until 31 May 2018 staff is the present post: 40 months of it
        assert band(CHANGED, date(2018, 5, 31), later) == 3
        assert band(CHANGED, date(2018, 6, 1), later) == 0
        assert band(CHANGED, date(2021, 6, 1), later) == 3

    def test_the_step_names_the_count(self) -> None:
        slip = pay_on(CHANGED, scheme(), on=date(2021, 6, 1))
        (step,) = [one for one in slip.derivation.root.walk() if one.code == "time-in-post"]
        assert (step.result, step.unit) == (3, "years")
        assert dict(step.inputs) == {
            "as_of": date(2021, 5, 31),
            "convention": "whole_months",
            "months": 36,
            "since": date(2018, 5, 10),
            "times": 1,
        }

    def test_the_ledger_of_the_post_leaves_out_what_was_served_in_another(self) -> None:
        slip = pay_on(RETURNED, scheme(), on=date(2022, 2, 1))
        (step,) = [one for one in slip.derivation.root.walk() if one.code == "time-in-post"]
        # as of 31 January 2022; 2015 to 2017 is 1,096 days, 2018 is 365
        assert [(one.code, one.result) for one in step.parts] == [
            ("rejected.not-in-post", 1096),
            ("rejected.not-in-post", 365),
            ("accepted", 1126),
        ]

    def test_it_begins_on_the_day_on_which_the_post_is_taken(self) -> None:
        slip = pay_on(CHANGED, scheme(), on=date(2018, 5, 10))
        (step,) = [one for one in slip.derivation.root.walk() if one.code == "time-in-post"]
        assert dict(step.inputs)["since"] == date(2018, 5, 10)

    def test_a_spell_split_before_a_post_counts_goes_on(self) -> None:
        later = (
            '[post_change]\ntakes = "same_day"',
            '[post_change]\ntakes = "next_month"',
        )
        same = (
            '[effect.years_in_post]\ntakes = "next_month"',
            '[effect.years_in_post]\ntakes = "same_day"',
        )
        split = worker(
            spell("deputy", date(2018, 1, 10), date(2021, 1, 5)), spell("deputy", date(2021, 1, 5))
        )
        assert band(split, date(2021, 1, 9), later, same) == 0
        assert band(split, date(2021, 1, 10), later, same) == 3

    def test_a_post_never_held_has_no_time_in_it(self) -> None:
        for after in ("starts_again", "adds_up"):
            led = (
                'after_another_post = "starts_again"',
                f'posts = ["principal"]\nafter_another_post = "{after}"',
            )
            assert band(CHANGED, date(2024, 6, 1), led) == 0

    def test_each_count_has_an_effect_of_its_own(self) -> None:
        (version,) = scheme().versions
        for names in (("service_years", "years_in_post"), ("years_in_post", "service_years")):
            facts = Facts(worker(spell("deputy", date(2018, 1, 1))), version, None, Choices(()))
            found = {name: Instant(facts, date(2021, 1, 15)).step(name).result for name in names}
            assert found == {"service_years": 3, "years_in_post": 2}

    def test_what_is_left_open_is_listed(self) -> None:
        (version,) = scheme(('"starts_again"', MISSING)).versions
        assert [one.path for one in omissions(version)] == [
            "time_in_post.years_in_post.after_another_post"
        ]


class TestUnknown:
    def test_a_day_known_to_its_month_gives_the_possible_amounts(self) -> None:
        who = worker(
            spell("staff", date(2015, 1, 1), date(2018, 5, 1)),
            spell("deputy", PartialDate(2018, 5)),
        )
        same = (
            '[effect.years_in_post]\ntakes = "next_month"',
            '[effect.years_in_post]\ntakes = "same_day"',
        )
        outcome = pay_on(who, scheme(same), on=date(2021, 5, 20)).outcome
        assert isinstance(outcome, OneOf)
        assert set(outcome.values) == {0, 5000}
        # from the next month every day of May 2018 comes to the same
        assert pay_on(who, scheme(), on=date(2021, 5, 20)).outcome == Decided(0)
        assert pay_on(who, scheme(), on=date(2021, 6, 1)).outcome == Decided(5000)

    def test_a_post_that_nobody_wrote_down_may_have_been_the_same(self) -> None:
        who = worker(
            ServiceSpell(start=date(2015, 1, 1), end=date(2018, 5, 10)),
            spell("deputy", date(2018, 5, 10)),
        )
        outcome = pay_on(who, scheme(), on=date(2019, 1, 1)).outcome
        assert isinstance(outcome, OneOf)
        assert set(outcome.values) == {0, 5000}
        assert pay_on(who, scheme(), on=date(2024, 6, 1)).outcome == Decided(10000)

    def test_a_title_that_is_no_post_hides_the_count_where_it_matters(self) -> None:
        who = Worker(
            id="1",
            spells=(
                ServiceSpell(start=date(2015, 1, 1), end=date(2018, 5, 10), title="楼长"),
                spell("deputy", date(2018, 5, 10), date(2019, 5, 10)),
                spell("staff", date(2019, 5, 10)),
            ),
        )
        assert band(who, date(2022, 6, 1)) == 3
        outcome = pay_on(who, scheme(('"starts_again"', '"adds_up"')), on=date(2022, 6, 1)).outcome
        assert isinstance(outcome, Unspecified)

    def test_no_effect_tries_every_timing(self) -> None:
        section = TEXT[TEXT.index("[effect.years_in_post]") : TEXT.index("[time_in_post")]
        who = worker(spell("deputy", date(2018, 1, 1)))
        assert band(who, date(2023, 1, 1), (section, "")) == 3
        outcome = pay_on(who, scheme((section, "")), on=date(2021, 1, 15)).outcome
        assert isinstance(outcome, Unspecified)
        paths = {gap.path for gap in outcome.gaps}
        assert paths == {"effect.years_in_post.takes", "effect.years_in_post.reckoned_from"}


class TestOverTime:
    def test_a_career_names_the_day_on_which_years_in_the_post_are_full(self) -> None:
        same = (
            '[effect.years_in_post]\ntakes = "next_month"',
            '[effect.years_in_post]\ntakes = "same_day"',
        )
        found = career_of(CHANGED, scheme(same), start=date(2018, 1, 1), end=date(2025, 1, 1))
        days = [entry.start for entry in found.entries]
        assert days == [date(2018, 1, 1), date(2018, 5, 10), date(2021, 5, 10), date(2024, 5, 10)]

    def test_a_month_is_cut_on_that_day(self) -> None:
        same = (
            '[effect.years_in_post]\ntakes = "next_month"',
            '[effect.years_in_post]\ntakes = "same_day"',
        )
        slip = pay_for_month(CHANGED, scheme(same), year=2021, month=5)
        # 22 of 31 days at 50 yuan
        assert slip.lines[0].accrued_fen == 3548


class TestRosters:
    def test_a_roster_without_spells_is_told_what_it_takes_for_granted(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "r.csv"
        path.write_text("工号,岗位,入职日期\n1,副主任,2015-01-01\n", encoding="utf-8")

        def told(asked: Scheme | Schemes | None) -> bool:
            codes = [notice.code for notice in read_roster(path, scheme=asked).notices]
            return "notice-post-since-entry" in codes

        assert told(scheme())
        assert told(Schemes((("9901", scheme()),)))
        assert not told(load_scheme("sample-3x18"))
        assert not told(None)
        rows = "工号,职务,开始日期\n1,副主任,2019-01-01\n"
        (tmp_path / "r.任职经历.csv").write_text(rows, encoding="utf-8")
        assert not told(scheme())


class TestFaults:
    @pytest.mark.parametrize(
        ("edit", "told"),
        [
            (("after_another_post", 'posts = ["deputi"]\nafter_another_post'), "deputy"),
            (('"starts_again"', '"restart"'), "starts_again"),
            (("[time_in_post.years_in_post]", "[time_in_post.grade]"), "grade"),
            (("[effect.years_in_post]", "[effect.years_in_pos]"), "years_in_post"),
        ],
    )
    def test_what_is_wrong_is_named_with_what_is_meant(
        self, edit: tuple[str, str], told: str
    ) -> None:
        with pytest.raises(SchemeFileError) as raised:
            scheme(edit)
        assert any(told in str(fault) for fault in raised.value.exceptions)
