"""Scheme files: the only reader of them. Every fault at once, with its line, path and what would be accepted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from cwgrade.errors import ArgumentError, SchemeFault, SchemeFileError
from cwgrade.law.pay import Split
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.schemefile.assumed import ASSUMED, filled, open_fields
from cwgrade.schemefile.checks import check_version
from cwgrade.schemefile.foreseen import foresee
from cwgrade.schemefile.layers import BELOW, FORMAT, Bundled, Layered, layered
from cwgrade.schemefile.problems import Found
from cwgrade.schemefile.sections import read_named, tables_of
from cwgrade.schemefile.suggest import offer
from cwgrade.schemefile.vocabulary import (
    HEADER,
    NAMED,
    NEEDED,
    SCOPE,
    SECTIONS,
    SINGLE,
    SOURCE,
    SPLIT,
)
from cwgrade.tomlfile import TomlFile, parse_toml, path_text, read_toml

__all__ = ["FORMAT", "Bundled", "assume", "open_paths", "parse_scheme", "read_scheme"]

_MOST_FAULTS: Final = 200


def read_scheme(path: Path, *, bundled: Bundled | None = None) -> SchemeVersion:
    """Read a scheme file, with what it extends.

    Args:
        path: The file.
        bundled: Finds the bundled schemes that it may extend by id.

    Raises:
        SchemeFileError: It is faulty; every fault is in it.
        OSError: It cannot be opened.
    """
    return _version_of(read_toml(path), bundled, folder=path.parent)


def parse_scheme(
    text: str,
    *,
    file: str = "scheme.toml",
    bundled: Bundled | None = None,
    folder: Path | None = None,
) -> SchemeVersion:
    r"""Read a scheme from text.

    Args:
        text: What a scheme file holds.
        file: The name to show in messages; a file that it extends is looked for in the same folder.
        bundled: Finds the bundled schemes that it may extend by id.
        folder: Where its tables stand that are files of their own.

    Raises:
        SchemeFileError: It is faulty; every fault is in it.

    Examples:
        >>> try:
        ...     parse_scheme('format = "cwgrade-scheme/1"\n[sceme]')
        ... except SchemeFileError as error:
        ...     print(error.exceptions[-1].text("en")[:61])
        scheme.toml:2: sceme: There is no section 'sceme' in a scheme
    """
    return _version_of(parse_toml(text, file=file), bundled, folder)


def assume(scheme: Scheme, values: Mapping[str, object]) -> Scheme:
    """Fill what a scheme leaves open with values of one's own.

    The id of what comes out ends in `+assumed`, its versions list what was assumed, and so does every result. Each
    value is checked by the readers that read scheme files.

    Args:
        scheme: A scheme that was read from files.
        values: What is assumed: the path of a field that is missing or has several readings, as `cwgrade check` and
            the gaps of an answer give it, and the value as a scheme file would state it, in the units of the file.
            A decimal is a `Decimal`, never a float. A key that goes with one that is filled, such as
            `proration.day`, may stand beside it.

    Returns:
        The scheme itself where nothing is assumed.

    Raises:
        ArgumentError: A path leads to nothing that is open, a value is a float, or the scheme was read from no file.
        SchemeFileError: A value cannot stand where it should.

    Examples:
        >>> from cwgrade import load_scheme
        >>> filled = assume(load_scheme("shaanxi-2012"), {"pay.post_allowance.member": 300})
        >>> filled.id, filled.versions[0].assumed
        ('shaanxi-2012+assumed', ('pay.post_allowance.yuan.member=300',))
    """
    if not isinstance(scheme, Scheme):
        raise ArgumentError("not-a-loaded-scheme", name="scheme", value=scheme)
    if not values:
        return scheme
    left, versions = set(values), []
    for version in scheme.versions:
        if not isinstance(version.origin, Layered):
            raise ArgumentError("assume-without-file", scheme=version.id)
        layers, closed = filled(version.origin, values)
        left &= closed
        versions.append(_with(version, version.origin, layers))
    if left:
        path = min(left)
        facts = offer(path, open_paths(scheme))
        raise ArgumentError("assume-not-open", value=path, scheme=scheme.id, **facts)
    return Scheme(tuple(versions))


def open_paths(scheme: Scheme) -> tuple[str, ...]:
    """Give the path of every field that a scheme leaves open, as `assume` takes it.

    Examples:
        >>> from cwgrade import load_scheme
        >>> "pay.post_allowance.yuan.member" in open_paths(load_scheme("shaanxi-2012"))
        True
    """
    origins = [one.origin for one in scheme.versions if isinstance(one.origin, Layered)]
    named = (path_text(place) for one in origins for place, _ in open_fields(one.table))
    return tuple(dict.fromkeys(named))


def _with(version: SchemeVersion, before: Layered, after: Layered) -> SchemeVersion:
    """Give a version with what the filled file says otherwise; what a caller changed in it stays."""
    old = _checked(before)
    try:
        new = _checked(after)
    except SchemeFileError as error:
        faults = [_assumed(one, after) for one in _faults(error)]
        if all(one.file == ASSUMED for one in faults if one.code != BELOW):
            # no file is to blame, and so none that the scheme extends
            faults = [one for one in faults if one.code != BELOW]
        raise SchemeFileError(faults) from None
    changed = {
        field.name: getattr(new, field.name)
        for field in attrs.fields(SchemeVersion)
        if field.init and field.eq and getattr(new, field.name) != getattr(old, field.name)
    }
    for name in changed:
        if getattr(version, name) != getattr(old, name):
            raise ArgumentError("assume-changed", scheme=version.id, value=name)
    marked = version.id.removesuffix(f"+{ASSUMED}") + f"+{ASSUMED}"
    assumed = tuple(f"{path}={value}" for path, value in after.assumed)
    return attrs.evolve(version, **{**changed, "id": marked, "assumed": assumed, "origin": after})


def _faults(error: SchemeFileError) -> list[SchemeFault]:
    return [one for one in error.exceptions if isinstance(one, SchemeFault)]


def _assumed(fault: SchemeFault, layers: Layered) -> SchemeFault:
    """Give a fault of what was assumed as such: it stands in no line of the file."""
    at = f"{fault.path}."
    own = any(at.startswith((f"{path}.", f"{path}[")) for path, _ in layers.assumed)
    return fault.located(file=ASSUMED, line=None) if own else fault


def _version_of(
    file: TomlFile, bundled: Bundled | None, folder: Path | None = None
) -> SchemeVersion:
    return _checked(layered(file, bundled, folder))


def _checked(layers: Layered) -> SchemeVersion:
    """Read a file and check what it says.

    Raises:
        SchemeFileError: It is faulty; every fault is in it.
    """
    found = Found()
    means_one = _is_scheme(layers.own, found)
    found.folder_of = layers.folder_of
    version = None
    if means_one and layers.whole:
        version = _read(layers, found)
        for fault in check_version(version):
            found.admit(fault)
    elif means_one:
        HEADER.read(layers.own.get("scheme"), ("scheme",), found)
    if found.problems or layers.faults or version is None:
        layer_faults = list(layers.faults) if means_one else []
        faults = layers.in_order([*layer_faults, *found.faults(layers)])
        more = len(faults) - _MOST_FAULTS
        if more > 0:
            faults = [
                *faults[:_MOST_FAULTS],
                SchemeFault("toml-more-faults", file=layers.files[0], count=more),
            ]
        raise SchemeFileError(faults)
    return version


def _is_scheme(table: Mapping[str, Any], found: Found) -> bool:
    """Tell whether the file means to be a scheme of this format; another kind of file has one fault."""
    stated = table.get("format")
    if stated == FORMAT:
        return True
    if stated is not None:
        found.add("unknown-format", ("format",), value=stated, accepted=[FORMAT])
        return False
    if not any(name in table for name in NEEDED):
        found.add("not-a-scheme", (), format=FORMAT)
        return False
    found.add("format-missing", (), format=FORMAT)
    return True


def _read(layers: Layered, found: Found) -> SchemeVersion:
    """Read every section; what cannot be read is stood in for, so that the rest can be checked."""
    table = layers.table
    _check_sections(table, found)
    foresee(table, found)
    header = (
        HEADER.read(table["scheme"], ("scheme",), found) if "scheme" in table else HEADER.stand_in()
    )
    fields: dict[str, Any] = {
        name: getattr(header, name) for name in HEADER.keys if name != "replaces"
    }
    fields["extends"], fields["origin"] = layers.extends, layers
    fields["assumed"] = tuple(f"{path}={value}" for path, value in layers.assumed)
    fields["sources"] = read_named(table.get("sources", {}), SOURCE, "", ("sources",), found)
    for name, (field, name_field, section) in NAMED.items():
        fields[field] = read_named(table.get(name, {}), section, name_field, (name,), found)
    for name, section in SINGLE.items():
        if name in table:
            fields[name] = section.read(table[name], (name,), found)
    fields["excluded"] = SCOPE.read(table.get("scope", {}), ("scope",), found)
    fields["split"] = _splits(table.get("split", []), found)
    return SchemeVersion(**fields)


def _check_sections(table: Mapping[str, Any], found: Found) -> None:
    meant: set[object] = set()
    for name in table:
        if name not in SECTIONS:
            facts = _section_meant(name)
            found.note("unknown-section", (name,), value=name, **facts)
            section = str(facts.get("near", name)).partition(".")[0]
            found.lose((section,))
            meant.add(section)
    for name in NEEDED:
        if name not in table:
            found.lose((name,))
            if name not in meant:
                found.note("missing-section", (), value=name)


def _section_meant(name: str) -> dict[str, Any]:
    """Give what a strange section may mean: `payother` is taken for `pay.other`."""
    facts = offer(name, SECTIONS)
    if "near" in facts:
        return facts
    starts = [one for one in (*NAMED, "sources") if name.startswith((one, one.removesuffix("s")))]
    if not starts:
        return facts
    section = max(starts, key=len)
    rest = name.removeprefix(section).removeprefix(section.removesuffix("s")).strip("_-")
    return {"near": f"{section}.{rest}" if rest else section}


def _splits(raw: object, found: Found) -> tuple[Split, ...]:
    if isinstance(raw, Mapping):
        found.wrote(("split", 0), ("split",))
        return (SPLIT.read(raw, ("split", 0), found),)
    splits: tuple[Split, ...] = tables_of(SPLIT).read(raw, ("split",), found)
    return tuple(
        attrs.evolve(one, path=path_text(("split", place))) for place, one in enumerate(splits)
    )
