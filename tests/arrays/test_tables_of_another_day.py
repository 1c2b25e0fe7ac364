"""Tables that were made for one day serve another one only where the same values occur together."""

from __future__ import annotations

from datetime import date

from cwgrade.schemefile import parse_scheme
from cwgrade.tables import tabulate

TEXT = """
format = "cwgrade-scheme/1"

[scheme]
id = "sample-days"
title = { zh = "虚构示例：两日", en = "Invented sample: two days" }
place = "9901"
status = "sample"
revision = 1
checked_on = 2026-01-01
published_on = 2019-11-01
effective_on = 2020-01-01
attested_from = 2020-01-01
attested_until = 2025-12-31

[sources.text]
instrument = "办法（虚构）"
read_on = 2026-01-01
trust = "invented"

[posts.principal]
label = "正职"
titles = ["书记"]
source = "text"

[posts.deputy]
label = "副职"
titles = ["副书记"]
source = "text"

[posts.staff]
label = "工作人员"
titles = ["委员"]
source = "text"

[quantities.before]
label = "前"
by = "post"
yuan = { principal = 1, deputy = 2, staff = 2 }
source = "text"

[quantities.after]
label = "后"
by = "post"
yuan = { principal = 1, deputy = 1, staff = 2 }
source = "text"

[quantities.own]
label = "岗位"
bands_of = "day"
from = [2020-01-01, 2021-01-01]
yuan = [{ quantity = "before" }, { quantity = "after" }]
source = "text"

[quantities.more]
label = "津贴"
by = "post"
yuan = { principal = 10, deputy = 20, staff = 20 }
source = "text"

[pay.both]
label = "合计"
sum = ["own", "more"]
source = "text"
"""


def test_what_occurs_together_on_another_day_is_found() -> None:
    """The parts have the same values on both days, in the same order, but not beside each other."""
    version = parse_scheme(TEXT)
    for on, fen in ((date(2020, 5, 1), 2200), (date(2021, 5, 1), 2100)):
        found = tabulate(version, on=on).look_up({"day": on, "post": "deputy"})
        assert found["fen:pay.both"] == fen
