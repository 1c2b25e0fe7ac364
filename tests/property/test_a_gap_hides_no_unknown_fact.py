"""A gap of the scheme beside an unknown fact: a refusal names both, and only facts that matter."""

from __future__ import annotations

from typing import Final

import attrs
import pytest
from hypothesis import given, settings

from cwgrade.exchange import payslip_from_json, payslip_to_json
from cwgrade.gaps import Gap
from cwgrade.outcomes import Decided, NotEligible, OneOf, Unspecified
from cwgrade.pay import pay_for_month
from cwgrade.statement import outcome_text
from cwgrade.statement.why import open_points
from cwgrade.statement.words import Words
from cwgrade.wording import Language
from cwgrade.worker import UNKNOWN, StateFact, Worker
from tests.property.invented import SAMPLE, STATES, clerk, months, sample_workers
from tests.property.varied import sample_with

HIDDEN: Final = sample_with("""
[pay.meals]
label = { zh = "餐补", en = "meals" }
yuan = { missing = "not printed" }
source = "text"
""")
MEALS: Final = Gap(path="pay.meals", why="not printed")


@settings(max_examples=5)  # many unknown facts take a while
@given(sample_workers(knowledge="unknowns"), months())
def test_what_matters_without_the_gap_is_named_beside_it(
    worker: Worker, month: tuple[int, int]
) -> None:
    plain = pay_for_month(worker, SAMPLE, year=month[0], month=month[1]).outcome
    found = pay_for_month(worker, HIDDEN, year=month[0], month=month[1]).outcome
    match plain:
        case NotEligible() | OneOf(values=()):
            assert found == plain
        case Decided():
            assert isinstance(found, Unspecified)
            assert found.gaps == (MEALS,)
        case OneOf(reasons=()):
            assert isinstance(found, Unspecified)
            assert found.gaps == (MEALS,)
            assert found.unknown
            assert set(found.unknown) <= set(plain.unknown)
        case _:
            assert isinstance(found, Unspecified)


class TestOneFact:
    OPEN: Final = clerk(qualifications=UNKNOWN)

    def outcome(self, worker: Worker) -> Unspecified:
        found = pay_for_month(worker, HIDDEN, year=2018, month=3).outcome
        assert isinstance(found, Unspecified)
        return found

    def test_of_somebody_of_whom_all_is_known_none_is_named(self) -> None:
        assert self.outcome(clerk()) == Unspecified((MEALS,))

    def test_one_that_changes_a_known_line_is_named_after_the_gap(self) -> None:
        assert self.outcome(self.OPEN) == Unspecified((MEALS,), ("qualification",))

    def test_one_of_which_every_value_gives_the_same_is_not(self) -> None:
        # the sample has no such fact
        more = clerk(facts=(*STATES, StateFact(name="veteran", value="yes")))
        assert self.outcome(more).unknown == ()

    @pytest.mark.parametrize(
        ("lang", "told"),
        [
            ("en", "matters too: professional qualification."),
            ("zh", "也影响结果：职业资格。"),
        ],
    )
    def test_it_is_told_and_asked_for(self, lang: Language, told: str) -> None:
        text = outcome_text(self.outcome(self.OPEN), lang, version=HIDDEN.versions[0])
        assert text.endswith(told), text
        slip = pay_for_month(self.OPEN, HIDDEN, year=2018, month=3)
        points = open_points(slip, None, Words("en", version=HIDDEN.versions[0]))
        assert any(point.startswith("Not known: professional qualification") for point in points)

    def test_json_gives_it_back(self) -> None:
        slip = pay_for_month(self.OPEN, HIDDEN, year=2018, month=3)
        assert payslip_from_json(payslip_to_json(slip)) == slip


def test_a_certain_exclusion_stands_beside_a_gap_of_another() -> None:
    """Who is excluded by one fact is so whatever a gap hides of the other."""
    version = SAMPLE.versions[0]
    assert [one.fact for one in version.excluded] == ["employment", "identity"]
    slip = StateFact(name="employment", value="parttime")
    excluded = StateFact(name="identity", value=version.excluded[1].values[0])
    worker = clerk(facts=(slip, excluded))
    found = pay_for_month(worker, SAMPLE, year=2018, month=3).outcome
    assert isinstance(found, NotEligible)
    assert dict(found.reason.facts)["fact"] == "identity"
    both = attrs.evolve(worker, facts=(slip, attrs.evolve(excluded, value="civil")))
    found = pay_for_month(both, SAMPLE, year=2018, month=3).outcome
    assert isinstance(found, Unspecified)
    assert len(found.gaps) == 2
