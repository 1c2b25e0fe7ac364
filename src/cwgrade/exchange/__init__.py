"""Workers, rules and results as JSON and TOML, exactly and both ways.

What is written is read back equal. What people write is read strictly: unknown keys, wrong kinds of
values and impossible days are faults, told at once, each with its path and line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cwgrade.canonical import plain
from cwgrade.errors import SchemeFileError
from cwgrade.exchange.faults import LineOf, no_line, read_strictly, worker_faults
from cwgrade.exchange.frozen import Frozen, freeze, thaw
from cwgrade.exchange.results import (
    derivation_from_json,
    derivation_schema,
    derivation_to_json,
    grading_from_json,
    grading_to_json,
    payslip_from_json,
    payslip_to_json,
)
from cwgrade.exchange.stored import (
    BackPayRequest,
    DayRequest,
    Differs,
    MonthRequest,
    Recomputed,
    arrears_to_json,
    ask,
    recompute,
    rules_of,
    store,
)
from cwgrade.tomlfile import read_toml
from cwgrade.worker import Worker

__all__ = [
    "BackPayRequest",
    "DayRequest",
    "Differs",
    "Frozen",
    "MonthRequest",
    "Recomputed",
    "arrears_to_json",
    "ask",
    "derivation_from_json",
    "derivation_schema",
    "derivation_to_json",
    "freeze",
    "grading_from_json",
    "grading_to_json",
    "payslip_from_json",
    "payslip_to_json",
    "read_worker",
    "recompute",
    "rules_of",
    "store",
    "thaw",
    "worker_from_json",
    "worker_to_json",
]


def worker_to_json(worker: Worker) -> dict[str, Any]:
    """Give a worker's facts as plain JSON data, every field of them.

    Examples:
        >>> worker_to_json(Worker(id="007", honours=()))["honours"]
        []
        >>> worker_to_json(Worker(id="007"))["honours"]
        'unknown'
    """
    table: dict[str, Any] = plain(worker)
    return table


def worker_from_json(obj: object, *, file: str = "", line_of: LineOf = no_line) -> Worker:
    """Make a worker of plain data.

    A list that is left out is unknown, or empty where the class says so; `"unknown"` is unknown; a
    day is ISO text, or `"2019-07"` or `"2019"` where only the month or year is known.

    Args:
        obj: What was read from JSON or TOML.
        file: The file's name, for messages.
        line_of: Gives the line of a path.

    Raises:
        WorkerFileError: It is no worker; one fault for each thing that is wrong.

    Examples:
        >>> worker_from_json({"id": "007", "spells": [{"start": "2019-07"}]}).spells[0].start
        PartialDate(year=2019, month=7)
    """
    return read_strictly(obj, Worker, file=file, line_of=line_of)


def read_worker(path: Path) -> Worker:
    """Read a worker file (`worker.toml`).

    Args:
        path: The file.

    Raises:
        WorkerFileError: It is no such file; every fault that can be found is in it, with its line.
        OSError: The file cannot be opened.
    """
    try:
        read = read_toml(path)
    except SchemeFileError as error:
        raise worker_faults(error) from None
    return worker_from_json(read.table, file=read.file, line_of=read.line_of)
