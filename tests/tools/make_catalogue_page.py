"""Make the page of facts from the facts files of the bundled schemes: `python -m tests.tools.make_catalogue_page`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cwgrade.catalogue import facts_path, load_scheme, scheme_ids
from cwgrade.factsfile import Fact, Facts, Wanted, read_facts
from cwgrade.scheme import SchemeVersion
from cwgrade.sources import Trust
from cwgrade.wording import term
from tests.tools.make_scheme_page import PLACE_UNKNOWN, STATUS, row_text

__all__ = ["PAGE", "page", "published"]

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "catalogue.md"

_OPENING: Final = """\
# Catalogue: facts and where they stand

What the sources of each bundled scheme say, in own words, and where each of it stands in the scheme file: a
definition, a gap, or outside with the reason. After it, what is still missing and which document has it. Who finds one
of these documents can complete the scheme: [Write a scheme](../how-to/write-a-scheme.md). The schemes themselves are
listed in [Bundled schemes](schemes.md).

This page is made from the facts files: `python -m tests.tools.make_catalogue_page`. Places are written as in the
scheme file.

*Trust* is said of each source. Only figures of the first four kinds (official site, archived copy, quoted on an
official site, news site) should be relied on without a look at the original document.

## Facts files

`ID.facts.toml` lies beside `ID.toml`, in the folder of the bundled schemes. A test holds each against its scheme:
every place exists, each gap is one, and no post, component, coefficient or other definition stands in a scheme without
a fact that it was made from.

```toml
format = "cwgrade-facts/1"
scheme = "harbin-2016"              # the id of the scheme

[[facts]]
says = { zh = "正职 2,400 元/月", en = "principal 2,400 yuan a month" }
path = ["posts.principal", "pay.allowance"]         # the definitions that hold it

[[facts]]
says = { zh = "市、区按 1:1 负担", en = "city and district share the cost" }
outside = { zh = "经费来源，不影响个人金额", en = "funding; it changes nobody's amount" }

[[wanted]]
what = { zh = "不足整月如何发放", en = "pay for part of a month" }
document = "通知全文"                 # the document that has it, as far as it is known
paths = ["proration.rule"]          # the gaps that it would fill
```

A fact has exactly one of `path`, `gap` (fields that are `{ missing = … }` in the scheme) and `outside`. `paths` may be
left out.
"""


def published() -> tuple[str, ...]:
    """Give the ids of the bundled schemes that have facts: those that are not invented."""
    return tuple(one for one in scheme_ids() if facts_path(one).exists())


def page() -> str:
    """Give the text of the page."""
    read = [(_version(one), read_facts(facts_path(one))) for one in published()]
    lines = [_OPENING, "## Overview", "", *_overview(read)]
    for version, facts in read:
        lines += ["", *_part(version, facts)]
    return "\n".join(lines) + "\n"


def _version(scheme_id: str) -> SchemeVersion:
    return load_scheme(scheme_id).versions[-1]


def _overview(read: list[tuple[SchemeVersion, Facts]]) -> Iterator[str]:
    yield "| id | place | status | best source | facts | in the scheme | gaps | outside | wanted |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for version, facts in read:
        rows = facts.facts
        numbers = [
            len(rows),
            sum(bool(one.path) for one in rows),
            sum(bool(one.gap) for one in rows),
            sum(one.outside is not None for one in rows),
            len(facts.wanted),
        ]
        yield row_text(
            [
                f"[{version.id}](#{version.id})",
                _place(version),
                STATUS[version.status],
                _best_trust(version),
                *(str(one) for one in numbers),
            ]
        )


def _place(version: SchemeVersion) -> str:
    return PLACE_UNKNOWN if version.place in ("", "unknown") else version.place


def _best_trust(version: SchemeVersion) -> str:
    return term(min((source.trust for _, source in version.sources), key=[*Trust].index))


def _part(version: SchemeVersion, facts: Facts) -> Iterator[str]:
    yield f"## {version.id}"
    yield ""
    yield f"{version.title.en}. {version.title.zh}"
    yield ""
    status = STATUS[version.status]
    yield f"Place: {_place(version)}. Status: {status}. [The scheme](schemes.md#{version.id})."
    yield ""
    for name, source in version.sources:
        # not a link: many of these hosts cannot be trusted
        address = f"; `{source.url}`" if source.url else ""
        yield f"- `{name}`, {term(str(source.trust))}: 《{source.instrument}》{address}"
    yield ""
    yield "| what the sources say | 来源所载 | where it stands |"
    yield "|---|---|---|"
    for fact in facts.facts:
        yield row_text([fact.says.en, fact.says.zh, _where(fact)])
    if facts.wanted:
        yield ""
        yield "Still missing:"
        yield ""
    for wanted in facts.wanted:
        yield f"- {_wanted(wanted)}"


def _where(fact: Fact) -> str:
    if fact.outside is not None:
        return f"outside: {fact.outside.en} ({fact.outside.zh})"
    told = ", ".join(f"`{one}`" for one in (*fact.path, *fact.gap))
    return f"gap: {told}" if fact.gap else told


def _wanted(wanted: Wanted) -> str:
    fills = f": {', '.join(f'`{one}`' for one in wanted.paths)}" if wanted.paths else ""
    return f"{wanted.what.en} ({wanted.what.zh}), in {wanted.document}{fills}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
