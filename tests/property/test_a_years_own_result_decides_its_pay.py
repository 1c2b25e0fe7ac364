"""What is paid for a year by its own result goes by that year's rating, and by no other."""

from __future__ import annotations

from datetime import date
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from cwgrade.worker import Rating, ServiceSpell, Worker
from tests.tools.fragments import BASE, merged

SCHEME: Final = Scheme(
    (
        parse_scheme(
            merged(
                BASE,
                """\
[pay.performance]
label = { zh = "绩效工资", en = "performance pay" }
yuan = 400
factors = ["by_result"]
paid = "half_yearly"
paid_in = [1, 7]
source = "notice"

[quantities.by_result]
label = { zh = "按本年结果", en = "by the year's result" }
by = "this_rating"
times = { excellent = 1.5, competent = 1, basic = 0.5, fail = 0 }
source = "notice"
""",
            )
        ),
    )
)
HALF: Final = {"excellent": 3600_00, "competent": 2400_00, "basic": 1200_00, "fail": 0}
"""Six months at 400 yuan, times the factor; in fen."""

results = st.sampled_from(tuple(HALF))


@given(
    ratings=st.fixed_dictionaries(dict.fromkeys(range(2020, 2026), results)),
    year=st.integers(2021, 2024),
    announced=st.dates(date(2020, 1, 1), date(2027, 1, 1)),
)
def test_both_halves_of_a_year_go_by_its_result(
    ratings: dict[int, str], year: int, announced: date
) -> None:
    worker = Worker(
        id="1",
        spells=(ServiceSpell(start=date(2019, 1, 1), title="委员"),),
        ratings=tuple(
            Rating(period=str(rated), value=value, announced=announced)
            for rated, value in ratings.items()
        ),
    )
    for paid_in, month in ((year, 7), (year + 1, 1)):
        slip = pay_for_month(worker, SCHEME, year=paid_in, month=month)
        paid = {line.component: line.payable_fen for line in slip.lines}
        assert paid["performance"] == HALF[ratings[year]]
