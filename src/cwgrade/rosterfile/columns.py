"""The one place that defines the columns of rosters: names, what a cell is read as, and its values.

How headers and values are spelled in offices stands beside it in `spellings.toml`; the first
spelling there is the one that templates print.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

import attrs

from cwgrade.errors import ArgumentError
from cwgrade.rosterfile.cells import folded, key_of, read_period
from cwgrade.worker import ABSENCE_KINDS, NATIONAL_FACTS, RATINGS, SERVICE_KINDS

__all__ = [
    "ATTAINED",
    "CHOICES",
    "FACT_PREFIX",
    "LONG_SHEETS",
    "PAYMENTS",
    "ROSTER",
    "STATES",
    "SUPPLIED_PREFIX",
    "VOCABULARIES",
    "AttainedFact",
    "Column",
    "Reads",
    "SheetColumns",
    "numbered_column",
    "sheet_columns",
]


class Reads(StrEnum):
    """What a cell of a column is read as."""

    ID = "id"
    """Opaque text; leading zeros are kept."""
    TEXT = "text"
    """Text as it stands."""
    POST = "post"
    """A post's id; other text is a title that the scheme maps."""
    REGION = "region"
    """A GB/T 2260 code of two, four or six digits."""
    CHOICE = "choice"
    """One value of a closed list."""
    CHOICES = "choices"
    """One or several values of a closed list, parted by 、 or ; or /."""
    DAY = "day"
    """A day, or only its month or year."""
    EXACT_DAY = "exact_day"
    """A day known exactly."""
    LAST_DAY = "last_day"
    """The last day, inclusive, known exactly."""
    LAST_MONTH = "last_month"
    """The last month, served to its end."""
    MONTHS = "months"
    """A whole number of months; `5年3个月` is read too."""
    GRADE = "grade"
    """A grade: `7`, `7级`, `七级`."""
    PERIOD = "period"
    """An assessment period: `2023`, `2023H1`, `2023Q3`, `2023-07`."""
    YUAN = "yuan"
    """An amount in yuan, with at most two decimals."""


@attrs.frozen(kw_only=True)
class Column:
    """One column.

    Attributes:
        name: Its name, which is also its English header.
        reads: What its cells are read as.
        vocabulary: The closed list that its cells are chosen from, a key of `VOCABULARIES`.
        part: What a numbered column is about: the period of a rating, the component of an amount,
            the fact's name.
    """

    name: str
    reads: Reads
    vocabulary: str = ""
    part: str = ""


@attrs.frozen(kw_only=True)
class SheetColumns:
    """One kind of sheet.

    Attributes:
        name: Its name, which is also its English sheet name.
        columns: Its columns, in the order that templates print.
        needed: Names of the columns without which no row of it says anything, beside the worker's id.
    """

    name: str
    columns: tuple[Column, ...]
    needed: tuple[str, ...] = ()

    def column(self, name: str) -> Column | None:
        """Give a column by its name, `None` where the sheet has none so named."""
        return next((column for column in self.columns if column.name == name), None)


@attrs.frozen(kw_only=True)
class AttainedFact:
    """A fact that is attained once, and where it stands.

    Attributes:
        column: Its column, in the roster and in its long sheet.
        fact: Its name among the national facts.
        field: The field of `Worker`.
        sheet: Its long sheet.
        events: The days that the roster itself has columns for.
    """

    column: str
    fact: str
    field: str
    sheet: str
    events: tuple[str, ...]


ATTAINED: Final = (
    AttainedFact(
        column="schooling",
        fact="schooling",
        field="schooling",
        sheet="education",
        events=("obtained", "reported", "approved"),
    ),
    AttainedFact(
        column="degree",
        fact="degree",
        field="degrees",
        sheet="education",
        events=("obtained", "reported", "approved"),
    ),
    AttainedFact(
        column="qualification",
        fact="qualification",
        field="qualifications",
        sheet="qualifications",
        events=("obtained", "registered", "reported", "approved", "appointed"),
    ),
    AttainedFact(
        column="honours",
        fact="honour",
        field="honours",
        sheet="honours",
        events=("obtained", "reported", "approved"),
    ),
)

STATES: Final = ("employment", "identity", "route", "retired")
"""Facts that hold for a time; a roster states them as they are now."""

_NONE: Final = "none"

VOCABULARIES: Final[dict[str, tuple[str, ...]]] = {
    **{
        known.fact: tuple(value for value in NATIONAL_FACTS[known.fact] if value != _NONE)
        for known in ATTAINED
    },
    **{name: NATIONAL_FACTS[name] for name in STATES},
    "service_kind": SERVICE_KINDS,
    "absence_kind": ABSENCE_KINDS,
    "rating": RATINGS,
}
"""Closed lists by name. `none` is left out where it says that nothing was attained: every such
cell takes it."""

FACT_PREFIX: Final = "fact:"
SUPPLIED_PREFIX: Final = "supplied:"
DOCUMENT_PREFIX: Final = "document:"
"""What a supplied amount rests on."""
_RATING_PREFIX: Final = "rating_"

_ID: Final = Column(name="worker_id", reads=Reads.ID)
_POST: Final = Column(name="post", reads=Reads.POST)
_TITLE: Final = Column(name="title", reads=Reads.TEXT)
_REGION: Final = Column(name="region", reads=Reads.REGION)
_KIND: Final = Column(name="kind", reads=Reads.CHOICE, vocabulary="service_kind")
_RECORDED_ON: Final = Column(name="recorded_on", reads=Reads.EXACT_DAY)
_PERIOD: Final = (
    Column(name="start", reads=Reads.DAY),
    Column(name="end", reads=Reads.LAST_DAY),
    Column(name="end_month", reads=Reads.LAST_MONTH),
    Column(name="until", reads=Reads.DAY),
)


def _attained(known: AttainedFact) -> Column:
    reads = Reads.CHOICES if known.column == "honours" else Reads.CHOICE
    return Column(name=known.column, reads=reads, vocabulary=known.fact)


def _days(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name=name, reads=Reads.DAY) for name in names)


ROSTER: Final = SheetColumns(
    name="roster",
    columns=(
        _ID,
        _POST,
        _TITLE,
        _REGION,
        _KIND,
        Column(name="entry_day", reads=Reads.DAY),
        Column(name="service_months", reads=Reads.MONTHS),
        Column(name="service_as_of", reads=Reads.EXACT_DAY),
        Column(name="service_through", reads=Reads.LAST_DAY),
        *(
            column
            for known in ATTAINED
            for column in (
                _attained(known),
                *_days(*(f"{known.column}_{event}" for event in known.events)),
            )
        ),
        *(Column(name=name, reads=Reads.CHOICE, vocabulary=name) for name in STATES),
        Column(name="recorded_grade", reads=Reads.GRADE),
        Column(name="recorded_post", reads=Reads.POST),
        Column(name="recorded_since", reads=Reads.EXACT_DAY),
        Column(name="recorded_region", reads=Reads.REGION),
        Column(name="months_served", reads=Reads.MONTHS),
        Column(name="recorded_step", reads=Reads.GRADE),
        Column(name="recorded_step_since", reads=Reads.EXACT_DAY),
        Column(name="step_months_served", reads=Reads.MONTHS),
        Column(name="document", reads=Reads.TEXT),
    ),
)
"""The main sheet: one row for each worker."""

_CERTIFICATE: Final = _days("obtained", "registered", "reported", "approved", "appointed")

LONG_SHEETS: Final = (
    SheetColumns(
        name="spells",
        columns=(_ID, *_PERIOD, _POST, _TITLE, _REGION, _KIND, _RECORDED_ON),
        needed=("start",),
    ),
    SheetColumns(
        name="education",
        columns=(_ID, _attained(ATTAINED[0]), _attained(ATTAINED[1]), *_CERTIFICATE, _RECORDED_ON),
    ),
    SheetColumns(
        name="qualifications", columns=(_ID, _attained(ATTAINED[2]), *_CERTIFICATE, _RECORDED_ON)
    ),
    SheetColumns(
        name="ratings",
        columns=(
            _ID,
            Column(name="period", reads=Reads.PERIOD),
            Column(name="rating", reads=Reads.CHOICE, vocabulary="rating"),
            *_days("announced"),
            _RECORDED_ON,
        ),
        needed=("period", "rating"),
    ),
    SheetColumns(
        name="absences",
        columns=(
            _ID,
            Column(name="absence", reads=Reads.CHOICE, vocabulary="absence_kind"),
            *_PERIOD,
            _RECORDED_ON,
        ),
        needed=("absence", "start"),
    ),
    SheetColumns(
        name="honours", columns=(_ID, _attained(ATTAINED[3]), *_CERTIFICATE, _RECORDED_ON)
    ),
)
"""The sheets beside it: any number of rows for a worker, joined on `worker_id`."""

CHOICES: Final = SheetColumns(
    name="choices",
    columns=(
        Column(name="list", reads=Reads.TEXT),
        Column(name="label", reads=Reads.TEXT),
        Column(name="value", reads=Reads.TEXT),
    ),
)
"""The sheet of a template that tells what the labels in its drop-down lists mean."""


PAYMENTS: Final = SheetColumns(
    name="payments",
    columns=(
        _ID,
        Column(name="paid_for", reads=Reads.PERIOD),
        Column(name="component", reads=Reads.TEXT),
        Column(name="paid_yuan", reads=Reads.YUAN),
        Column(name="document", reads=Reads.TEXT),
    ),
    needed=("paid_for", "paid_yuan"),
)
"""The file of what was paid: any number of rows for a worker and month, earlier settlements included."""


def sheet_columns(name: str) -> SheetColumns:
    """Give a kind of sheet by its name.

    Raises:
        KeyError: There is none so named.
    """
    return {sheet.name: sheet for sheet in (ROSTER, *LONG_SHEETS, CHOICES, PAYMENTS)}[name]


_AMOUNT: Final = re.compile(r"(?:supplied|补贴):(.+?)(?:\((?:元|yuan)\))?", re.IGNORECASE)
_DOCUMENT: Final = re.compile(r"(?:document|补贴依据):(.+)", re.IGNORECASE)
_FACT: Final = re.compile(r"(?:fact|事实):(.+)", re.IGNORECASE)
_NAMED: Final = (
    (SUPPLIED_PREFIX, _AMOUNT),
    (DOCUMENT_PREFIX, _DOCUMENT),
    (FACT_PREFIX, _FACT),
)
_RATING: Final = re.compile(r"rating(\d{4}(?:h[12]|q[1-4]|\d{2})?)", re.ASCII)
_ASSESSED: Final = re.compile(
    r"(\d{4}年?(?:度)?(?:上半年|下半年|第?[1-4一二三四]季度|\d{1,2}月)?)(?:年度|度)?考核(?:结果|等次|等级|情况)?"
    r"|(?:年度)?考核(?:结果|等次|等级|情况)?\(?(\d{4}年?(?:度)?)\)?"
)
_MONTH_DIGITS: Final = 6


def named_column(prefix: str, part: str) -> Column:
    """Give the column of a declared fact, a supplied amount, or what such an amount rests on.

    Args:
        prefix: `FACT_PREFIX`, `SUPPLIED_PREFIX` or `DOCUMENT_PREFIX`.
        part: The name of the fact or of the component.
    """
    reads = Reads.YUAN if prefix == SUPPLIED_PREFIX else Reads.TEXT
    vocabulary = part if prefix == FACT_PREFIX else ""
    return Column(name=prefix + part, reads=reads, vocabulary=vocabulary, part=part)


def numbered_column(header: str) -> Column | None:
    """Read the header of a column that a roster may have any number of times.

    `rating_2025` and `2025年考核` hold ratings, `supplied:NAME` and `补贴:NAME` amounts in yuan,
    `document:NAME` and `补贴依据:NAME` what such an amount rests on,
    `fact:NAME` and `事实:NAME` a fact that a scheme declares.

    Returns:
        The column, or `None` for any other header.

    Examples:
        >>> numbered_column("2025年考核").name, numbered_column("补贴：night_duty（元）").part
        ('rating_2025', 'night_duty')
    """
    text = folded(header)
    for prefix, named in _NAMED:
        if found := named.fullmatch(text):
            return named_column(prefix, found[1])
    key = key_of(header)
    if rating := _RATING.fullmatch(key):
        period = rating[1].upper()
        if len(period) == _MONTH_DIGITS and period.isdigit():
            period = f"{period[:4]}-{period[4:]}"
    elif assessed := _ASSESSED.fullmatch(key):
        period = assessed[1] or assessed[2]
    else:
        return None
    try:
        period = read_period(period)
    except ArgumentError:
        return None
    return Column(
        name=_RATING_PREFIX + period, reads=Reads.CHOICE, vocabulary="rating", part=period
    )
