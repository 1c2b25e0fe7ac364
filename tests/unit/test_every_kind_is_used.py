"""Every kind of rule stands in an invented sample: each section, key, field and word of the vocabulary.

Nothing is listed here but the exceptions. Sections and keys come from the table by which files are read; classes,
fields and words from the classes that the table makes.
"""

from __future__ import annotations

import enum
import sys
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs
import pytest

from cwgrade import schemefile
from cwgrade.canonical import digest
from cwgrade.catalogue import read_scheme, scheme_ids, scheme_path
from cwgrade.quantities import NormalForm
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile import vocabulary
from cwgrade.schemefile.accepts import Schema
from cwgrade.schemefile.formulas import FORMULA_KEYS
from cwgrade.schemefile.sections import Section

SAMPLES: Final = tuple(name for name in scheme_ids() if name.startswith("sample-"))

INVENTED: Final = "an invented scheme has invented sources only"
REAL: Final = "published figures are those of real places"
EXCEPTIONS: Final[dict[str, str]] = {
    "SchemeStatus.COMPUTABLE": "an invented scheme has the status `sample`",
    "SchemeStatus.PARTIAL": "an invented scheme has the status `sample`",
    "Trust.OFFICIAL": INVENTED,
    "Trust.OFFICIAL_ARCHIVE": INVENTED,
    "Trust.OFFICIAL_CITED": INVENTED,
    "Trust.NEWS_MIRROR": INVENTED,
    "Trust.REPRINT": INVENTED,
    "Trust.COMPILATION": INVENTED,
    "Trust.CODE": INVENTED,
    "Trust.CONTENT_FARM": INVENTED,
    "Unit.YEARS": "a unit that no file states: full years are counted, not written",
    "Unit.DAY": "a unit that no file states: bands of the day have it",
    "Unit.OPEN": "a unit that no file states: it is found from the parts",
    "Highest.order": "not written: found from the facts whose values are compared",
    "Lowest.order": "not written: found from the facts whose values are compared",
    "header.place = unknown": "an invented scheme has an invented place",
    "series.figures = published": REAL,
    "series.region": REAL,
    "SchemeVersion.assumed": "an analyst's values are not written in a file",
    "SchemeVersion.end": "no file says it: it is asked with, for the least and the most that an answer can be",
    "End": "no file says it: see `SchemeVersion.end`",
    "NamedSeries.published": REAL,
    "PublishedFigure": REAL,
    "FigureStatus": REAL,
}
"""What cannot stand in an invented file, and why: a class or a key, or one field or word of it.

Nothing else may be missing from the samples.
"""


def is_exception(name: str) -> bool:
    """Tell whether a field, a word or a choice is an exception, by itself or with its class or key."""
    owner, key = name.partition(".")[0], name.partition(" = ")[0]
    return not EXCEPTIONS.keys().isdisjoint((name, owner, key))


# ------------------------------------------------------------------------------------- sections and keys


def _sections() -> dict[str, Section]:
    """Give every section of the table by a name to show; those inside others too."""
    found: dict[int, tuple[str, Section]] = {}

    def add(name: str, section: Section) -> None:
        # a section that is made twice of the same keys is one kind of section
        found.setdefault(id(section.keys), (name, section))

    for name, (_, _, section) in vocabulary.NAMED.items():
        add(name, section)
    for name, section in vocabulary.SINGLE.items():
        add(name, section)
    for module in [one for one in sys.modules if one.startswith(schemefile.__name__)]:
        for name, value in vars(sys.modules[module]).items():
            if isinstance(value, Section):
                add(name.strip("_").lower(), value)
    return dict(found.values())


SECTIONS: Final = _sections()


def named(word: enum.Enum) -> str:
    """Name a word of a closed list."""
    return f"{type(word).__name__}.{word.name}"


def public_fields(made: type) -> tuple[attrs.Attribute[Any], ...]:
    """Give the fields of a class that stand for something in a file."""
    if not attrs.has(made):
        return ()
    return tuple(one for one in attrs.fields(made) if not one.name.startswith("_"))


class Seen:
    """What the samples hold."""

    def __init__(self) -> None:
        """Read every sample and note each section and key that stands in it."""
        self.keys: dict[int, set[str]] = {}
        self.texts: dict[tuple[int, str], set[str]] = {}
        self.formula_keys: set[str] = set()
        # the table binds `read` of inner sections when it is made; what `read` calls can still be watched
        inner = Section._read  # noqa: SLF001

        def noting(
            section: Section, raw: Mapping[str, Any], path: Any, found: Any, given: Any
        ) -> Any:
            self.keys.setdefault(id(section.keys), set()).update(raw)
            for key, value in raw.items():
                if isinstance(value, str):
                    self.texts.setdefault((id(section.keys), key), set()).add(value)
            if section.formula:
                self.formula_keys.update(raw)
            return inner(section, raw, path, found, given)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Section, "_read", noting)
            self.versions = tuple(read_scheme(scheme_path(name)) for name in SAMPLES)
        # words of two lists may be spelled alike, and would then be equal
        self.words: set[str] = set()
        self.objects: dict[type, list[Any]] = {}
        for version in self.versions:
            self._walk(version)

    def _walk(self, value: object) -> None:
        if isinstance(value, enum.Enum):
            self.words.add(named(value))
        elif isinstance(value, NormalForm):
            return
        elif isinstance(value, tuple | list | frozenset):
            for one in value:
                self._walk(one)
        elif isinstance(value, Mapping):
            for one in value.values():
                self._walk(one)
        elif attrs.has(type(value)):
            self.objects.setdefault(type(value), []).append(value)
            for field in public_fields(type(value)):
                self._walk(getattr(value, field.name))


@pytest.fixture(scope="module")
def seen() -> Seen:
    return Seen()


def test_samples_are_read(seen: Seen) -> None:
    assert len({digest(version) for version in seen.versions}) == len(SAMPLES) > 1


@pytest.mark.parametrize("name", vocabulary.SECTIONS)
def test_every_section_stands_in_a_sample(name: str, seen: Seen) -> None:
    fields = {section: field for section, (field, _, _) in vocabulary.NAMED.items()}
    fields |= {"format": "id", "scheme": "id", "scope": "excluded"}
    held = [getattr(version, fields.get(name, name), None) for version in seen.versions]
    assert any(held), f"no sample has a section [{name}]"


@pytest.mark.parametrize("name", SECTIONS)
def test_every_key_stands_in_a_sample(name: str, seen: Seen) -> None:
    section = SECTIONS[name]
    used = seen.keys.get(id(section.keys), set())
    own = [one for one in section.keys if not section.formula or one not in FORMULA_KEYS]
    assert [f"{name}.{one}" for one in own if one not in used] == []


@pytest.mark.parametrize("key", FORMULA_KEYS)
def test_every_way_to_state_a_value_stands_in_a_sample(key: str, seen: Seen) -> None:
    assert key in seen.formula_keys


# -------------------------------------------------------------------------- classes, fields and words


def _types_in(hint: object) -> Iterator[type]:
    if isinstance(hint, type) and not isinstance(hint, types.GenericAlias):
        yield hint
    for one in typing.get_args(hint):
        yield from _types_in(one)


def _reachable() -> tuple[list[type], list[type[enum.Enum]]]:
    """Give the classes that make up a version, and the closed lists of words in their fields."""
    classes: dict[type, None] = {}
    lists: dict[type[enum.Enum], None] = {}
    waiting: list[type] = [SchemeVersion]
    while waiting:
        one = waiting.pop(0)
        if one in classes or one is NormalForm or not one.__module__.startswith("cwgrade."):
            continue
        if issubclass(one, enum.Enum):
            lists[one] = None
        elif attrs.has(one):
            classes[one] = None
            for hint in typing.get_type_hints(one).values():
                waiting.extend(_types_in(hint))
    return list(classes), list(lists)


CLASSES, LISTS = _reachable()


def _fields() -> Iterator[tuple[str, type, attrs.Attribute[Any]]]:
    for one in CLASSES:
        for field in public_fields(one):
            yield f"{one.__name__}.{field.name}", one, field


FIELDS: Final = {name: (one, field) for name, one, field in _fields()}
WORDS: Final = tuple(named(word) for one in LISTS for word in one)


def test_the_classes_are_found() -> None:
    made = {section.make for section in SECTIONS.values() if isinstance(section.make, type)}
    # the header's keys become fields of the version itself
    assert made - set(CLASSES) == {SECTIONS["header"].make}
    assert len(CLASSES) > 20
    assert len(WORDS) > 40


@pytest.mark.parametrize("name", [name for name in FIELDS if not is_exception(name)])
def test_every_field_is_filled_in_a_sample(name: str, seen: Seen) -> None:
    owner, field = FIELDS[name]
    held = [getattr(one, field.name) for one in seen.objects.get(owner, [])]
    default = None if isinstance(field.default, attrs.Factory) else field.default  # type: ignore[arg-type]
    assert any(value != default for value in held), f"every sample leaves {name} as it is"


@pytest.mark.parametrize("name", [name for name in WORDS if not is_exception(name)])
def test_every_word_stands_in_a_sample(name: str, seen: Seen) -> None:
    assert name in seen.words, f"no sample says {name}"


def _words_of(shape: Schema) -> tuple[str, ...]:
    """Give the closed list of words that a key takes; of one that is only told for gaps, the words of those."""
    options = shape.get("anyOf", [shape])
    direct = [word for one in options for word in one.get("enum", ())]
    if direct or {"type": "string", "pattern": r"\S"} not in options:
        return tuple(direct)
    among = [one.get("properties", {}).get("among", {}) for one in options]
    return tuple(word for one in among for word in one.get("items", {}).get("enum", ()))


CHOICES: Final = {
    f"{name}.{key} = {word}": (section, key, word)
    for name, section in SECTIONS.items()
    for key, one in section.keys.items()
    for word in _words_of(one.kind.accepts)
}
ALLOWED: Final = {word.value for one in LISTS for word in one if named(word) in EXCEPTIONS}
"""Words of the classes that are exceptions, as a file would write them."""
WANTED: Final = tuple(
    name for name, (_, _, word) in CHOICES.items() if not is_exception(name) and word not in ALLOWED
)


@pytest.mark.parametrize("choice", WANTED)
def test_every_choice_of_a_key_stands_in_a_sample(choice: str, seen: Seen) -> None:
    """Where several keys take the same list of words, each word stands behind one of them."""
    section, key, word = CHOICES[choice]
    alike = _words_of(section.keys[key].kind.accepts)
    used = [
        seen.texts.get((id(one.keys), name), set())
        for one in SECTIONS.values()
        for name, inner in one.keys.items()
        if _words_of(inner.kind.accepts) == alike
    ]
    assert any(word in one for one in used), f"no sample has {choice}"


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_every_exception_is_one(name: str, seen: Seen) -> None:
    """What stands in a sample after all, or is not there any more, is no exception."""
    owner, _, key = name.partition(".")
    if name in WORDS:
        assert name not in seen.words
    elif name in FIELDS:
        made_of, field = FIELDS[name]
        found = seen.objects.get(made_of, [])
        assert all(getattr(one, field.name) == field.default for one in found)
    elif not key:
        assert owner in {one.__name__ for one in (*CLASSES, *LISTS)}
        assert owner not in {one.__name__ for one in seen.objects}
        assert owner not in {word.partition(".")[0] for word in seen.words}
    else:
        listed = [(CHOICES[one], one) for one in CHOICES if one.startswith(name)]
        assert listed
        for (section, inside, word), choice in listed:
            assert word not in seen.texts.get((id(section.keys), inside), set()), choice
