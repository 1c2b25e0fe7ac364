"""A scheme as the timeline of its versions, found by day and by region, and known by its digest."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import attrs
import pytest

from cwgrade.catalogue import load_scheme, scheme_ids
from cwgrade.dates import PartialDate
from cwgrade.errors import ArgumentError, NotInForce
from cwgrade.grading import grade_on, in_scope
from cwgrade.pay import pay_for_month, pay_on
from cwgrade.scheme import Scheme, Schemes, SchemeVersion
from cwgrade.worker import ServiceSpell, Worker

SAMPLE: Final = load_scheme("sample-3x18")
VERSION: Final = SAMPLE.versions[0]


def version(first: date, until: date, **fields: Any) -> SchemeVersion:
    return attrs.evolve(
        VERSION, effective_on=first, attested_from=first, attested_until=until, **fields
    )


FIRST: Final = version(date(2012, 1, 1), date(2014, 12, 31), revision=1)
SECOND: Final = version(
    date(2016, 1, 1), date(2018, 12, 31), revision=2, published_on=date(2015, 11, 20)
)
BOTH: Final = Scheme((FIRST, SECOND))


class TestVersionOfMonth:
    """A month is paid by the version of its first day, or by one that a source first shows inside it."""

    SHOWN: Final = attrs.evolve(
        SECOND,
        effective_on=None,
        attested_from=date(2016, 3, 5),
        attested_until=date(2016, 3, 20),
        published_on=date(2016, 1, 2),
    )

    @pytest.mark.parametrize("earlier", [(), (FIRST,)])
    @pytest.mark.parametrize(
        ("first", "paid"),
        [
            (date(2016, 2, 1), False),
            (date(2016, 3, 1), True),
            (date(2016, 4, 1), False),
        ],
    )
    def test_one_that_is_shown_inside_one_month_pays_that_month(
        self,
        earlier: tuple[SchemeVersion, ...],
        first: date,
        paid: bool,  # noqa: FBT001
    ) -> None:
        scheme = Scheme((*earlier, self.SHOWN))
        if paid:
            assert scheme.version_of_month(first) is self.SHOWN
            return
        with pytest.raises(NotInForce) as caught:
            scheme.version_of_month(first)
        assert caught.value.code.startswith("not-attested")

    def test_one_that_takes_effect_inside_a_month_does_not_pay_all_of_it(self) -> None:
        stated = attrs.evolve(self.SHOWN, effective_on=date(2016, 3, 5))
        with pytest.raises(NotInForce) as caught:
            Scheme((stated,)).version_of_month(date(2016, 3, 1))
        assert caught.value.code == "not-yet-in-force"

    def test_nor_one_that_was_not_published_by_then(self) -> None:
        with pytest.raises(NotInForce):
            Scheme((self.SHOWN,)).version_of_month(date(2016, 3, 1), known_on=date(2016, 1, 1))

    def test_where_the_first_day_has_a_version_that_one_pays(self) -> None:
        first = attrs.evolve(FIRST, attested_until=date(2016, 3, 1))
        assert Scheme((first, self.SHOWN)).version_of_month(date(2016, 3, 1)) is first


class TestVersionOn:
    @pytest.mark.parametrize(
        ("on", "revision"),
        [
            (date(2012, 1, 1), 1),
            (date(2014, 12, 31), 1),
            (date(2016, 1, 1), 2),
            (date(2018, 12, 31), 2),
        ],
    )
    def test_gives_the_version_in_force(self, on: date, revision: int) -> None:
        assert BOTH.version_on(on).revision == revision

    @pytest.mark.parametrize(
        ("on", "code", "said"),
        [
            (date(2011, 12, 31), "not-yet-in-force", r"2011-12-31.*2012-01-01"),
            (date(2015, 1, 1), "not-attested-between", r"2015-01-01.*2014-12-31"),
            (date(2015, 12, 31), "not-attested-between", r"2015-12-31.*2014-12-31"),
            (date(2019, 1, 1), "not-attested-after", r"2019-01-01.*2018-12-31"),
        ],
    )
    def test_refuses_other_days_and_says_which(self, on: date, code: str, said: str) -> None:
        with pytest.raises(NotInForce, match=said) as caught:
            BOTH.version_on(on)
        assert caught.value.code == code
        assert isinstance(caught.value, LookupError)

    @pytest.mark.parametrize(
        ("on", "revision"), [(date(2015, 6, 1), 1), (date(2019, 1, 1), 2), (date(2100, 1, 1), 2)]
    )
    def test_carries_forward_when_told_to(self, on: date, revision: int) -> None:
        assert BOTH.version_on(on, beyond="carry_forward").revision == revision

    def test_an_unknown_effective_day_is_no_day_before_which_it_was_not_in_force(self) -> None:
        found = attrs.evolve(FIRST, effective_on=None, attested_from=date(2012, 1, 9))
        with pytest.raises(NotInForce, match=r"No source.*2012-01-08.*2012-01-09") as caught:
            Scheme((found,)).version_on(date(2012, 1, 8))
        assert caught.value.code == "not-attested-before"

    def test_never_carries_backward(self) -> None:
        with pytest.raises(NotInForce):
            BOTH.version_on(date(2011, 1, 1), beyond="carry_forward")

    def test_leaves_out_what_was_published_later(self) -> None:
        on, known_on = date(2016, 1, 1), date(2015, 11, 19)
        with pytest.raises(NotInForce):
            BOTH.version_on(on, known_on=known_on)
        carried = BOTH.version_on(on, known_on=known_on, beyond="carry_forward")
        assert carried.revision == 1
        assert BOTH.version_on(on, known_on=date(2015, 11, 20)).revision == 2

    def test_a_version_of_unknown_publication_is_used(self) -> None:
        unknown = Scheme((version(date(2012, 1, 1), date(2014, 12, 31), published_on="unknown"),))
        assert unknown.version_on(date(2012, 1, 1), known_on=date(2000, 1, 1)) is not None

    def test_beyond_has_two_words(self) -> None:
        with pytest.raises(ArgumentError, match=r"beyond cannot be 'guess' \(accepted: .*refuse"):
            BOTH.version_on(date(2012, 1, 1), beyond="guess")  # type: ignore[arg-type]

    def test_an_unknown_effective_day_means_from_the_first_attested_one(self) -> None:
        attested = attrs.evolve(VERSION, effective_on=None, attested_from=date(2013, 9, 30))
        assert attested.from_day == date(2013, 9, 30)
        with pytest.raises(NotInForce, match="2013-09-29"):
            Scheme((attested,)).version_on(date(2013, 9, 29))


class TestScheme:
    def test_has_its_versions_id(self) -> None:
        assert BOTH.id == "sample-3x18"

    @pytest.mark.parametrize(
        ("versions", "code", "said"),
        [
            ((), "no-versions", r"at least one version"),
            ((SECOND, FIRST), "versions-out-of-order", r"2016-01-01.*2012-01-01"),
            ((FIRST, FIRST), "versions-out-of-order", r"each day once"),
            (
                (FIRST, attrs.evolve(SECOND, id="other")),
                "versions-of-two-schemes",
                r"other.*sample-3x18",
            ),
        ],
    )
    def test_refuses(self, versions: tuple[SchemeVersion, ...], code: str, said: str) -> None:
        with pytest.raises(ArgumentError, match=said) as caught:
            Scheme(versions)
        assert caught.value.code == code


class TestSchemeVersion:
    def test_finds_its_parts_by_name(self) -> None:
        post, component, source = (
            VERSION.post("deputy"),
            VERSION.component("basic"),
            VERSION.source("text"),
        )
        assert post is not None
        assert component is not None
        assert source is not None
        assert post.grades == (4, 15)
        assert component.label.zh == "基本工资"
        assert VERSION.post("chief") is None
        assert VERSION.component("x") is None
        assert VERSION.source("x") is None

    def test_knows_the_values_of_facts(self) -> None:
        shaanxi = load_scheme("shaanxi-2012").versions[0]
        assert shaanxi.values_of("veteran") == ("no", "yes")
        assert shaanxi.values_of("degree") == ("none", "bachelor", "master", "doctor")
        assert VERSION.values_of("veteran") is None

    def test_the_digest_tells_versions_apart_and_nothing_else(self) -> None:
        assert attrs.evolve(VERSION).digest == VERSION.digest
        assert len(VERSION.digest) == 64
        assert attrs.evolve(VERSION, revision=2).digest != VERSION.digest

    @pytest.mark.parametrize("scheme_id", scheme_ids())
    def test_the_normal_form_reads_only_what_it_defines(self, scheme_id: str) -> None:
        form = load_scheme(scheme_id).versions[0].normal_form
        assert len(set(form.names)) == len(form.definitions)
        for definition in form.definitions:
            assert set(definition.needs()) <= set(form.names), definition.name
            assert form.get(definition.name) is definition


class TestSchemes:
    def at(self, place: str, scheme_id: str) -> Scheme:
        return Scheme((attrs.evolve(VERSION, id=scheme_id, place=place),))

    def test_the_nearest_enclosing_region_decides(self) -> None:
        province, city = self.at("43", "province"), self.at("4301", "city")
        county = self.at("430102", "county")
        schemes = Schemes.of([province, county, city])
        for region, scheme_id in (
            ("430102", "county"),
            ("430103", "city"),
            ("4301", "city"),
            ("430201", "province"),
            ("43", "province"),
            ("430000", "province"),
        ):
            assert schemes.at(region).id == scheme_id

    def test_the_last_versions_place_counts(self) -> None:
        moved = Scheme((attrs.evolve(FIRST, place="4301"), attrs.evolve(SECOND, place="4302")))
        assert Schemes.of([moved]).at("430201") is moved

    def test_of_a_mapping(self) -> None:
        scheme = self.at("43", "province")
        assert Schemes.of({"4301": scheme}).at("430102") is scheme

    @pytest.mark.parametrize("region", ["4401", "44", ""])
    def test_refuses_a_region_without_a_scheme(self, region: str) -> None:
        schemes = Schemes.of([self.at("43", "province"), self.at("", "nowhere")])
        with pytest.raises(NotInForce, match=f"no scheme for region '{region}'"):
            schemes.at(region)


WORKER: Final = Worker(id="1", spells=(ServiceSpell(start=date(2015, 3, 1), post="staff"),))


class TestQuestions:
    """Every question checks its arguments alike."""

    @pytest.mark.parametrize("ask", [grade_on, in_scope, pay_on])
    def test_days_are_days(self, ask: Any) -> None:
        with pytest.raises(ArgumentError, match=r"on should be a day .*'2018-03-01' was given"):
            ask(WORKER, SAMPLE, on="2018-03-01")
        with pytest.raises(ArgumentError, match=r"known_on should be a day"):
            ask(WORKER, SAMPLE, on=date(2018, 3, 1), known_on=PartialDate(2018))

    @pytest.mark.parametrize("ask", [grade_on, in_scope, pay_on])
    def test_workers_are_workers_and_schemes_are_schemes(self, ask: Any) -> None:
        with pytest.raises(ArgumentError, match=r"worker should be a Worker; 'W' was given"):
            ask("W", SAMPLE, on=date(2018, 3, 1))
        with pytest.raises(ArgumentError, match=r"scheme should be a Scheme; 'sample' was given"):
            ask(WORKER, "sample", on=date(2018, 3, 1))

    @pytest.mark.parametrize(("year", "month"), [(2018, 0), (2018, 13), (1800, 1)])
    def test_months_are_months(self, year: int, month: int) -> None:
        with pytest.raises(ArgumentError):
            pay_for_month(WORKER, SAMPLE, year=year, month=month)

    def test_a_scheme_first_attested_inside_a_month_holds_for_the_whole_of_it(self) -> None:
        worker = Worker(id="1", spells=(ServiceSpell(start=date(2025, 1, 1), post="staff"),))
        scheme = load_scheme("unlocated-post-plus-level")
        assert pay_for_month(worker, scheme, year=2026, month=11).lines[0].payable_fen == 230_000
        with pytest.raises(NotInForce):
            pay_for_month(worker, scheme, year=2026, month=10)
        with pytest.raises(NotInForce):
            pay_for_month(worker, scheme, year=2026, month=12)

    def test_a_scheme_in_force_from_a_stated_day_inside_a_month_does_not(self) -> None:
        later = Scheme((version(date(2012, 1, 15), date(2014, 12, 31)),))
        with pytest.raises(NotInForce):
            pay_for_month(WORKER, later, year=2012, month=1)
