"""Schemes that differ from the invented sample in some sections."""

from __future__ import annotations

import re
from typing import Final

from cwgrade.catalogue import scheme_path
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme

__all__ = ["STEPPED", "sample_with"]

_TEXT: Final = scheme_path("sample-3x18").read_text(encoding="utf-8")
_HEADERS: Final = re.compile(r"^\[+([^\]]+)\]+$", re.MULTILINE)


def sample_with(text: str, *, without: tuple[str, ...] = ()) -> Scheme:
    """Give the sample with sections in place of its own, with more sections, or without some."""
    out = {*_HEADERS.findall(text), *without}
    first, *parts = re.split(r"^(?=\[)", _TEXT, flags=re.MULTILINE)
    kept = [part for part in parts if _HEADERS.findall(part)[0] not in out]
    return Scheme((parse_scheme(first + "".join(kept) + "\n" + text),))


STEPPED: Final = sample_with(
    """
[step]
label = { zh = "薪级", en = "step" }
grades = [1, 20]
start = { quantity = "first_step" }
waiting_years = 1
source = "text"

[quantities.first_step]
label = { zh = "首次薪级", en = "first step" }
by = "schooling"
grades = { bachelor = 2, master = 4, doctor = 6 }
otherwise = 1
source = "text"

[credits.step_for_honour]
label = { zh = "荣誉上调薪级", en = "steps for an honour" }
feeds = "step"
by = "honour"
grades = { city = 1, provincial = 2 }
otherwise = 0
source = "text"

[assessment.ratings]
excellent = { label = { zh = "优秀", en = "excellent" } }
competent = { label = { zh = "合格", en = "competent" } }
basic = { label = { zh = "基本合格", en = "basic" }, counted = false, rises = false }
fail = { label = { zh = "不合格", en = "fail" }, counted = false, rises = false, steps = -1 }
unrated = { label = { zh = "不定等次", en = "unrated" } }

[pay.step_pay]
label = { zh = "薪级工资", en = "step pay" }
by = "step"
yuan = [100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200, 210, 220, 230, 240, 250, 260, 270, 280, 290]
source = "text"

[tallies.tops]
label = { zh = "近三年优秀", en = "excellent of the last three years" }
ratings = ["excellent"]
last_years = 3
source = "text"

[tallies.row]
label = { zh = "连续合格", en = "competent in a row" }
ratings = ["competent", "excellent"]
in_a_row = true
source = "text"

[pay.tops]
label = { zh = "优秀奖励", en = "award for excellent years" }
by = "tops"
yuan = { "0" = 0, "1" = 10, "2" = 20, "3" = 30 }
source = "text"

[pay.row]
label = { zh = "连续合格奖励", en = "award for years in a row" }
product = ["row", "for_a_year"]
source = "text"

[quantities.for_a_year]
label = { zh = "每年", en = "for a year" }
yuan = 5
source = "text"
"""
)
"""The sample with steps beside its grades, ratings that hold a rise back, and tallies of ratings."""
