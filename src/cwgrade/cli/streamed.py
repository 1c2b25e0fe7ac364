"""`cwgrade pay` of amounts alone, and from or to Parquet or Feather: part by part, whatever the size of the roster."""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cwgrade.cli.options import assumed, beyond_of, day_of, month_of, roster_named, scheme_asked
from cwgrade.errors import HeaderWarning
from cwgrade.money import capitals, yuan_text
from cwgrade.scheme import SchemeStatus, SchemeVersion
from cwgrade.statement.terminal import table_lines
from cwgrade.wording import Language, say, term

if TYPE_CHECKING:
    from cwgrade.frames.files import PaidFile

__all__ = ["is_streamed", "run_streamed"]

_STREAMED: Final = (".parquet", ".feather", ".arrow")
_REFUSED: Final = ("one_of", "unspecified", "bad_row")


def is_streamed(arguments: argparse.Namespace) -> bool:
    """Tell whether amounts alone are asked for, or a file is one that is only read or written part by part."""
    if arguments.amounts or arguments.long:
        return True
    files = (arguments.roster, arguments.out)
    return any(Path(name).suffix.casefold() in _STREAMED for name in files)


def run_streamed(arguments: argparse.Namespace, lang: Language) -> int:
    """Answer every row, write them and print the summary.

    Returns:
        0 where every row is decided or properly not eligible, 1 where some are refused.

    Raises:
        CwgradeError: The command or a file is wrong; nothing was written.
    """
    from cwgrade.frames import pay_file

    year, month = month_of(arguments.month)
    scheme = scheme_asked(arguments, lang)
    known_on = day_of(arguments.known_on, option="--known-on") if arguments.known_on else None
    beyond = beyond_of(arguments.beyond)
    found = roster_named(arguments.roster, lang)
    with warnings.catch_warnings(record=True) as noticed:
        warnings.simplefilter("always", HeaderWarning)
        paid = pay_file(
            found.path,
            Path(arguments.out),
            scheme,
            month=f"{year:04d}-{month:02d}",
            known_on=known_on,
            beyond=beyond,
            assume=assumed(arguments.assume),
            spellings=Path(arguments.spellings) if arguments.spellings else None,
            bad_rows="set_aside",
            long=arguments.long,
            labels="zh" if lang == "zh" else None,
        )
    for one in noticed:
        print(say("cli-notice", {"text": str(one.message)}, lang), file=sys.stderr)
    version = scheme.version_of_month(date(year, month, 1), known_on=known_on, beyond=beyond)
    for line in _lines(paid, version, str(found.path), lang):
        print(line)
    return 1 if any(status in _REFUSED for status, _ in paid.months[0].statuses) else 0


def _lines(paid: PaidFile, version: SchemeVersion, file: str, lang: Language) -> Iterator[str]:
    (found,) = paid.months
    head = {
        "month": found.month,
        "title": getattr(version.title, lang),
        "id": version.id,
        "revision": version.revision,
    }
    yield say("cli-summary-head", head, lang)
    yield say("cli-summary-roster", {"file": file, "count": paid.rows}, lang)
    if version.status is SchemeStatus.SAMPLE:
        yield say("cli-invented-scheme", {}, lang)
    yield ""
    rows = [[term(status, lang), str(count)] for status, count in found.statuses]
    yield from (f"  {line}" for line in table_lines(rows, right=[1]))
    yield ""
    whole = found.whole
    total = {
        "count": dict(found.statuses).get("decided", 0),
        "yuan": yuan_text(whole.cost_fen),
        "capitals": capitals(whole.cost_fen),
    }
    yield say("cli-summary-total", total, lang)
    if whole.low_fen != whole.cost_fen or whole.high_fen != whole.cost_fen:
        bounds = {"low": yuan_text(whole.low_fen), "high": yuan_text(whole.high_fen)}
        yield say("cli-summary-bounds", bounds, lang)
    yield ""
    yield say("cli-summary-out", {"file": str(paid.path)}, lang)
