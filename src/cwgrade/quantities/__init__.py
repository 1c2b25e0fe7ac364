"""The normal form: named quantities over a few primitives, and what each primitive means at one instant.

Every section of a scheme lowers to these. Timing stands on leaves only (`FactLeaf`, `ServiceLeaf`, `LadderLeaf`,
`PegLeaf` …); everything else is a pure function of values at one instant. The reasoner reads nothing but these
definitions.
"""

from __future__ import annotations

from cwgrade.quantities.ends import AMOUNT_UNITS, End, at_end, end_of, may_be_negative
from cwgrade.quantities.forms import (
    DAY,
    Add,
    Clamp,
    Highest,
    Lowest,
    Number,
    Product,
    Steps,
    Table,
    Unit,
)
from cwgrade.quantities.leaves import (
    NO_RATING,
    NOT_OUT,
    DayLeaf,
    FactLeaf,
    LadderLeaf,
    LadderSum,
    PegLeaf,
    PostLeaf,
    ProbationLeaf,
    RatingLeaf,
    ServiceLeaf,
    StatedEffect,
    StatedKind,
    StatedService,
    StatedWait,
    TallyLeaf,
    TimeInPostLeaf,
    TwoPostsLeaf,
)
from cwgrade.quantities.normal import Definition, NormalForm, Quantity, with_units
from cwgrade.quantities.orders import reachable, values_of, with_orders
from cwgrade.quantities.values import (
    Exact,
    as_number,
    bands_at,
    clamp,
    combine_values,
    gap_of,
    tidy,
)

__all__ = [
    "AMOUNT_UNITS",
    "DAY",
    "NOT_OUT",
    "NO_RATING",
    "Add",
    "Clamp",
    "DayLeaf",
    "Definition",
    "End",
    "Exact",
    "FactLeaf",
    "Highest",
    "LadderLeaf",
    "LadderSum",
    "Lowest",
    "NormalForm",
    "Number",
    "PegLeaf",
    "PostLeaf",
    "ProbationLeaf",
    "Product",
    "Quantity",
    "RatingLeaf",
    "ServiceLeaf",
    "StatedEffect",
    "StatedKind",
    "StatedService",
    "StatedWait",
    "Steps",
    "Table",
    "TallyLeaf",
    "TimeInPostLeaf",
    "TwoPostsLeaf",
    "Unit",
    "as_number",
    "at_end",
    "bands_at",
    "clamp",
    "combine_values",
    "end_of",
    "gap_of",
    "may_be_negative",
    "reachable",
    "tidy",
    "values_of",
    "with_orders",
    "with_units",
]
