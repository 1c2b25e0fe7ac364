"""Answers as a dataframe: beside the roster's own columns, or long, one row for each worker, month and component."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import attrs
import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.answers import STATUSES
from cwgrade.arrays.months import NO_AMOUNT
from cwgrade.errors import ArgumentError
from cwgrade.frames.asking import Asked, Month, frame_of
from cwgrade.frames.filled import Filled, Numbers, Words, series_of, words
from cwgrade.money import yuan_text
from cwgrade.wording import Language, say

__all__ = [
    "Labels",
    "frame_of_columns",
    "id_column",
    "in_yuan",
    "long_columns",
    "long_frame",
    "named",
    "refuse_taken",
    "wide_columns",
    "wide_frame",
]

Codes = NDArray[Any]
Labels = Literal["zh"] | None

_FEN: Final = "_fen"
_PATH: Final = "pay."
"""Before a component whose column would have the name of another; no id holds a dot."""
_YUAN: Final = "_yuan"
_FEN_ZH: Final = "（分）"
_YUAN_ZH: Final = "（元）"
_ZH: Final = {
    "worker_id": "工号",
    "month": "月份",
    "status": "结果",
    "reason": "原因代码",
    "fault": "差错",
    "grade": "岗位等级",
    "step": "薪级",
    "gross_fen": "应发合计（分）",
    "gross_fen_low": "最低（分）",
    "gross_fen_high": "最高（分）",
    "deciding_fact": "先查明",
    "component": "薪酬构成项",
    "amount_fen": "金额（分）",
    "cost_fen": "合计（分）",
    "cost_fen_low": "合计最低（分）",
    "cost_fen_high": "合计最高（分）",
    "headcount": "人数",
    "undecided": "未定人数",
}


def named(names: Sequence[str], components: Mapping[str, str], labels: Labels) -> list[str]:
    """Give the names of columns; a printed name that stands for two components has the component's own beside it."""
    if labels is None:
        return list(names)
    printed = [*components.values()]
    told = []
    for name in names:
        component = name.removesuffix(_FEN).removeprefix(_PATH)
        if name in _ZH:
            told.append(_ZH[name])
        elif component in components:
            label = components[component]
            once = printed.count(label) == 1 and f"{label}{_FEN_ZH}" not in _ZH.values()
            told.append(f"{label}{_FEN_ZH}" if once else f"{label}（{component}）{_FEN_ZH}")
        else:
            told.append(name)
    return told


def _column_of(component: str) -> str:
    """Name the column of a component; one that would be taken for the sum is told apart by its path."""
    name = f"{component}{_FEN}"
    return f"{_PATH}{name}" if name in _ZH else name


def wide_frame(asked: Asked, found: Month, labels: Labels) -> Any:
    """Give the roster with the answers beside it.

    Raises:
        ArgumentError: The roster has a column of that name already.
    """
    frame = asked.opened.frame
    components = {
        name: label for name, label in asked.components().items() if name in found.payable_fen
    }
    columns = wide_columns(asked, found, labels, components, step=bool(found.step.any()))
    refuse_taken(columns, frame.columns)
    told = [series_of(column, frame.implementation) for column in columns]
    return frame.with_columns(*told).to_native()


def refuse_taken(columns: Sequence[Filled], headers: Sequence[str]) -> None:
    """Refuse answers that would take the place of columns of the roster.

    Raises:
        ArgumentError: The roster has a column of that name already.
    """
    taken = [column.name for column in columns if column.name in headers]
    if taken:
        raise ArgumentError("frame-column-taken", columns=taken)


def wide_columns(
    asked: Asked, found: Month, labels: Labels, components: Mapping[str, str], *, step: bool
) -> list[Filled]:
    """Give the answers to a month as columns beside the roster's own.

    Args:
        asked: What was asked.
        found: The answers.
        labels: How the columns are named.
        components: The components that have a column, each with its printed Chinese name.
        step: Whether the step has one.
    """
    nothing = np.full(len(found.status), NO_AMOUNT, np.int64)
    fen = {name: found.payable_fen.get(name, nothing) for name in components}
    amounts = {
        "gross_fen": found.gross_fen,
        "gross_fen_low": found.low_fen,
        "gross_fen_high": found.high_fen,
    }
    faults, told = _faults(asked, labels)
    columns: list[Filled] = [
        Words(name="status", codes=found.status, texts=STATUSES),
        Words(name="reason", codes=found.reason, texts=_or_null(found.reasons)),
        Words(name="fault", codes=faults, texts=told),
        Numbers(name="grade", amounts=found.grade, held=found.grade > 0),
        *([Numbers(name="step", amounts=found.step, held=found.step > 0)] if step else []),
        *(_amounts(name, fen) for name, fen in amounts.items()),
        Words(name="deciding_fact", codes=found.deciding, texts=_or_null(found.facts)),
        *(_amounts(_column_of(name), fen[name]) for name in components),
    ]
    return _named(columns, components, labels)


def _amounts(name: str, fen: Codes) -> Numbers:
    return Numbers(name=name, amounts=fen, held=fen != NO_AMOUNT)


def _named(
    columns: Sequence[Filled], components: Mapping[str, str], labels: Labels
) -> list[Filled]:
    names = named([column.name for column in columns], components, labels)
    return [attrs.evolve(column, name=name) for column, name in zip(columns, names, strict=True)]


def _or_null(texts: Sequence[str]) -> list[str | None]:
    return [text or None for text in texts]


def _faults(asked: Asked, labels: Labels) -> tuple[Codes, list[str | None]]:
    """Say what is wrong with each row, with the column."""
    lang: Language = "zh" if labels == "zh" else "en"
    codes = np.zeros(asked.read.people.size, np.int64)
    texts: list[str | None] = [None]
    for row, faults in asked.faults.items():
        told = []
        for fault in faults:
            text = say(fault.code, fault.facts, lang)
            told.append(f"{fault.path}: {text}" if fault.path else text)
        codes[row] = len(texts)
        texts.append(("；" if lang == "zh" else "; ").join(told))
    return codes, texts


def long_frame(asked: Asked, months: Sequence[Month], labels: Labels) -> Any:
    """Give one row for each worker, month and component; a row that has no scheme has one row for each month."""
    like = asked.opened.frame.implementation
    rows, columns = long_columns(months, labels, [*asked.components()])
    own = _gathered(asked.opened.sheet.ids.texts, rows)
    told = [own, *(series_of(column, like) for column in columns)]
    return frame_of_columns(told, [id_column(labels), *(one.name for one in columns)])


def id_column(labels: Labels) -> str:
    """Name the column of ids of a long answer."""
    return named(["worker_id"], {}, labels)[0]


def long_columns(
    months: Sequence[Month], labels: Labels, components: Sequence[str]
) -> tuple[Codes, list[Filled]]:
    """Give the row of each line of a long answer, and its columns but the first, the worker's id.

    Args:
        months: The answers.
        labels: How the columns are named.
        components: The components in order.
    """
    parts = [_long(found, components) for found in months]
    rows, names, amounts, number = _joined(parts)
    order = np.lexsort((np.arange(len(rows)), number, rows))
    rows, names, amounts, number = (one[order] for one in (rows, names, amounts, number))
    status = np.stack([found.status for found in months])[number, rows]
    texts = [f"{found.year}-{found.month:02d}" for found in months]
    reasons: dict[str, int] = {}
    reason = np.stack(
        [
            np.array([reasons.setdefault(one, len(reasons)) for one in found.reasons])[found.reason]
            for found in months
        ]
    )[number, rows]
    columns: list[Filled] = [
        Words(name="month", codes=number, texts=texts),
        Words(name="status", codes=status, texts=STATUSES),
        Words(name="reason", codes=reason, texts=_or_null([*reasons])),
        Words(name="component", codes=names, texts=[*components, None]),
        _amounts("amount_fen", amounts),
    ]
    return rows, _named(columns, {}, labels)


def _long(found: Month, components: Sequence[str]) -> tuple[Codes, Codes, Codes]:
    """Give the row, the place of the component and the amount of each line of a month."""
    rows, names, amounts = [], [], []
    places = {name: place for place, name in enumerate(components)}
    for scheme, own in enumerate(found.components):
        here = np.flatnonzero(found.place == scheme)
        for name in own:
            rows.append(here)
            names.append(np.full(len(here), places[name]))
            amounts.append(found.payable_fen[name][here])
    nowhere = np.flatnonzero(found.place < 0)
    rows.append(nowhere)
    names.append(np.full(len(nowhere), len(components)))
    amounts.append(np.full(len(nowhere), NO_AMOUNT))
    return np.concatenate(rows), np.concatenate(names), np.concatenate(amounts)


def _joined(parts: Sequence[tuple[Codes, Codes, Codes]]) -> tuple[Codes, Codes, Codes, Codes]:
    rows, names, amounts = (np.concatenate([part[one] for part in parts]) for one in range(3))
    number = np.repeat(np.arange(len(parts)), [len(part[0]) for part in parts])
    return rows, names, amounts, number


def _gathered(series: nw.Series[Any], rows: Codes) -> nw.Series[Any]:
    taken: nw.Series[Any] = series[rows]
    if series.implementation.is_pandas():
        native: Any = taken.to_native()
        taken = nw.from_native(native.reset_index(drop=True), series_only=True)
    return taken


def frame_of_columns(columns: Sequence[nw.Series[Any]], names: Sequence[str]) -> Any:
    """Give columns under other names as a dataframe of their kind."""
    first, *others = (column.alias(name) for column, name in zip(columns, names, strict=True))
    return first.to_frame().with_columns(*others).to_native()


def in_yuan(frame: Any) -> Any:
    """Give amounts in yuan with two decimals, as text for people; every other column stays.

    Args:
        frame: A dataframe with columns `…_fen`, or `…（分）` where they are labelled in Chinese.

    Returns:
        The same kind of dataframe, with columns `…_yuan` or `…（元）` in their place.

    Raises:
        ArgumentError: It is no eager dataframe, or columns have or would have the same name.

    Examples:
        >>> import polars as pl
        >>> in_yuan(pl.DataFrame({"gross_fen": [436131, None]}))["gross_yuan"].to_list()
        ['4361.31', None]
    """
    made = frame_of(frame, "frame")
    like = made.implementation
    columns = []
    for name in made.columns:
        column = made[name]
        if not (column.dtype.is_integer() and _yuan_name(name) != name):
            columns.append(column)
            continue
        held = ~column.is_null().to_numpy()
        fen = column.fill_null(0).to_numpy().astype(np.int64)
        distinct, codes = np.unique(fen, return_inverse=True)
        texts = [yuan_text(int(one)) for one in distinct]
        columns.append(
            words(_yuan_name(name), np.where(held, codes, len(texts)), [*texts, None], like)
        )
    names = [column.name for column in columns]
    clash = sorted({name for name in names if names.count(name) > 1})
    if clash:
        raise ArgumentError("frame-column-taken", columns=clash)
    kept = made.with_columns(*(one for one in columns if one.name not in made.columns))
    return kept.select(*names).to_native()


def _yuan_name(name: str) -> str:
    for end, other in ((_FEN, _YUAN), (_FEN_ZH, _YUAN_ZH)):
        if name.endswith(end):
            return name.removesuffix(end) + other
    for bound in ("_low", "_high"):
        if name.endswith(_FEN + bound):
            return name.removesuffix(_FEN + bound) + _YUAN + bound
    return name
