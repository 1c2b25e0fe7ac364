"""Make the page of bundled schemes from their files: `python -m tests.tools.make_scheme_page`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Final

from cwgrade.catalogue import load_scheme, scheme_ids, scheme_path
from cwgrade.cli.needs import Omission, omissions
from cwgrade.gaps import Readings
from cwgrade.money import yuan_text
from cwgrade.quantities import Unit
from cwgrade.scheme import SchemeStatus, SchemeVersion
from cwgrade.sources import LegalSource
from cwgrade.wording import term

__all__ = ["PAGE", "PLACE_UNKNOWN", "STATUS", "page", "row_text"]

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "schemes.md"

_OPENING: Final = """\
# Bundled schemes

A bundled scheme holds what its sources say and nothing else; a figure that no source gives is marked as missing.
`cwgrade show ID` prints one with its tables. This page is made from them: `python -m tests.tools.make_scheme_page`.

*Computable*: what the document covers can be computed, at least for full months in one post. *Partial*: some of it
cannot. *Sample*: invented. An answer that depends on something missing is withheld. What the sources of each scheme
say, and what is still looked for, stands in the [catalogue](catalogue.md).
"""

PLACE_UNKNOWN: Final = "not known"
STATUS: Final = {
    SchemeStatus.COMPUTABLE: "computable",
    SchemeStatus.PARTIAL: "partial",
    SchemeStatus.SAMPLE: "invented sample",
}


def page() -> str:
    """Give the text of the page."""
    versions = [version for one in scheme_ids() for version in load_scheme(one).versions]
    lines = [_OPENING, *_overview(versions)]
    for version in versions:
        lines += ["", *_part(version, versions)]
    return "\n".join(lines) + "\n"


def _overview(versions: list[SchemeVersion]) -> Iterator[str]:
    yield "| id | place | status | in force from | attested until | grades | cases |"
    yield "|---|---|---|---|---|---|---|"
    for one in versions:
        cells = [
            f"[{one.id}](#{_anchor(one, versions)})",
            _place(one),
            STATUS[one.status],
            _first(one),
            one.attested_until.isoformat(),
            "–".join(str(grade) for grade in one.ladder.rungs) if one.ladder else "none",
            str(len(list(scheme_path(one.id).with_suffix(".cases").glob("*.toml")))),
        ]
        yield row_text(cells)


def _anchor(version: SchemeVersion, versions: list[SchemeVersion]) -> str:
    """Name a version: by its id, and by its first day too where the scheme has others."""
    several = sum(one.id == version.id for one in versions) > 1
    return f"{version.id}-{version.from_day.isoformat()}" if several else version.id


def _part(version: SchemeVersion, versions: list[SchemeVersion]) -> Iterator[str]:
    yield f"## {_anchor(version, versions)}"
    yield ""
    yield f"{version.title.en}"
    yield ""
    yield f"{version.title.zh}"
    yield ""
    yield "| | |"
    yield "|---|---|"
    for name, text in _facts(version).items():
        yield row_text([name, text])
    if version.note is not None:
        yield ""
        yield f"{version.note.en} {version.note.zh}"
    yield ""
    yield "Sources:"
    yield ""
    for name, source in version.sources:
        yield f"- `{name}`: {_source(source)}"
    missing = _missing(version, omissions(version))
    yield ""
    yield "What the file leaves open:" if missing else "The file leaves nothing open."
    if missing:
        yield ""
    for (en, zh), paths in missing.items():
        told = en if en == zh or not zh else f"{en} ({zh})"
        yield f"- {', '.join(f'`{path}`' for path in paths)}: {told}"


def _facts(version: SchemeVersion) -> dict[str, str]:
    return {
        "place": _place(version),
        "status": STATUS[version.status],
        "revision": f"{version.revision}, checked on {version.checked_on.isoformat()}",
        **({"extends": ", ".join(version.extends)} if version.extends else {}),
        "published": str(version.published_on),
        "in force": _first(version),
        "attested": f"{version.attested_from.isoformat()} to {version.attested_until.isoformat()}",
        "posts": ", ".join(f"{post.label.en} ({post.label.zh})" for post in version.posts),
        "out of scope": _out_of_scope(version),
        "components": ", ".join(f"{one.label.en} ({one.label.zh})" for one in version.pay),
    }


def _place(version: SchemeVersion) -> str:
    return PLACE_UNKNOWN if version.place in ("", "unknown") else version.place


def _first(version: SchemeVersion) -> str:
    if version.effective_on is not None:
        return version.effective_on.isoformat()
    return f"unknown, at the latest {version.attested_from.isoformat()}"


def _out_of_scope(version: SchemeVersion) -> str:
    told = [
        f"`{one.fact}` = {', '.join(f'`{value}`' for value in one.values)}"
        for one in version.excluded
    ]
    return "; ".join(told) or "nobody is named"


def _source(source: LegalSource) -> str:
    parts = [
        f"《{source.instrument}》",
        "" if source.issuer == "unknown" else source.issuer,
        term(f"number.{source.number}") if source.number == "unknown" else source.number,
        # not a link: many of these hosts cannot be trusted
        f"`{source.url}`" if source.url else "",
        f"read on {source.read_on.isoformat()}",
        term(str(source.trust)),
        source.note,
    ]
    return "; ".join(part for part in parts if part)


def _missing(
    version: SchemeVersion, found: tuple[Omission, ...]
) -> Mapping[tuple[str, str], list[str]]:
    """Join what is missing for one reason; places of a list are written as one path."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for one in found:
        if isinstance(one.gap, Readings):
            key = (f"several printed figures: {_printed(version, one.path, one.gap)}", "")
        else:
            key = (one.gap.why, one.gap.zh)
        path = re.sub(r"\[\d+\]$", "[…]", one.path)
        paths = reasons.setdefault(key, [])
        if path not in paths:
            paths.append(path)
    return reasons


def _printed(version: SchemeVersion, path: str, gap: Readings) -> str:
    money = any(
        one.unit is Unit.FEN and f"{path}.".startswith(f"{one.path}.")
        for one in version.normal_form.definitions
    )
    told = []
    for option in gap.options:
        value = option.value
        amount = f"{yuan_text(value)} yuan" if money and isinstance(value, Fraction) else str(value)
        told.append(f"{amount} ({option.citation.source})" if option.citation else amount)
    return ", ".join(told)


def row_text(cells: list[str]) -> str:
    """Give a row of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
