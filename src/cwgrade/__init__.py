"""Post grades and pay of China's community workers (社区工作者), computed from a jurisdiction's published scheme.

Facts in, exact amounts out, with the reasons:

>>> from datetime import date
>>> import cwgrade
>>> scheme = cwgrade.load_scheme("changsha-furong-2018")
>>> worker = cwgrade.Worker(
...     id="0007", spells=(cwgrade.ServiceSpell(start=date(2015, 3, 1), title="副主任"),)
... )
>>> cwgrade.pay_for_month(worker, scheme, year=2018, month=3).gross_fen
396000

Reading rosters, writing results, statements and Hypothesis strategies stand in their own modules and are imported
by name.
"""

from __future__ import annotations

from cwgrade.arrears import Arrears, Paid, Snapshot, arrears_between, explain_difference
from cwgrade.career import (
    Career,
    CareerEntry,
    CareerMonth,
    Change,
    ChangeKind,
    Forecast,
    career_of,
    coming_changes,
    next_change,
)
from cwgrade.catalogue import load_scheme, load_series, parse_scheme, read_scheme, scheme_ids
from cwgrade.dates import PartialDate
from cwgrade.errors import (
    ArgumentError,
    CannotDecide,
    CwgradeError,
    FiguresDiffer,
    NotInForce,
    SchemeFault,
    SchemeFileError,
    SeriesFileError,
)
from cwgrade.figures import with_series
from cwgrade.grading import Grading, Placement, Scoping, grade_on, in_scope
from cwgrade.outcomes import Decided, NotApplicable, NotEligible, OneOf, Outcome, Unspecified
from cwgrade.pay import PayLine, Payslip, pay_for_month, pay_on
from cwgrade.published import PublishedFigure, PublishedSeries
from cwgrade.reasons import Derivation, Step
from cwgrade.scheme import Scheme, Schemes, SchemeVersion
from cwgrade.schemefile import assume
from cwgrade.version import __version__
from cwgrade.worker import (
    UNKNOWN,
    AbsenceSpell,
    Attainment,
    PlacementOnRecord,
    Rating,
    ServiceSpell,
    StateFact,
    SuppliedAmount,
    Worker,
)

__all__ = [
    "UNKNOWN",
    "AbsenceSpell",
    "ArgumentError",
    "Arrears",
    "Attainment",
    "CannotDecide",
    "Career",
    "CareerEntry",
    "CareerMonth",
    "Change",
    "ChangeKind",
    "CwgradeError",
    "Decided",
    "Derivation",
    "FiguresDiffer",
    "Forecast",
    "Grading",
    "NotApplicable",
    "NotEligible",
    "NotInForce",
    "OneOf",
    "Outcome",
    "Paid",
    "PartialDate",
    "PayLine",
    "Payslip",
    "Placement",
    "PlacementOnRecord",
    "PublishedFigure",
    "PublishedSeries",
    "Rating",
    "Scheme",
    "SchemeFault",
    "SchemeFileError",
    "SchemeVersion",
    "Schemes",
    "Scoping",
    "SeriesFileError",
    "ServiceSpell",
    "Snapshot",
    "StateFact",
    "Step",
    "SuppliedAmount",
    "Unspecified",
    "Worker",
    "__version__",
    "arrears_between",
    "assume",
    "career_of",
    "coming_changes",
    "explain_difference",
    "grade_on",
    "in_scope",
    "load_scheme",
    "load_series",
    "next_change",
    "parse_scheme",
    "pay_for_month",
    "pay_on",
    "read_scheme",
    "scheme_ids",
    "with_series",
]
