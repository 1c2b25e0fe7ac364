"""Write the page of the kinds of rule from their fragments and cases: `python -m tests.tools.make_coverage_page`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cwgrade.wording import term
from tests.tools.kinds_of_rule import KINDS, NUMBERS, Asked, Kind, Number, answers_of
from tests.tools.roster_questions import RosterQuestion

__all__ = ["PAGE", "page"]

_REFUSALS: Final = {
    "none": "no such line 无此项",
    "gap": "the source does not say 来源未载",
    "unknown": "not certain 不能确定",
    "NotInForce": "not in force 未施行",
}

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "coverage.md"

_OPENING: Final = """\
# Kinds of rule

The kinds of local rule met so far in published schemes, numbered as the project lists them. Each has a fragment of a
scheme file: the sections that say the rule. A test puts each fragment into a whole scheme (`tests/docs/base.toml`),
asks it, and compares the answer with one derived by hand; then it takes the rule away again, which has to give another
answer. The places show a kind; the amounts and years in the fragments are invented, none is a figure of that place.

各地公布的方案中已遇到的规则种类。每一种都有一段方案文件的写法，测试把它放入一个完整的方案（`tests/docs/base.toml`）中计算，
与手工推算的结果核对；再去掉这条规则，结果必须不同。“地方”只说明哪里有这种规则；片段里的金额和年限均为虚构，不是该地的数字。

This page is made from `tests/coverage/`: `python -m tests.tools.make_coverage_page`. The [scheme file](scheme-file.md)
lists every key. To use a fragment, put your own figures and the name of your source into it.
"""

_NOTES: Final = {
    "none": "nothing noted 无提示",
    "transition-not-computed": "the transition is not applied 套改规则未套用",
}

_STATES: Final = {"met": "met 达到", "not_met": "not met 未达到"}
_BESIDE: Final = {
    "earlier": "The version before has instead 此前的版本为:",
    "district": "The file of a district that follows it 从属的区另有一个文件:",
}
"""What may lie beside a fragment, and the words that introduce it."""


def page() -> str:
    """Give the text of the page."""
    lines = [_OPENING, *_list()]
    for number in NUMBERS:
        lines += ["", *_part(number)]
    return "\n".join(lines) + "\n"


def _of(number: Number) -> list[Kind]:
    return [kind for kind in KINDS if kind.number == number.number]


def _list() -> Iterator[str]:
    yield "| | kind | 种类 | fragments | cases |"
    yield "|---|---|---|---|---|"
    for number in NUMBERS:
        kinds = _of(number)
        cases = sum(len(kind.cases) for kind in kinds)
        name = f"[{number.en}](#{_anchor(number)})"
        yield f"| {number.number} | {name} | {number.zh} | {len(kinds) or ''} | {cases or ''} |"


def _anchor(number: Number) -> str:
    return f"kind-{number.number}"


def _part(number: Number) -> Iterator[str]:
    yield f"## {number.number}. {number.en} {number.zh} {{ #{_anchor(number)} }}"
    for kind in _of(number):
        yield ""
        yield f"### {kind.en}"
        yield ""
        yield f"{kind.zh}。地方 place: {kind.place}"
        yield ""
        yield from _block(kind.fragment)
        for file, words in _BESIDE.items():
            if (text := kind.beside(file)) is not None:
                yield ""
                yield words
                yield ""
                yield from _block(text)
        if kind.replaces:
            names = ", ".join(f"`{name}`" for name in kind.replaces)
            yield ""
            yield f"It stands in place of {names}."
        yield ""
        yield "| case 算例 | asked 问 | answer 答 | without the rule 去掉规则 | steps 推算 |"
        yield "|---|---|---|---|---|"
        for name, case in kind.cases.items():
            yield _row(kind, name, case)
    for en, zh in number.elsewhere:
        yield ""
        yield f"{en} {zh}"


def _block(text: str) -> Iterator[str]:
    yield "```toml"
    yield text.strip()
    yield "```"


def _row(kind: Kind, name: str, case: Asked) -> str:
    answers = answers_of(case, kind.scheme), answers_of(case, kind.otherwise)
    cells = [
        name.replace("-", " "),
        _asked(case),
        *(_told(kind, told) for told in answers),
        case.steps,
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _asked(case: Asked) -> str:
    if isinstance(case, RosterQuestion):
        return f"roster of 花名册 {case.month}"
    ask = case.ask
    asked = [f"grade on 等级 {ask.on.isoformat()}"] if ask.on else []
    asked += [f"pay of 应发 {ask.year}-{ask.month:02}"] if ask.year and ask.month else []
    asked += [f"known on 知悉 {ask.known_on.isoformat()}"] if ask.known_on else []
    return ", ".join(asked)


def _told(kind: Kind, answers: dict[str, str]) -> str:
    """Write out answers; a word that stands for a refusal is told as results tell it."""
    return "; ".join(
        f"{_name(kind, name)} {_words(name, told)}".strip() for name, told in answers.items()
    )


def _name(kind: Kind, name: str) -> str:
    about, _, which = name.partition(".")
    if about == "notes":
        return f"worker {which}:"
    if about == "checks":
        checks = kind.scheme.versions[-1].checks
        label = next(check.label for check in checks if check.name == which)
        return f"{label.en} {label.zh}:"
    component = kind.scheme.versions[-1].component(name)
    if component is not None:
        return f"{component.label.en} {component.label.zh}"
    return {"status": "", "grade": "grade 等级", "gross": "total 应发合计"}[name]


def _words(name: str, told: str) -> str:
    if told[0].isdigit() or told[0] == "-":
        return told if name == "grade" else f"{told} yuan"
    if name.startswith("checks."):
        state, _, found = told.partition(" ")
        unit = " yuan" if "." in found else ""
        return f"{_STATES.get(state, state)} {found}{unit}".strip()
    if name.startswith("notes."):
        return _NOTES.get(told, told)
    return _REFUSALS.get(told) or f"{term(told, 'en')} {term(told, 'zh')}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
