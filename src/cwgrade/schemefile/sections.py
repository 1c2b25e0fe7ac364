"""How a section of a file becomes an object: its keys, which of them are needed, and how each is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from cwgrade.schemefile.accepts import ANYTHING, Schema, by_name, meanings, small, told
from cwgrade.schemefile.forms import FORMS
from cwgrade.schemefile.formulas import FORM_KEYS, FORMULA_KEYS, UNREAD, read_formula
from cwgrade.schemefile.kinds import (
    Kind,
    is_name,
    list_of,
)
from cwgrade.schemefile.missing import is_missing
from cwgrade.schemefile.problems import Found, Path
from cwgrade.schemefile.suggest import offer
from cwgrade.tomlfile import path_text

__all__ = ["Key", "Section", "key", "named", "needed", "read_named", "section_kind", "tables_of"]

_MOST_NAMED: Final = 300
_SPANS: Final = ("years", "months")


@attrs.frozen
class Key:
    """A key of a section.

    Attributes:
        kind: What it holds.
        needed: Whether it may not be left out.
        field: The field of the class that it fills, where that has another name.
    """

    kind: Kind
    needed: bool = False
    field: str = ""


def key(kind: Kind, field: str = "") -> Key:
    """Make a key that may be left out."""
    return Key(kind, field=field)


def needed(kind: Kind, field: str = "") -> Key:
    """Make a key that may not be left out."""
    return Key(kind, needed=True, field=field)


@attrs.frozen(kw_only=True)
class Section:
    """A section.

    Attributes:
        make: Makes the object of the fields.
        keys: Its keys.
        formula: Whether it states a value: `needed`, `optional`, or not at all.
        shape: Brings keys that belong together into the fields of the class.
        also: Other classes that take some of its keys, and say what they mean.
    """

    make: Callable[..., Any]
    keys: Mapping[str, Key]
    formula: str = ""
    shape: Callable[[dict[str, Any], Path, Found], dict[str, Any]] | None = None
    also: tuple[type[Any], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every key that a file may write."""
        own = tuple(name for name in self.keys if not self.formula or name not in FORMULA_KEYS)
        return (*own, *FORMULA_KEYS) if self.formula else own

    @property
    def accepts(self) -> Schema:
        """Its shape, with the meaning of every key from the docstring of its class."""
        means: dict[str, str] = {}
        for made in (*self.also, self.make):
            means |= meanings(made)
        own = {
            # a file writes yuan where the class counts fen
            name: told(
                one.kind.accepts, _meaning(means, one.field or name).replace(" fen", " yuan")
            )
            for name, one in self.keys.items()
        }
        shapes = {name: own.get(name, FORMS.get(name, ANYTHING)) for name in self.names}
        return small(shapes, (name for name, one in self.keys.items() if one.needed))

    def read(self, raw: object, path: Path, found: Found, **given: Any) -> Any:
        """Make the object; what cannot be read is stood in for.

        Args:
            raw: What the file holds.
            path: Where.
            found: Takes the faults.
            given: Fields that the section's place gives, such as its name.
        """
        if isinstance(raw, list) and raw and all(isinstance(one, Mapping) for one in raw):
            found.add("single-brackets", path, value=path_text(path))
        elif not isinstance(raw, Mapping):
            found.add("wants-section", path, value=raw)
        elif is_missing(raw):
            found.add("no-gap-here", path)
        else:
            return self._read(raw, path, found, given)
        return self.stand_in(**given)

    def stand_in(self, **given: Any) -> Any:
        """Make an object of which nothing is known."""
        fields = dict(given)
        for name, one in self.keys.items():
            if one.needed:
                fields[one.field or name] = one.kind.stand_in
        if self.formula:
            fields["formula"] = UNREAD
        if self.shape is not None:
            fields = self.shape(fields, (), Found())
        return self.make(**fields)

    def _read(
        self, raw: Mapping[str, Any], path: Path, found: Found, given: Mapping[str, Any]
    ) -> Any:
        meant = self._check_keys(raw, path, found)
        fields = dict(given)
        for name, one in self.keys.items():
            if name in raw:
                fields[one.field or name] = _value(one.kind, raw[name], (*path, name), found)
            elif one.needed:
                fields[one.field or name] = one.kind.stand_in
        if self.formula:
            fields |= self._formula(raw, path, found, meant)
        if self.shape is not None:
            fields = self.shape(fields, path, found)
        return self.make(**fields)

    def _formula(
        self, raw: Mapping[str, Any], path: Path, found: Found, meant: set[str]
    ) -> dict[str, Any]:
        stated = {name: raw[name] for name in FORMULA_KEYS if name in raw}
        if any(name in raw for name in FORM_KEYS):
            return {"formula": read_formula(stated, path, found)}
        if meant.intersection(FORM_KEYS):
            return {"formula": UNREAD}
        if self.formula == "needed":
            found.add("no-form", path, forms=list(FORM_KEYS))
            return {"formula": UNREAD}
        for name in stated:
            if name not in self.keys:
                found.note("key-without-amount", (*path, name), value=name)
        return {}

    def _check_keys(self, raw: Mapping[str, Any], path: Path, found: Found) -> set[str]:
        """Note keys that are not known and keys that are missing; give the keys that were meant by unknown ones."""
        names: tuple[str, ...] = self.names
        meant: set[str] = set()
        for name in raw:
            if name not in names:
                facts = offer(name, [one for one in names if one not in raw] or names)
                found.note("unknown-key", (*path, name), value=name, **facts)
                meant.add(str(facts.get("near", name)))
                found.lose((*path, str(facts.get("near", name))))
        for name, one in self.keys.items():
            if one.needed and name not in raw:
                found.lose((*path, name))
                if name not in meant:
                    found.note("missing-key", path, value=name)
        return meant


def _meaning(means: Mapping[str, str], name: str) -> str:
    """Give the meaning of a key; one that is written in years or months is one field without its unit."""
    stem, _, unit = name.rpartition("_")
    if name in means or unit not in _SPANS:
        return means.get(name, "")
    other = next((means[one] for one in (stem, f"{stem}_months") if one in means), "")
    return f"{other} Here in {unit}." if other else ""


def _value(kind: Kind, raw: object, path: Path, found: Found) -> Any:
    if is_missing(raw) and not kind.missing:
        found.add("no-gap-here", path)
        return kind.stand_in
    return kind.read(raw, path, found)


def section_kind(section: Section) -> Kind:
    """Make the kind of a section inside a section."""
    return Kind(section.read, section.stand_in(), accepts=section.accepts)


def tables_of(section: Section) -> Kind:
    """Make the kind of a list of sections, which a file writes with double brackets."""
    listed = list_of(section_kind(section))

    def read(raw: object, path: Path, found: Found) -> Any:
        if isinstance(raw, Mapping) and not is_missing(raw):
            found.add("double-brackets", path, value=path_text(path))
            return ()
        return listed.read(raw, path, found)

    return Kind(read, (), accepts=listed.accepts)


def read_named(
    raw: object, section: Section, name_field: str, path: Path, found: Found
) -> tuple[Any, ...]:
    """Read a section of named tables, such as `[posts.deputy]`.

    Args:
        raw: The table of tables.
        section: What each of them is.
        name_field: The field that takes the name; `""` where each is a pair of name and object.
        path: Where the section stands.
        found: Takes the faults.
    """
    if not isinstance(raw, Mapping):
        found.add("wants-section", path, value=raw)
        return ()
    if is_missing(raw):
        found.add("no-gap-here", path)
        return ()
    if len(raw) > _MOST_NAMED:
        found.add("too-many", path, count=len(raw), most=_MOST_NAMED)
        return ()
    read: list[Any] = []
    for name, table in raw.items():
        if not is_name(name):
            found.add("bad-name", (*path, name), value=name)
            found.lose((*path, ""))
            continue
        if name_field:
            read.append(section.read(table, (*path, name), found, **{name_field: name}))
        else:
            read.append((name, section.read(table, (*path, name), found)))
    return tuple(read)


def named(section: Section, name_field: str) -> Kind:
    """Make the kind of a section of named tables inside a section."""

    def read(raw: object, path: Path, found: Found) -> tuple[Any, ...]:
        return read_named(raw, section, name_field, path, found)

    return Kind(read, (), accepts=by_name(section.accepts))
