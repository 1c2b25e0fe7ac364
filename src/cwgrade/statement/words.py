"""One reader's words: labels, amounts, facts and sources of a scheme in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from cwgrade import wording
from cwgrade.decimals import decimal_text
from cwgrade.gaps import Gap
from cwgrade.money import yuan_text
from cwgrade.quantities import Unit
from cwgrade.reasons import StepValue
from cwgrade.scheme import SchemeVersion
from cwgrade.sources import Citation, Label, LegalSource
from cwgrade.statement.gaps import gap_text
from cwgrade.statement.places import place_text
from cwgrade.wording import Language, statements
from cwgrade.worker import NATIONAL_FACTS

__all__ = ["Words", "fact_text"]

_ONE_DAY: Final = timedelta(days=1)
_TEMPLATES: Final[Mapping[Language, Mapping[str, str]]] = {"en": statements.EN, "zh": statements.ZH}
_PERCENT: Final = 100
_RATING: Final = re.compile(r"ratings\.(\d{4}(?:\+\d{4})*)(\.announced)?")
_SPELL: Final = re.compile(r"(spells|absences)\[(\d+)\]\.(\w+)")
_STATE: Final = re.compile(r"facts\.(.+)\[(\d+)\]\.start")
_EVENT: Final = re.compile(r"([^.\[\]]+)\[(\d+)\]\.(\w+)")
_GROUPS: Final = {"takes": "takes", "within": "within", "rule": "proration"}
"""Fields of a scheme whose words mean something else elsewhere."""
_OF_SECTION: Final = {"ratings": "last_rating", "transition": "transition"}
"""Sections of which every word does, the ratings of a worker among them."""
_ANY_FACT: Final = ("yes", "no", "none")
"""Values that mean the same for any fact."""
_UNIT_KEY: Final = re.compile(r"\.(yuan|times|share|grades|months|points|value)(?=\.|\[|$)")
"""The key of a file under which a value stands; the names of its table say enough."""
_LISTS: Final = {"degrees": "degree", "qualifications": "qualification", "honours": "honour"}


def _bare(title: str) -> str:
    """Take the marks off a title that has its own; the sentence gives it some."""
    return title[1:-1] if title.startswith("《") and title.endswith("》") else title


class Words:
    """What one statement needs to name things; sources are numbered as they are met."""

    def __init__(
        self,
        lang: Language,
        *,
        sources: Mapping[str, LegalSource] | None = None,
        version: SchemeVersion | None = None,
    ) -> None:
        """Take what is known beside the derivation.

        Args:
            lang: The language.
            sources: The scheme's sources by id; without them citations show ids.
            version: The version that was asked: it names posts, declared facts and sources.
        """
        self.lang: Language = lang
        self._version = version
        own = dict(version.sources) if version is not None else {}
        self._sources = own | dict(sources or {})
        self._cited: dict[str, int] = {}

    # --- sentences and words ---

    def say(self, code: str, **facts: object) -> str:
        """Build a sentence; those of statements are made of other sentences, and are never cut."""
        template = _TEMPLATES[self.lang].get(code)
        if template is None:
            return wording.say(code, facts, self.lang)
        shown = {
            name: fact if isinstance(fact, str) else wording.plain(fact, self.lang)
            for name, fact in facts.items()
        }
        return template.format_map(shown)

    def term(self, word: str) -> str:
        """Give a fixed word of the library."""
        return wording.term(word, self.lang)

    def word(self, group: str, word: str) -> str:
        """Give a fixed word that may mean something else in another group."""
        dotted = f"{group}.{word}"
        found = self.term(dotted)
        return found if found != dotted else self.term(word)

    def label(self, label: Label) -> str:
        """Give a printed name."""
        return label.zh if self.lang == "zh" else label.en

    def several(self, texts: Iterable[str]) -> str:
        """Put texts into one list."""
        return self.say("list-mark").join(wording.in_ranges(list(texts)))

    # --- amounts and days ---

    def yuan(self, fen: int | Fraction) -> str:
        """Write an amount in yuan, with the unit; one that does not end is shown as a decimal too."""
        exact = yuan_text(fen)
        text = f"{exact} {self.term('yuan')}"
        if "/" not in exact:
            return text
        near = yuan_text(Fraction(round(Fraction(fen) * _PERCENT), _PERCENT))
        return self.say("amount-near", exact=text, near=near)

    def amount(self, value: int | Fraction, unit: str) -> str:
        """Write a number with its unit: money in yuan, a share in per cent."""
        match unit:
            case Unit.FEN:
                return self.yuan(value)
            case Unit.SHARE:
                percent = decimal_text(Fraction(value) * _PERCENT)
                return decimal_text(value) if "/" in percent else f"{percent}%"
            case Unit.MONTHS | Unit.YEARS | Unit.POINTS | "days" | "answers":
                return f"{decimal_text(value)} {self._counted(unit, value)}"
            case Unit.GRADES if self.lang == "zh":
                return f"{decimal_text(value)} {self.term('grades')}"
            case _:
                return decimal_text(value)

    def _counted(self, unit: str, value: int | Fraction) -> str:
        word = self.term(unit)
        return word.removesuffix("s") if value == 1 and unit != "answers" else word

    def days(self, start: date, end: date) -> str:
        """Write a half-open period by its first and last day, as offices do."""
        return self.say("period", first=start, last=end - _ONE_DAY)

    def month(self, year: int, month: int) -> str:
        """Write a month."""
        return self.say("month-of", year=year, month=month if self.lang == "zh" else f"{month:02d}")

    # --- facts ---

    def post(self, post: str) -> str:
        """Give the printed name of a post."""
        found = self._version.post(post) if self._version is not None else None
        return self.label(found.label) if found is not None else self.word("post", post)

    def component(self, name: str) -> str | None:
        """Give the printed name of a component; `None` where the scheme has none so named."""
        found = self._version.component(name) if self._version is not None else None
        return None if found is None else self.label(found.label)

    def fact(self, fact: str) -> str:
        """Give the name of a fact."""
        for declared in self._version.facts if self._version is not None else ():
            if declared.name == fact:
                return self.label(declared.label)
        return self.term(fact)

    def value(self, fact: str, value: StepValue) -> str:
        """Give the name of a fact's value."""
        if not isinstance(value, str):
            return self.plain(value)
        if fact == "post":
            return self.post(value)
        printed = self._version.value_label(fact, value) if self._version is not None else None
        if printed is not None:
            return self.label(printed)
        if fact in NATIONAL_FACTS or fact == "last_rating":
            return self.word(fact, value)
        return self.term(value) if value in _ANY_FACT else value

    def any_value(self, value: str) -> str:
        """Give the name of a value of an unknown fact: a post, or what only one fact has."""
        if value in _ANY_FACT:
            return self.term(value)
        named = self.post(value)
        if named != value:
            return named
        facts = [fact for fact, values in NATIONAL_FACTS.items() if value in values]
        return self.word(facts[0], value) if len(facts) == 1 else self.term(value)

    def plain(self, value: StepValue) -> str:
        """Show a value that has no fact and no unit."""
        if isinstance(value, bool):
            return self.term("yes" if value else "no")
        if isinstance(value, int | Fraction):
            return decimal_text(value)
        return wording.plain(value, self.lang)

    def question(self, path: str) -> str:
        """Say which fact a path of the worker's file means.

        Args:
            path: Such as `schooling`, `ratings.2019` or `spells[0].region`.

        Examples:
            >>> (
            ...     Words("zh").question("spells[0].region"),
            ...     Words("en").question("qualification[1].registered"),
            ... )
            ('第 1 段任职经历的地区', 'day of registration of professional qualification (2)')
        """
        if found := _RATING.fullmatch(path):
            years = self.several(found[1].split("+"))
            return self.say("fact-rating-announced" if found[2] else "fact-rating", years=years)
        if found := _SPELL.fullmatch(path):
            code = "fact-spell" if found[1] == "spells" else "fact-absence"
            return self.say(code, number=int(found[2]) + 1, what=self.term(found[3]))
        if found := _STATE.fullmatch(path):
            return self.say("fact-start", fact=self.fact(found[1]))
        if found := _EVENT.fullmatch(path):
            fact, number = self.fact(found[1]), int(found[2]) + 1
            return self.say("fact-event", fact=fact, number=number, what=self.term(found[3]))
        return self.fact(path)

    def option(self, path: str, option: str) -> str:
        """Say one option that was tried for a fact or for a field of the scheme.

        Args:
            path: The fact, or the field of the scheme.
            option: The option, as text.

        Examples:
            >>> (
            ...     Words("zh").option("service.convention", "whole_months"),
            ...     Words("zh").option("degree", "none"),
            ... )
            ('每段按满月计算后相加', '无学位')
        """
        if option in {"True", "False"}:
            return self.term("yes" if option == "True" else "no")
        if option in {date.max.isoformat(), date.min.isoformat()}:
            return self.term("not_yet" if option == date.max.isoformat() else "already")
        if not option:
            return self.term("elsewhere")
        if path == "post" or path.endswith("].post"):
            return self.post(option)
        if path in NATIONAL_FACTS:
            return self.value(path, option)
        if path.startswith("ratings.") and re.fullmatch(r"[+-]\d+", option):
            return self.say("option-rises", rises=option)
        section, _, key = path.partition(".")
        group = _OF_SECTION.get(section) or _GROUPS.get(key.rpartition(".")[2], "")
        word, _, rest = option.partition(" ")
        named = self.word(group, word)
        return self.say("option-day", rule=named, day=rest) if rest else named

    def proof(self, path: str) -> str:
        """Say what to hand in so that a fact is known."""
        fact = re.split(r"[.\[]", path, maxsplit=1)[0]
        proof = self.term(f"proof.{fact}")
        return self.term("proof.other") if proof == f"proof.{fact}" else proof

    def assumption(self, text: str) -> str:
        """Say what a caller assumed, such as `honours=none` or `pay.award.yuan.basic=500`."""
        name, mark, value = text.partition("=")
        if not mark:
            return text
        if "." in name:
            # a field of the scheme file: its path says exactly which
            field = self.place(_UNIT_KEY.sub("", name))
            return self.say("assumed-field", field=field, path=name, value=value)
        fact = _LISTS.get(name, name).removeprefix("fact:")
        if year := re.fullmatch(r"rating_(\d{4})", fact):
            return self.say(
                "fact-value",
                fact=self.question(f"ratings.{year[1]}"),
                value=self.value("last_rating", value),
            )
        return self.say("fact-value", fact=self.fact(fact), value=self.value(fact, value))

    # --- gaps and sources ---

    def place(self, path: str) -> str:
        """Name the field of the scheme file that a path leads to."""
        return place_text(path, self.lang, version=self._version)

    def gap(self, gap: Gap) -> str:
        """Say a gap: the sentence of its code, or what the scheme's author wrote."""
        return gap_text(gap, self.lang)

    def cite(self, citation: Citation) -> str:
        """Name a source and clause: with its title the first time, then by its number."""
        again = citation.source in self._cited
        number = self._cited.setdefault(citation.source, len(self._cited) + 1)
        source = self._sources.get(citation.source)
        code = "source-again" if again else "source-first"
        return self.say(
            code if citation.clause else f"{code}-whole",
            number=number,
            title=_bare(source.instrument) if source is not None else citation.source,
            clause=citation.clause,
        )

    def cited(self) -> list[str]:
        """List the sources named so far, with document numbers."""
        lines: list[str] = []
        for source_id, number in self._cited.items():
            source = self._sources.get(source_id)
            if source is None:
                lines.append(self.say("foot-source-id", number=number, title=source_id))
                continue
            lines.append(
                self.say(
                    "foot-source",
                    number=number,
                    title=_bare(source.instrument),
                    issuer=self.word("issuer", source.issuer),
                    document=self.word("number", source.number),
                    trust=self.term(source.trust),
                    url=source.url,
                ).rstrip()
            )
        return lines


def fact_text(path: str, lang: Language = "en", *, version: SchemeVersion | None = None) -> str:
    """Say which fact a path of the worker's file means, such as the one that settles most.

    Args:
        path: The path, as `OneOf.settled_by` and `OneOf.unknown` give it.
        lang: `"en"` or `"zh"`.
        version: The version that was asked, for names of facts that it declares.

    Examples:
        >>> fact_text("ratings.2018+2019", "zh"), fact_text("honour")
        ('2018、2019 年度考核结果', 'honour')
    """
    return Words(lang, version=version).question(path)
