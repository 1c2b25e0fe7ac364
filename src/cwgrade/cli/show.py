"""`cwgrade show SCHEME`: the scheme as its documents print it, for proofreading."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from cwgrade.cli.cells import cell_text, label_of
from cwgrade.cli.clauses import clauses_of
from cwgrade.cli.grid import blocks_of
from cwgrade.cli.needs import Omission, omissions
from cwgrade.cli.options import Parser, scheme_named
from cwgrade.cli.schemes import place_text
from cwgrade.gaps import Missing, Readings
from cwgrade.law.pay import Accrual, Component
from cwgrade.quantities import (
    Add,
    Clamp,
    Definition,
    Highest,
    LadderSum,
    Lowest,
    Number,
    Product,
    Steps,
    Table,
    gap_of,
)
from cwgrade.scheme import SchemeVersion
from cwgrade.statement import gap_text
from cwgrade.statement.terminal import table_lines
from cwgrade.wording import Language, say, term

__all__ = ["declare", "extends_lines", "omission_lines", "run"]


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser("cwgrade show", "cli-show-about", lang=lang)
    parser.subject("scheme", "cli-help-scheme")
    parser.series_option()
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Print every version of a scheme."""
    told: set[Omission] = set()
    for version in scheme_named(arguments.scheme, arguments.series, lang).versions:
        print("\n".join(_lines(version, told, lang)))
    return 0


def _lines(version: SchemeVersion, told: set[Omission], lang: Language) -> Iterator[str]:
    yield from _head(version, lang)
    yield ""
    yield say("cli-show-posts", {}, lang)
    yield from _indented(table_lines(_posts(version, lang)))
    for block in (*blocks_of(version, lang), *clauses_of(version, lang)):
        yield ""
        yield block.title
        right = range(1, len(block.rows[0])) if block.numbers else ()
        yield from _indented(table_lines(block.rows, right=right))
    yield ""
    yield say("cli-show-pay", {}, lang)
    yield from _indented(table_lines([_component(version, one, lang) for one in version.pay]))
    helpers = _helpers(version, lang)
    if helpers:
        yield ""
        yield say("cli-show-where", {}, lang)
        yield from _indented(helpers)
    yield ""
    yield from omission_lines(omissions(version), told, lang)
    yield ""
    yield say("cli-show-sources", {}, lang)
    for name, source in version.sources:
        facts = {
            "id": name,
            "instrument": source.instrument,
            "number": term(source.number, lang),
            "issuer": term(source.issuer, lang),
            "read_on": source.read_on,
            "trust": term(str(source.trust), lang),
        }
        yield from _indented(
            [
                say("cli-show-source", facts, lang),
                *(f"  {text}" for text in (source.url, source.note) if text),
            ]
        )


def _head(version: SchemeVersion, lang: Language) -> Iterator[str]:
    yield str(getattr(version.title, lang))
    first = version.effective_on or version.attested_from
    facts = {
        "id": version.id,
        "status": say(f"cli-schemes-{version.status}", {}, lang),
        "revision": version.revision,
        "digest": version.digest,
        "place": place_text(version, lang),
        "first": first,
        "until": version.attested_until,
    }
    yield say("cli-show-head", facts, lang)
    yield say("cli-show-since" if version.effective_on else "cli-show-since-at-latest", facts, lang)
    yield from extends_lines(version, lang)
    if version.note is not None:
        yield str(getattr(version.note, lang))


def _posts(version: SchemeVersion, lang: Language) -> list[list[str]]:
    ladders = version.ladders
    columns = ["post", "post-id", "titles", *(f"{one.name}s" for one in ladders)]
    rows = [[say(f"cli-show-{column}", {}, lang) for column in columns]]
    for post in version.posts:
        titles = "、".join(post.titles) or "–"
        if post.holds_all:
            titles = say("cli-show-holds-all", {"titles": list(post.holds_all)}, lang)
        row = [str(getattr(post.label, lang)), post.id, titles]
        for ladder in ladders:
            stated = ladder.range_of(post)
            row.append(
                say("cli-show-not-stated", {}, lang)
                if isinstance(stated, Missing)
                else f"{stated[0]}–{stated[1]}"
            )
        rows.append(row)
    return rows


def _component(version: SchemeVersion, component: Component, lang: Language) -> list[str]:
    label = str(getattr(component.label, lang))
    definition = version.normal_form.get(f"pay.{component.name}")
    formula = (
        _formula(version, definition, lang)
        if definition is not None
        else term("step.protected" if component.protects else "supplied", lang)
    )
    if component.supplied and component.factors:
        formula = " × ".join(
            (formula, *(label_of(version, one, lang) for one in component.factors))
        )
    rhythm = (
        say("cli-show-rhythm-not-stated", {}, lang)
        if isinstance(component.paid, Missing)
        else term(str(component.paid), lang)
    )
    stated: tuple[int, ...] | Missing = component.paid_in
    months = [] if isinstance(stated, Missing) else list(stated)
    if months:
        rhythm = say("cli-show-paid-in", {"rhythm": rhythm, "months": months}, lang)
    elif component.unscheduled:
        rhythm = say("cli-show-unscheduled", {"rhythm": rhythm}, lang)
    rhythm = _of_months(component, rhythm, lang)
    per = term(str(component.accrues_per), lang)
    once = component.accrues_per is Accrual.ONCE
    period = "" if once else say("cli-show-per", {"period": per}, lang)
    if component.in_total is not True:
        code = "line-on-top" if component.in_total is False else "line-maybe-on-top"
        rhythm = say(code, {"state": rhythm}, lang)
    return [label, f"= {formula}", period, rhythm]


def _of_months(component: Component, rhythm: str, lang: Language) -> str:
    """Add the months that an amount is due in, that part of a month is paid whole, and which day's facts count."""
    due = component.due_in
    if due:
        months = say("cli-show-not-stated", {}, lang) if isinstance(due, Missing) else list(due)
        rhythm = say("cli-show-due-in", {"rhythm": rhythm, "months": months}, lang)
    if component.prorated is False:
        rhythm = say("cli-show-whole-month", {"rhythm": rhythm}, lang)
    if component.paid_after_period:
        on = component.reckoned_on
        reckoned = (
            say("cli-show-not-stated", {}, lang) if isinstance(on, Missing) else term(str(on), lang)
        )
        rhythm = say("cli-show-reckoned", {"rhythm": rhythm, "reckoned": reckoned}, lang)
    return rhythm


def _helpers(version: SchemeVersion, lang: Language) -> list[str]:
    """Say how the quantities are made up that components name."""
    from cwgrade.cli.needs import reached

    lines = []
    for definition in reached(version):
        combined = isinstance(
            definition.quantity, Add | LadderSum | Product | Highest | Lowest | Clamp
        )
        number = isinstance(definition.quantity, Number)
        if (combined or number) and not definition.name.startswith("pay."):
            lines.append(
                f"{getattr(definition.label, lang)} = {_formula(version, definition, lang)}"
            )
    return lines


def _formula(version: SchemeVersion, definition: Definition, lang: Language) -> str:
    """Say how a quantity is found, one step deep."""
    quantity = definition.quantity
    match quantity:
        case Number(cell=cell):
            return cell_text(version, cell, definition.unit, lang)
        case Product(factors=names):
            return " × ".join(_named(version, definition, name, lang) for name in names)
        case Add(parts=names):
            return " + ".join(_named(version, definition, name, lang) for name in names)
        case LadderSum(rungs=rungs, credits=credits_):
            names = (*rungs, *credits_)
            return " + ".join(_named(version, definition, name, lang) for name in names)
        case Highest(of=names) | Lowest(of=names):
            code = "step.highest" if isinstance(quantity, Highest) else "step.lowest"
            inner = ", ".join(_named(version, definition, name, lang) for name in names)
            return f"{term(code, lang)} ({inner})"
        case Clamp(of=of):
            return f"{_named(version, definition, of, lang)} ({term('step.clamp', lang)})"
        case Table(by=names):
            labels = [label_of(version, name, lang) for name in names]
            return say("cli-show-by", {"names": labels}, lang)
        case Steps(of=of):
            return say("cli-show-by", {"names": [label_of(version, of, lang)]}, lang)
        case _:
            return str(getattr(definition.label, lang))


def _named(version: SchemeVersion, whole: Definition, name: str, lang: Language) -> str:
    """Name a part of a formula; the full amount of a component by what it is looked up in."""
    part = version.normal_form.get(name)
    if part is not None and name == f"{whole.name}.full":
        return _formula(version, part, lang)
    return label_of(version, name, lang)


def extends_lines(version: SchemeVersion, lang: Language) -> Iterator[str]:
    """Say what a version rests on: other schemes, or another version of its own."""
    others = [one for one in version.extends if one != version.id]
    if others:
        yield say("cli-extends", {"ids": others}, lang)
    if len(others) < len(version.extends):
        yield say("cli-extends-version", {}, lang)


def omission_lines(
    found: tuple[Omission, ...], told: set[Omission], lang: Language
) -> Iterator[str]:
    """Say what a file does not say.

    Args:
        found: What it leaves open.
        told: What another version of the scheme was said to leave open in the same words; what is said here is added.
        lang: The language.
    """
    if not found:
        yield say("cli-show-nothing-open", {}, lang)
        return
    yield say("cli-show-open", {"count": len(found)}, lang)
    new = [one for one in found if one not in told]
    for one in new:
        yield f"  {one.path}: {_why(one, lang)}"
    if len(new) < len(found):
        yield "  " + say("cli-show-open-as-before", {"count": len(found) - len(new)}, lang)
    told.update(new)


def _why(one: Omission, lang: Language) -> str:
    match one.gap:
        case Missing(why=why, zh=zh, bounds=None):
            return (zh or why) if lang == "zh" else why
        case Missing():
            return gap_text(gap_of(one.gap, one.path), lang)
        case Readings(options=options):
            return say("cli-show-readings", {"count": len(options)}, lang)


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]
