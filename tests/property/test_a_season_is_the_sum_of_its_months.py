"""What an amount that is due in some months comes to in a year is the sum over these months, however it is paid."""

from __future__ import annotations

from datetime import date
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme
from tests.property.invented import clerk
from tests.property.varied import sample_with

_YEAR: Final = 2018


def heat(rest: str) -> Scheme:
    return sample_with(f"""
[pay.heat]
label = {{ zh = "高温补贴", en = "heat allowance" }}
yuan = 310
source = "text"
{rest}
""")


def paid(start: date, scheme: Scheme) -> list[int]:
    """Give what each month of the year pays of it."""
    found = []
    for month in range(1, 13):
        slip = pay_for_month(clerk(start=start), scheme, year=_YEAR, month=month)
        lines = {one.component: one.payable_fen for one in slip.lines}
        found.append(lines.get("heat") or 0)
    return found


EVERY_MONTH: Final = heat("")


@settings(max_examples=3)
@given(
    st.sets(st.integers(1, 12), min_size=1, max_size=11),
    st.dates(min_value=date(2017, 11, 1), max_value=date(2018, 12, 31)),
)
def test_a_year_of_it_is_the_sum_over_its_months(due: set[int], start: date) -> None:
    always = paid(start, EVERY_MONTH)
    due_in = f"due_in = {sorted(due)}"
    monthly = paid(start, heat(due_in))
    assert monthly == [fen if month in due else 0 for month, fen in enumerate(always, 1)]
    rhythms = {"quarterly": "[3, 6, 9, 12]", "half_yearly": "[6, 12]", "yearly": "[12]"}
    if {1, 12} <= due:
        # paid in December it would cut a season that runs over New Year, which a file may not say
        del rhythms["yearly"]
    for rhythm, months in rhythms.items():
        by_period = heat(f'{due_in}\npaid = "{rhythm}"\npaid_in = {months}')
        assert sum(paid(start, by_period)) == sum(monthly), rhythm
