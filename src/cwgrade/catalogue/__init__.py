"""The bundled schemes and the invented roster, read from the package's own files.

A file holds one version. The newest version of a scheme is `ID.toml`; earlier ones lie beside it as
`ID@WORD.toml`, where the word is of the author's choice, such as the first day in force.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Final

from cwgrade import schemefile
from cwgrade.errors import ArgumentError, SchemeFault, SchemeFileError
from cwgrade.figures import with_published
from cwgrade.published import PublishedSeries
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.schemefile.layers import is_path
from cwgrade.seriesfile import read_series
from cwgrade.tomlfile import near, read_toml

__all__ = [
    "facts_path",
    "load_scheme",
    "load_series",
    "parse_scheme",
    "published_series",
    "read_scheme",
    "roster_path",
    "scheme_ids",
    "scheme_path",
    "versions_beside",
]

_HERE: Final = "cwgrade.catalogue"
_VERSION: Final = "@"
"""Between a scheme's id and the word that tells an earlier version."""
_MOST_NEAR: Final = 5
_ALIKE: Final = 0.75
"""Names that share less are those of other places."""
_YEAR: Final = re.compile(r"-(?:\d{4}|undated)$", re.ASCII)


def _folder(name: str) -> Path:
    # installed packages are unpacked folders; a zipped one is not supported
    return Path(str(resources.files(_HERE).joinpath(name)))


def scheme_ids() -> tuple[str, ...]:
    """Give the ids of the bundled schemes.

    Examples:
        >>> "sample-3x18" in scheme_ids()
        True
    """
    return tuple(sorted(name for name in _files() if _VERSION not in name))


def _files() -> Mapping[str, Path]:
    """Give the bundled files by name; what has a dot in its name, such as `ID.facts.toml`, is no scheme."""
    found = _folder("schemes").glob("*.toml")
    return {path.stem: path for path in sorted(found) if "." not in path.stem}


def scheme_path(scheme_id: str) -> Path:
    """Give the file of a bundled scheme: its newest version, or the one named behind `@`.

    Raises:
        ArgumentError: There is no such scheme.
    """
    files = _files()
    if scheme_id not in files:
        accepted = sorted(files) if _VERSION in scheme_id else list(scheme_ids())
        raise ArgumentError("no-such-scheme", value=scheme_id, near=_nearest(scheme_id, accepted))
    return files[scheme_id]


def _nearest(scheme_id: str, known: list[str]) -> list[str]:
    """Give the few ids that may be meant: those of the same place first, then those that look alike."""
    place = scheme_id.casefold().partition("-")[0]
    same = [one for one in known if place and one.startswith(place)]
    # the year says nothing about the place
    names = {one: _YEAR.sub("", one) for one in known}
    typed = _YEAR.sub("", scheme_id.casefold())
    alike = difflib.get_close_matches(
        typed, dict.fromkeys(names.values()), n=_MOST_NEAR, cutoff=_ALIKE
    )
    meant = (one for name in alike for one in known if names[one] == name)
    return list(dict.fromkeys((*same, *meant)))[:_MOST_NEAR]


def read_scheme(path: Path | str) -> SchemeVersion:
    """Read a scheme file, with what it extends.

    Args:
        path: The file.

    Raises:
        ArgumentError: There is no such file.
        SchemeFileError: It is faulty; every fault is in it.
        OSError: It is there and cannot be opened.
    """
    return _with_figures(schemefile.read_scheme(_found(Path(path)), bundled=scheme_path))


def parse_scheme(
    text: str, *, file: str = "scheme.toml", folder: Path | None = None
) -> SchemeVersion:
    """Read a scheme from text, with what it extends.

    Args:
        text: What a scheme file holds.
        file: The name to show in messages; a file that it extends is looked for in the same folder.
        folder: Where its tables stand that are files of their own.

    Raises:
        SchemeFileError: It is faulty; every fault is in it.
    """
    return _with_figures(
        schemefile.parse_scheme(text, file=file, bundled=scheme_path, folder=folder)
    )


def _with_figures(version: SchemeVersion) -> SchemeVersion:
    if not any(one.published for one in version.series):
        # most schemes need none; reading them all takes a moment
        return version
    return with_published(version, published_series())


@functools.lru_cache(maxsize=1)
def published_series() -> PublishedSeries:
    """Give the packaged figures: average wages of China, its provinces and cities, as printed.

    Examples:
        >>> beijing = published_series().of_region("11")
        >>> {one.value for one in {figure.unit for figure in beijing}} == {"month", "year"}
        True
    """
    return read_series(_folder("series") / "average-wages.csv")


def load_series(path: str | Path) -> PublishedSeries:
    """Load published figures of one's own, from a CSV or TOML file.

    Args:
        path: The file.

    Raises:
        ArgumentError: There is no such file.
        SeriesFileError: It is faulty, or contradicts a packaged figure that pay may rest on; every fault is in it.
        OSError: It is there and cannot be opened.
    """
    return read_series(_found(Path(path)), known=published_series().figures)


def _found(path: Path) -> Path:
    """Give the path of a file that is there; what else the folder has is offered for one that is not."""
    if not path.exists():
        beside = [one.name for one in path.parent.glob(f"*{path.suffix}")] if path.suffix else []
        raise ArgumentError("no-such-file", value=str(path), near=near(path.name, beside))
    return path


def facts_path(scheme_id: str) -> Path:
    """Give the facts file of a bundled scheme; a sample has none, and the path leads nowhere.

    Raises:
        ArgumentError: There is no such scheme.
    """
    return scheme_path(scheme_id).with_suffix(".facts.toml")


def load_scheme(scheme: str | Path) -> Scheme:
    """Load a scheme with its versions: a bundled one by its id, any other by its file.

    Args:
        scheme: An id, or the path of a scheme file. Text that ends in `.toml` or has a path separator is a path.
            Earlier versions, `NAME@WORD.toml` beside `NAME.toml`, are loaded too.

    Raises:
        ArgumentError: There is no bundled scheme of that id, or no such file.
        SchemeFileError: A file is faulty, or the files are no versions of one scheme.
        OSError: The file is there and cannot be opened.

    Examples:
        >>> load_scheme("changsha-furong-2018").versions[0].posts[0].label.zh
        '社区正职'
    """
    if not isinstance(scheme, str | Path):
        raise ArgumentError("not-text", name="scheme", value=scheme)
    if isinstance(scheme, Path) or is_path(scheme):
        versions = versions_beside(_found(Path(scheme)))
        return Scheme(tuple(version for _, version in versions))
    return _bundled(scheme)


@functools.lru_cache(maxsize=64)
def _bundled(scheme_id: str) -> Scheme:
    return Scheme(tuple(version for _, version in versions_beside(scheme_path(scheme_id))))


def versions_beside(path: Path) -> tuple[tuple[Path, SchemeVersion], ...]:
    """Read a scheme file and the earlier versions beside it.

    Args:
        path: The newest version, `NAME.toml`; a file with `@` in its name stands for itself alone.

    Returns:
        Each version with its file, by first day in force.

    Raises:
        SchemeFileError: A file is faulty, or is of another scheme, or begins on the same day as another.
        OSError: A file cannot be opened.
    """
    faults: list[SchemeFault] = []
    read: list[tuple[Path, SchemeVersion]] = []
    for one in _earlier(path):
        try:
            read.append((one, read_scheme(one)))
        except SchemeFileError as error:
            faults += [fault for fault in error.exceptions if isinstance(fault, SchemeFault)]
    if not faults:
        faults += _differing(read)
    if faults:
        raise SchemeFileError(faults)
    return tuple(sorted(read, key=lambda pair: pair[1].from_day))


def _earlier(path: Path) -> tuple[Path, ...]:
    """Give the files of the earlier versions of a scheme, and its newest last."""
    if _VERSION in path.stem:
        return (path,)
    start = f"{path.stem}{_VERSION}"
    beside = (one for one in path.parent.glob("*.toml") if one.stem.startswith(start))
    return (*sorted(one for one in beside if "." not in one.stem), path)


def _differing(read: list[tuple[Path, SchemeVersion]]) -> list[SchemeFault]:
    """Find what keeps files from being the versions of one scheme."""
    faults = []
    newest = read[-1][1]
    days = {newest.from_day: read[-1][0]}
    for path, version in read[:-1]:
        if version.id != newest.id:
            facts: dict[str, object] = {"value": version.id, "id": newest.id}
            faults.append(_fault("version-of-another-scheme", path, "id", facts))
        if version.from_day in days:
            facts = {"value": version.from_day, "other": str(days[version.from_day])}
            key = "effective_on" if version.effective_on else "attested_from"
            faults.append(_fault("version-on-same-day", path, key, facts))
        days.setdefault(version.from_day, path)
    return faults


def _fault(code: str, path: Path, key: str, facts: Mapping[str, object]) -> SchemeFault:
    line = read_toml(path).line_of(("scheme", key))
    return SchemeFault(code, file=str(path), path=f"scheme.{key}", line=line, **facts)


def roster_path(name: str) -> Path:
    """Give the file of a bundled roster; the only one is `sample`, and it is invented.

    Raises:
        ArgumentError: There is no such roster.
    """
    found = _folder("rosters") / f"{name}.csv"
    if not found.is_file():
        known = sorted(
            path.stem for path in _folder("rosters").glob("*.csv") if "." not in path.stem
        )
        raise ArgumentError("no-such-roster", value=name, near=near(name, known), accepted=known)
    return found
