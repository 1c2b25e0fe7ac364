"""A payslip as one printable page: self-contained HTML in plain words, with everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Final

from cwgrade.grading import Grading
from cwgrade.money import capitals, yuan_text
from cwgrade.outcomes import Decided
from cwgrade.pay import PayLine, Payslip
from cwgrade.quantities import Unit
from cwgrade.reasons import Step
from cwgrade.scheme import SchemeStatus, SchemeVersion
from cwgrade.sources import LegalSource
from cwgrade.statement.outcomes import outcome_sentences, payslip_sentences
from cwgrade.statement.steps import name_of, step_text
from cwgrade.statement.terminal import amount_of, gross_of, is_invented, state_of, tells_something
from cwgrade.statement.tree import note_text
from cwgrade.statement.why import grade_sentences, open_points
from cwgrade.statement.words import Words
from cwgrade.wording import Language

__all__ = ["payslip_html"]

_SHORT: Final = 12
_MADE: Final = (Unit.FEN, Unit.TIMES)
_HTML_LANG: Final = {"en": "en", "zh": "zh-CN"}
_STYLE: Final = """
@page { size: A4; margin: 11mm 14mm; }
* { box-sizing: border-box; }
body { font: 10pt/1.35 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, Songti SC, serif;
  color: #111; max-width: 180mm; margin: 0 auto; overflow-wrap: anywhere; }
h1 { font-size: 17pt; text-align: center; letter-spacing: .15em; margin: 3mm 0 2mm; }
h2 { font-size: 11pt; margin: 3mm 0 1mm; border-bottom: .3mm solid #111; break-after: avoid; }
ol, ul { margin: 0; padding-left: 6mm; }
table { width: 100%; border-collapse: collapse; }
tr { break-inside: avoid; }
th, td { border: .2mm solid #555; padding: .8mm 1.6mm; text-align: left; vertical-align: top; }
th { font-weight: 600; background: #f0f0f0; }
.head th { width: 15%; white-space: nowrap; }
.head td { width: 35%; }
p { margin: 1mm 0; }
.pay { font-size: 9pt; }
table.pay { table-layout: fixed; }
.pay th:nth-child(1) { width: 15%; }
.pay th:nth-child(2) { width: 13%; }
.pay th:nth-child(4) { width: 14%; }
.pay th:nth-child(5) { width: 17%; }
.number { text-align: right; }
.sum td { font-weight: 600; }
.banner { border: .6mm solid #111; padding: 1.5mm; text-align: center;
  font-weight: 600; margin-top: 3mm; }
footer { margin-top: 4mm; border-top: .2mm solid #555; padding-top: 1mm; font-size: 8pt;
  color: #333; }
@media screen { body { padding: 10mm 5mm; } }
"""


def payslip_html(
    payslip: Payslip,
    grading: Grading | None,
    worker_id: str,
    lang: Language = "zh",
    *,
    year: int,
    month: int,
    sources: Mapping[str, LegalSource] | None = None,
    version: SchemeVersion | None = None,
) -> str:
    """Write a payslip as one HTML page that prints on A4 and needs nothing beside itself.

    It shows the scheme and month, the grade with its reasons, each component with how it was
    found and on which clause, the sum in figures and capital numerals, what is still open and what
    to hand in, and the sources.

    Args:
        payslip: The payslip.
        grading: The grading of the same worker, where it was asked for.
        worker_id: The worker's id.
        lang: `"en"` or `"zh"`.
        year: The year of the month.
        month: The month.
        sources: The scheme's sources by id.
        version: The version that was asked, for printed names, the place and the sources.

    Returns:
        The page's text; every text of the scheme and the worker is escaped.
    """
    words = Words(lang, sources=sources, version=version)
    sample = version is not None and version.status is SchemeStatus.SAMPLE
    title = words.say("title-payslip")
    banner = (
        _tag("div", words.say("invented-banner"), "banner")
        if sample or is_invented(payslip.derivation)
        else ""
    )
    body = [
        banner,
        _tag("h1", title),
        _head(payslip, grading, worker_id, words, version, year=year, month=month),
        *_why(grading, words),
        *_pay(payslip, words),
        *_open(payslip, grading, words),
        *_notes(payslip, grading, words),
        *_sources(words),
        _foot(payslip, words),
    ]
    head = "\n".join(
        (
            '<meta charset="utf-8">',
            f"<title>{escape(title)} {year}-{month:02d}</title>",
            f"<style>{_STYLE}</style>",
        )
    )
    page = "\n".join(one for one in body if one)
    start = f'<!DOCTYPE html>\n<html lang="{_HTML_LANG[lang]}">'
    return f"{start}\n<head>\n{head}\n</head>\n<body>\n{page}\n</body>\n</html>\n"


def _tag(name: str, text: str, kind: str = "") -> str:
    marked = f' class="{kind}"' if kind else ""
    return f"<{name}{marked}>{escape(text)}</{name}>"


def _list(name: str, items: Iterable[str], kind: str = "") -> str:
    lines = "".join(_tag("li", item) for item in items)
    marked = f' class="{kind}"' if kind else ""
    return f"<{name}{marked}>{lines}</{name}>" if lines else ""


def _head(
    payslip: Payslip,
    grading: Grading | None,
    worker_id: str,
    words: Words,
    version: SchemeVersion | None,
    *,
    year: int,
    month: int,
) -> str:
    grade = (
        words.say("page-no-grade")
        if grading is None
        else outcome_sentences(grading.outcome, words, money=False)
    )
    rows = (
        (
            ("page-worker", worker_id),
            ("page-month", words.month(year, month)),
        ),
        (
            ("page-scheme", words.label(payslip.derivation.scheme_title)),
            (
                "page-place",
                version.place if version is not None and version.place else words.term("nothing"),
            ),
        ),
        (
            ("page-grade", grade),
            ("standing", words.term(payslip.standing)),
        ),
    )
    cells = "".join(
        "<tr>"
        + "".join(_tag("th", words.say(code)) + _tag("td", text) for code, text in row)
        + "</tr>"
        for row in rows
    )
    return f'<table class="head">{cells}</table>'


def _why(grading: Grading | None, words: Words) -> list[str]:
    if grading is None or not isinstance(grading.outcome, Decided):
        return []
    return [_tag("h2", words.say("page-why")), _list("ol", grade_sentences(grading, words))]


def _pay(payslip: Payslip, words: Words) -> list[str]:
    title = _tag("h2", words.say("page-pay"))
    outcome = payslip.outcome
    if not any(map(tells_something, payslip.lines)):
        return [title, _tag("p", payslip_sentences(payslip, words))]
    steps = _steps(payslip)
    columns = ("column-component", "column-payable", "column-how", "column-basis", "column-state")
    rows = ["<tr>" + "".join(_tag("th", words.say(code)) for code in columns) + "</tr>"]
    possible = payslip.derivation.root.code == "possibilities"
    rows += [
        _row(line, steps.get(line.component), words, possible=possible) for line in payslip.lines
    ]
    if isinstance(outcome, Decided):
        spelt = capitals(outcome.value)
        told = words.say("named", name=words.say("gross-capitals"), text=spelt)
    else:
        told = payslip_sentences(payslip, words)
    figure = gross_of(outcome, words)
    rows.append(
        f'<tr class="sum">{_tag("td", words.say("gross"))}{_tag("td", figure, "number")}'
        f'<td colspan="3">{escape(told)}</td></tr>'
    )
    within = dict.fromkeys(_within(payslip.derivation.root, words))
    return [title, f'<table class="pay">{"".join(rows)}</table>', _list("ul", within, "pay")]


def _within(step: Step, words: Words, name: str = "") -> Iterator[str]:
    """Say how the amounts and coefficients that components are made of were found.

    The months of a quarter, half-year or year are left to the derivation.
    """
    if step.code in {"possibilities", "month"} or step.gaps:
        return
    name = name_of(step, words) if step.label is not None else name
    if _is_worth_telling(step):
        yield words.say("named", name=name, text=step_text(step, words))
    parts = step.parts
    if step.code == "prorated" and all(one.result == step.result for one in _amounts(step)):
        # pieces that are alike sum to the whole month, and telling them says nothing
        parts = _amounts(step)
    for part in parts:
        yield from _within(part, words, name)


def _amounts(prorated: Step) -> tuple[Step, ...]:
    """Give the full amount that holds in each piece of a month."""
    return tuple(amount for piece in prorated.parts for amount in piece.parts)


def _is_worth_telling(step: Step) -> bool:
    match step.code:
        case "round" | "parts":
            return bool(step.residue)
        case "piece":
            return True
        case "absence":
            return ("share", 1) not in step.inputs
        case "total" | "prorated" | "period" | "not-payable" | "not-due" | "supplied":
            return False
        case _:
            # a component's own formula stands in the table, and a factor of 1 changes nothing
            own = step.path.startswith("pay.")
            return not own and step.unit in _MADE and bool(step.parts) and step.result != 1


def _row(line: PayLine, step: Step | None, words: Words, *, possible: bool) -> str:
    accrued = ""
    if line.state in {"accrues", "unscheduled"} and line.accrued_fen is not None:
        accrued = words.say(
            "named", name=words.say("column-accrued"), text=yuan_text(line.accrued_fen)
        )
    state = words.say("clause-mark").join(text for text in (state_of(line, words), accrued) if text)
    # one possibility out of several says nothing about a line that is not certain
    shown = step is not None and not (possible and line.accrued_fen is None)
    cells = (
        _tag("td", words.label(line.label)),
        _tag("td", amount_of(line, words), "number"),
        _tag("td", step_text(step, words) if step is not None and shown else ""),
        _tag(
            "td",
            words.cite(step.citation) if step is not None and step.citation is not None else "",
        ),
        _tag("td", state),
    )
    return f"<tr>{''.join(cells)}</tr>"


def _steps(payslip: Payslip) -> dict[str, Step]:
    """Find the step of each component's full amount: the first at its path that cites a clause."""
    wanted = {f"pay.{line.component}": line.component for line in payslip.lines}
    found: dict[str, Step] = {}
    for step in payslip.derivation.root.walk():
        name = next((name for path, name in wanted.items() if _at(step.path, path)), None)
        if (
            name is not None
            and name not in found
            and step.citation is not None
            and step.code != "round"
        ):
            found[name] = step
    return found


def _at(path: str, component: str) -> bool:
    return path == component or path.startswith((f"{component}.", f"{component}["))


def _open(payslip: Payslip, grading: Grading | None, words: Words) -> list[str]:
    points = open_points(payslip, grading, words)
    title = _tag("h2", words.say("page-open"))
    return [title, _list("ul", points) if points else _tag("p", words.say("page-nothing-open"))]


def _notes(payslip: Payslip, grading: Grading | None, words: Words) -> list[str]:
    notes = [*payslip.derivation.notes, *(grading.derivation.notes if grading is not None else ())]
    told = dict.fromkeys(note_text(note, words) for note in notes)
    assumed = [words.assumption(one) for one in payslip.derivation.assumed]
    if assumed:
        told[words.say("head-assumed", assumed=words.several(assumed))] = None
    if payslip.derivation.beyond == "carry_forward":
        told[words.say("head-beyond")] = None
    return [_tag("h2", words.say("page-notes")), _list("ul", told)] if told else []


def _sources(words: Words) -> list[str]:
    """List the sources that the page has cited so far; their numbers stand in the text."""
    cited = words.cited()
    if not cited:
        return []
    lines = "".join(_tag("div", line) for line in cited)
    return [_tag("h2", words.say("page-sources")), lines]


def _foot(payslip: Payslip, words: Words) -> str:
    one = payslip.derivation
    known_on = one.known_on.isoformat() if one.known_on else words.say("head-known-always")
    told = words.say(
        "page-foot",
        id=one.scheme_id,
        revision=one.revision,
        digest=one.digest[:_SHORT],
        on=one.on,
        known_on=known_on,
        version=one.version,
    )
    return f"<footer>{escape(words.say('page-excluded'))}<br>{escape(told)}</footer>"
