"""Every kind of rule met so far has a fragment that loads and computes, and the page of them is up to date."""

import pytest

from cwgrade.casefile import Case
from tests.tools.kinds_of_rule import FOLDER, KINDS, NUMBERS, Asked, Kind, answers_of, expected_of
from tests.tools.make_coverage_page import PAGE, page

CASES = [
    pytest.param(kind, case, id=f"{kind}/{name}")
    for kind in KINDS
    for name, case in kind.cases.items()
]


@pytest.mark.parametrize(("kind", "case"), CASES)
class TestCase:
    def test_gets_the_answer_derived_by_hand(self, kind: Kind, case: Asked) -> None:
        assert case.steps
        assert not isinstance(case, Case) or case.kind == "derived"
        assert answers_of(case, kind.scheme) == expected_of(case)

    def test_gets_another_answer_without_the_rule(self, kind: Kind, case: Asked) -> None:
        assert answers_of(case, kind.otherwise) != expected_of(case)


@pytest.mark.parametrize("kind", KINDS, ids=str)
class TestKind:
    def test_has_a_case(self, kind: Kind) -> None:
        assert kind.cases

    def test_lies_in_the_folder_of_its_number(self, kind: Kind) -> None:
        assert int(kind.name.partition("-")[0]) == kind.number

    def test_belongs_to_a_number_of_the_list(self, kind: Kind) -> None:
        assert kind.number in [number.number for number in NUMBERS]


def test_the_list_has_all_numbers() -> None:
    assert [number.number for number in NUMBERS] == list(range(1, 41))


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: str(number.number))
def test_every_number_has_a_fragment_or_a_reason(number: object) -> None:
    assert number in [
        one for one in NUMBERS if one.elsewhere or any(kind.number == one.number for kind in KINDS)
    ]


def test_no_file_is_left_over() -> None:
    """A misspelt name would be passed over."""
    cases = (".case.toml", ".roster.toml")
    names = {path.name for path in FOLDER.glob("*/*") if not path.name.endswith(cases)}
    assert names <= {"fragment.toml", "otherwise.toml", "earlier.toml", "district.toml"}
    assert all((path / "fragment.toml").exists() for path in FOLDER.iterdir() if path.is_dir())


def test_page_is_up_to_date() -> None:
    told = "run `python -m tests.tools.make_coverage_page`"
    assert PAGE.read_text(encoding="utf-8") == page(), told
