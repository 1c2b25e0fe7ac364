"""Only some components are compared at a move: what is kept, who is placed by pay, and what is open.

The sample: a lead since 2016 had 2300 basic and 500 allowance on the eve, and has 2250 and 300 after the move.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import attrs
import pytest

from cwgrade import (
    Decided,
    Payslip,
    Scheme,
    ServiceSpell,
    Unspecified,
    Worker,
    load_scheme,
    parse_scheme,
    pay_on,
)
from cwgrade.catalogue import scheme_path
from cwgrade.cli import main
from cwgrade.gaps import Missing
from cwgrade.grading import grade_on
from cwgrade.law.transition import Protection, TransitionRule
from cwgrade.statement import payslip_text

OLD, NEW = load_scheme("sample-reform").versions
LEAD: Final = Worker(id="1", spells=(ServiceSpell(start=date(2016, 1, 1), title="书记"),))
BEGINNER: Final = Worker(id="2", spells=(ServiceSpell(start=date(2019, 7, 1), title="委员"),))
SILENT: Final = Missing(why="the document does not say", zh="未载")


def reform(compared: object, **changed: object) -> Scheme:
    assert NEW.transition is not None
    told: dict[str, object] = {"compared": compared, **changed}
    transition = attrs.evolve(NEW.transition, **told)  # type: ignore[arg-type]
    return Scheme((OLD, attrs.evolve(NEW, transition=transition)))


def slip(worker: Worker, scheme: Scheme, on: date = date(2021, 1, 1)) -> Payslip:
    return pay_on(worker, scheme, on=on)


def kept(worker: Worker, scheme: Scheme, on: date = date(2021, 1, 1)) -> int | None:
    (line,) = [one for one in slip(worker, scheme, on).lines if one.component == "kept"]
    return None if line.payable_fen is None else line.payable_fen // 100


@pytest.mark.parametrize(
    ("compared", "yuan"),
    [((), 250), (("basic", "post"), 250), (("basic",), 50), (("post",), 200)],
    ids=str,
)
def test_what_is_kept_is_the_difference_of_what_is_compared(
    compared: tuple[str, ...], yuan: int
) -> None:
    assert kept(LEAD, reform(compared)) == yuan


def test_what_is_frozen_is_reached_by_what_is_compared_alone() -> None:
    frozen = reform(("basic",), protection=Protection.FROZEN)
    # on 20 January 2022 the next grade brings basic pay to 2400, and no allowance matters
    days = (date(2021, 1, 1), date(2022, 7, 1))
    assert [kept(LEAD, frozen, day) for day in days] == [50, 0]
    whole = reform((), protection=Protection.FROZEN)
    assert [kept(LEAD, whole, day) for day in days] == [250, 100]


def test_what_is_melting_is_melted_by_what_is_compared_alone() -> None:
    melting = reform(("post",), protection=Protection.MELTING)
    # a promotion brings basic pay, which is not compared
    assert kept(LEAD, melting, date(2022, 7, 1)) == 200
    assert kept(LEAD, reform((), protection=Protection.MELTING), date(2022, 7, 1)) == 100


def test_equal_pay_goes_by_what_is_compared() -> None:
    # the full 2800 are first reached again at grade 5, 2900 + 300; basic pay of 2300 at grade 3, 2400
    for compared, grade in ((), 4), (("basic",), 3):
        scheme = reform(compared, rule=TransitionRule.EQUAL_PAY, table=())
        assert grade_on(LEAD, scheme, on=date(2021, 1, 1)).placement.grade == grade
    silent = reform(SILENT, rule=TransitionRule.EQUAL_PAY, table=())
    outcome = grade_on(LEAD, silent, on=date(2021, 1, 1)).outcome
    assert isinstance(outcome, Unspecified)
    assert outcome.gaps[0].path == "transition.compared"


def test_where_it_is_missing_every_choice_is_tried() -> None:
    silent = reform(SILENT)
    assert kept(BEGINNER, silent) == 0
    assert isinstance(slip(BEGINNER, silent).outcome, Decided)
    outcome = slip(LEAD, silent).outcome
    assert isinstance(outcome, Unspecified)
    assert [gap.path for gap in outcome.gaps] == ["transition.compared"]


def test_too_many_components_to_try_are_open() -> None:
    text = scheme_path("sample-reform").read_text(encoding="utf-8")
    for place in range(5):
        text += f'\n[pay.more{place}]\nlabel = "more"\nyuan = 1\nsource = "text"\n'
    silent = 'waiting = "converted"\ncompared = { missing = "not printed" }'
    text = text.replace('waiting = "converted"', silent, 1)
    scheme = Scheme((OLD, parse_scheme(text)))
    outcome = slip(LEAD, scheme).outcome
    assert isinstance(outcome, Unspecified)
    assert [(gap.path, gap.why) for gap in outcome.gaps] == [("transition.compared", "not printed")]


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", "old and new pay are  basic pay, step pay"), ("zh", "比较的项目")],
)
def test_is_shown(lang: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "sample-4x24-yi", "--lang", lang]) == 0
    lines = [" ".join(one.split()) for one in capsys.readouterr().out.splitlines()]
    assert [one for one in lines if " ".join(told.split()) in one]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "the components that are compared, in full on 2020-12-31"),
        ("zh", "2020-12-31 参与比较的项目全月合计"),
    ],
)
def test_the_derivation_shows_both_sides(lang: str, told: str) -> None:
    text = payslip_text(slip(LEAD, reform(("basic",))), "1", lang=lang)  # type: ignore[arg-type]
    assert told in text
