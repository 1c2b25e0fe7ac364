"""The bundled schemes and the invented roster, read from the package's own files."""

from __future__ import annotations

import functools
from importlib import resources
from pathlib import Path
from typing import Final

from cwgrade.errors import ArgumentError
from cwgrade.scheme import Scheme
from cwgrade.schemefile import read_scheme
from cwgrade.tomlfile import near

__all__ = ["facts_path", "load_scheme", "roster_path", "scheme_ids", "scheme_path"]

_HERE: Final = "cwgrade.catalogue"


def _folder(name: str) -> Path:
    # installed packages are unpacked folders; a zipped one is not supported
    return Path(str(resources.files(_HERE).joinpath(name)))


def scheme_ids() -> tuple[str, ...]:
    """Give the ids of the bundled schemes.

    Examples:
        >>> "sample-3x18" in scheme_ids()
        True
    """
    files = (path.stem for path in _folder("schemes").glob("*.toml"))
    # an id has no dot; what has one, such as ID.facts.toml, is no scheme
    return tuple(sorted(name for name in files if "." not in name))


def scheme_path(scheme_id: str) -> Path:
    """Give the file of a bundled scheme.

    Raises:
        ArgumentError: There is no such scheme.
    """
    ids = scheme_ids()
    if scheme_id not in ids:
        raise ArgumentError(
            "no-such-scheme", value=scheme_id, near=near(scheme_id, ids), accepted=list(ids)
        )
    return _folder("schemes") / f"{scheme_id}.toml"


def facts_path(scheme_id: str) -> Path:
    """Give the facts file of a bundled scheme; a sample has none, and the path leads nowhere.

    Raises:
        ArgumentError: There is no such scheme.
    """
    return scheme_path(scheme_id).with_suffix(".facts.toml")


def load_scheme(scheme: str | Path) -> Scheme:
    """Load a scheme: a bundled one by its id, any other by its file.

    Args:
        scheme: An id, or the path of a scheme file. Text that ends in `.toml` or has a path separator is a path.

    Raises:
        ArgumentError: There is no bundled scheme of that id.
        SchemeFileError: The file is faulty.
        OSError: The file cannot be opened.

    Examples:
        >>> load_scheme("changsha-furong-2018").versions[0].posts[0].label.zh
        '社区正职'
    """
    if isinstance(scheme, Path) or scheme.endswith(".toml") or "/" in scheme or "\\" in scheme:
        return Scheme((read_scheme(Path(scheme)),))
    return _bundled(scheme)


@functools.lru_cache(maxsize=64)
def _bundled(scheme_id: str) -> Scheme:
    return Scheme((read_scheme(scheme_path(scheme_id)),))


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
