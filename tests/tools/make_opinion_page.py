"""Write the page of the national Opinion from its data: `python -m tests.tools.make_opinion_page`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

__all__ = ["ITEMS", "PAGE", "page"]

PAGE: Final = Path(__file__).parents[2] / "docs" / "reference" / "opinion-2024.md"
_FILE: Final = Path(__file__).parents[1] / "coverage" / "opinion-2024.toml"
_WRITTEN: Final[Mapping[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))

ITEMS: Final[tuple[Mapping[str, Any], ...]] = tuple(_WRITTEN["items"])
"""The items: number, title, what it says, and what is computed, comes later, or has no computable rule."""

_OPENING: Final = """\
# The national Opinion

What each of the seventeen items of 《{instrument}》 ({issuer}, {issued_on}) says in a few words, and where it is
computed, will be, or why it cannot be. The Opinion sets a frame; every figure is set locally, by a
scheme. The sections are those of the [scheme file](scheme-file.md).

中央意见十七条各说了什么（概述，不是原文），在哪里计算、以后在哪里计算，或为什么无法计算。意见只定框架，数字都由各地方案确定。节名见[方案文件](scheme-file.md)。

This page is made from `tests/coverage/opinion-2024.toml`: `python -m tests.tools.make_opinion_page`.
"""


def page() -> str:
    """Give the text of the page."""
    lines = [_OPENING.format(**_WRITTEN["source"]), *_list()]
    for item in ITEMS:
        lines += ["", *_part(item)]
    return "\n".join(lines) + "\n"


def _list() -> Iterator[str]:
    yield "| | item | 条目 | computed 已计算 | later 以后 | no rule 无可计算 |"
    yield "|---|---|---|---|---|---|"
    for item in ITEMS:
        paths = ", ".join(_linked(one) for one in item.get("computed", ()))
        plans = ", ".join(one["plan"] for one in item.get("later", ()))
        mark = "×" if not paths and not plans else "in part" if item.get("none") else ""
        name = f"[{item['title']['en']}](#item-{item['number']})"
        yield f"| {item['number']} | {name} | {item['title']['zh']} | {paths} | {plans} | {mark} |"


def _linked(one: Mapping[str, str]) -> str:
    if "page" in one:
        return f"[{one['page']}]({one['page']}.md)"
    return f"[`{one['path']}`](scheme-file.md#{one['path']})"


def _part(item: Mapping[str, Any]) -> Iterator[str]:
    title = item["title"]
    yield f"## {item['number']}. {title['en']} {title['zh']} {{ #item-{item['number']} }}"
    yield ""
    yield item["says"]["en"]
    yield ""
    yield item["says"]["zh"]
    yield ""
    for one in item.get("computed", ()):
        yield f"- Computed 已计算: {_linked(one)}: {one['en']}; {one['zh']}"
    for one in item.get("later", ()):
        yield f"- Later 以后 ({one['plan']}): {one['en']}; {one['zh']}"
    for one in item.get("none", ()):
        yield f"- No rule 无可计算: {one['en']} {one['zh']}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
