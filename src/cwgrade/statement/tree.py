"""A derivation as an indented tree: what was done at each step, from what, on which clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from cwgrade.quantities import Unit
from cwgrade.reasons import Derivation, Note, Step
from cwgrade.scheme import SchemeVersion
from cwgrade.sources import Citation, LegalSource
from cwgrade.statement.steps import name_of, picked_text, step_text
from cwgrade.statement.words import Words
from cwgrade.wording import Language

__all__ = ["derivation_lines", "derivation_text", "note_text"]

_INDENT: Final = "  "
_SHORT: Final = 12
"""Digits of a digest that are shown; the full one is in the derivation itself."""


def derivation_text(
    derivation: Derivation,
    lang: Language = "en",
    *,
    sources: Mapping[str, LegalSource] | None = None,
    version: SchemeVersion | None = None,
) -> str:
    """Write a derivation as an indented tree that a clerk can follow.

    Each line names the rule as the document prints it, says what was done, with amounts in yuan,
    and ends with the source and clause. What was shown once is not spelt out again.

    Args:
        derivation: The reasons of a result.
        lang: `"en"` or `"zh"`.
        sources: The scheme's sources by id, for titles and document numbers.
        version: The version that was asked, for names of posts and declared facts; it brings
            its sources.

    Examples:
        >>> from datetime import date
        >>> from cwgrade.sources import Citation, Label
        >>> post = Step("post", "posts", "deputy", label=Label(zh="岗位", en="post"))
        >>> pay = Step(
        ...     "table",
        ...     "pay.post_pay.deputy",
        ...     130000,
        ...     "fen",
        ...     (("post", "deputy"),),
        ...     Label(zh="岗位工资", en="post pay"),
        ...     Citation(source="notice", clause="第五条"),
        ...     parts=(post,),
        ... )
        >>> derivation = Derivation(
        ...     scheme_id="sample",
        ...     scheme_title=Label(zh="虚构样例", en="invented sample"),
        ...     revision=1,
        ...     digest="0" * 64,
        ...     version="1",
        ...     facts_digest="1" * 64,
        ...     on=date(2018, 3, 1),
        ...     known_on=None,
        ...     beyond="refuse",
        ...     root=pay,
        ... )
        >>> print(derivation_text(derivation, "zh"))
        方案：虚构样例（编号 sample，第 1 次修订，摘要 000000000000）
        查询日：2018-03-01    知悉日：不限
        【岗位工资】查表：岗位=副职 → 1300.00 元 〔依据1《notice》第五条〕
          【岗位】副职
        依据文件
          1. notice
        cwgrade 1；情况摘要 111111111111
    """
    words = Words(lang, sources=sources, version=version)
    return "\n".join(derivation_lines(derivation, words))


def derivation_lines(derivation: Derivation, words: Words) -> list[str]:
    """Write the lines of a derivation: head, tree, notes, sources.

    Args:
        derivation: The reasons of a result.
        words: The words to use; sources they have named before keep their numbers.
    """
    known_on = (
        derivation.known_on.isoformat() if derivation.known_on else words.say("head-known-always")
    )
    lines = [
        words.say(
            "head-scheme",
            title=words.label(derivation.scheme_title),
            id=derivation.scheme_id,
            revision=derivation.revision,
            digest=derivation.digest[:_SHORT],
        ),
        words.say("head-days", on=derivation.on, known_on=known_on),
    ]
    if derivation.beyond == "carry_forward":
        lines.append(words.say("head-beyond"))
    if derivation.assumed:
        assumed = [words.assumption(one) for one in derivation.assumed]
        lines.append(words.say("head-assumed", assumed=words.several(assumed)))
    if derivation.tried and derivation.root.code != "possibilities":
        tried = [picked_text(pick.question.path, pick.option, words) for pick in derivation.tried]
        lines.append(words.say("head-tried", tried=words.several(tried)))
    lines += _Tree(words).lines(derivation.root)
    if derivation.notes:
        lines.append(words.say("foot-notes"))
        lines += [_INDENT + note_text(note, words) for note in derivation.notes]
    if cited := words.cited():
        lines.append(words.say("foot-sources"))
        lines += [_INDENT + line for line in cited]
    lines.append(
        words.say(
            "head-version", version=derivation.version, facts=derivation.facts_digest[:_SHORT]
        )
    )
    return lines


def note_text(note: Note, words: Words) -> str:
    """Say a finding beside the answer."""
    facts = dict(note.facts)
    if "computed" in facts:
        computed = facts["computed"]
        facts["computed"] = (
            words.amount(int(computed), Unit.GRADES) if computed.isdigit() else words.term(computed)
        )
    if "earlier" in facts:
        facts["earlier"] = words.term(facts["earlier"])
    if "rating" in facts:
        facts["rating"] = words.value("last_rating", facts["rating"])
        cited = Citation(source=facts.pop("source"), clause=facts.pop("clause"))
        facts["basis"] = words.cite(cited)
    return words.say(note.code, **facts)


class _Tree:
    """Writes each subtree out once; where it comes again a line refers to it."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._numbers: dict[tuple[str, tuple[int, ...]], int] = {}
        self._by_step: dict[int, int] = {}
        self._written: set[int] = set()

    def lines(self, root: Step) -> list[str]:
        self._number(root)
        return list(self._write(root, 0, None))

    def _number(self, step: Step) -> int:
        """Give equal subtrees equal numbers; a step that is shared is looked at once."""
        known = self._by_step.get(id(step))
        if known is None:
            parts = tuple(self._number(part) for part in step.parts)
            key = (_line(step, self._words), parts)
            known = self._by_step[id(step)] = self._numbers.setdefault(key, len(self._numbers))
        return known

    def _write(self, step: Step, depth: int, above: Citation | None) -> Iterator[str]:
        number = self._by_step[id(step)]
        line = _INDENT * depth + _line(step, self._words)
        if step.parts and number in self._written:
            yield self._words.say("step-shown-above", text=line)
            return
        self._written.add(number)
        if step.citation is not None and step.citation != above:
            line = self._words.say("step-cited", text=line, source=self._words.cite(step.citation))
        yield line
        for part in step.parts:
            yield from self._write(part, depth + 1, step.citation or above)


_UNNAMED: Final = ("accepted", "year", "possibility", "scope", "piece")
"""Steps whose text says all: a day, a year or a condition has no printed name."""


def _line(step: Step, words: Words) -> str:
    text = step_text(step, words)
    unnamed = step.code in _UNNAMED or step.code.startswith("rejected.")
    if unnamed or (step.code == "month" and step.label is None):
        return text
    return words.say("step-head", name=name_of(step, words), text=text)
