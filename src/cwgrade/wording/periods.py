"""The words of parts of a month, of periods, and of when an amount is due and paid."""

from __future__ import annotations

from typing import Final

__all__ = ["TERMS_EN", "TERMS_ZH"]

TERMS_EN: Final[dict[str, str]] = {
    # part of a month
    "calendar_days": "by calendar days",
    "days_21_75": "by working days, 21.75 to a month",
    "state_on_day": "whole month by what holds on a stated day",
    "half_months": "by half-months",
    "whole_month": "the whole month",
    "proration.next_month": "changes count from the next month",
    # periods and rhythms
    "month": "month",
    "quarter": "quarter",
    "half_year": "half-year",
    "year": "year",
    "monthly": "monthly",
    "quarterly": "quarterly",
    "half_yearly": "half-yearly",
    "yearly": "yearly",
    "once": "once",
    "whole": "the whole of the higher amount",
    "each": "each part by itself",
    "largest_remainder": "together, by largest remainder",
    "difference": "the difference from the lower amount",
    # fields of a component
    "field.due_in": "the months in which {of} is due",
    "field.prorated": "whether part of a month of {of} is paid as a part",
    "field.reckoned_on": "whether {of} goes by what held at the end of its period or by what holds when it is paid",
    "payment": "by what holds in the month of payment",
    "end_of_period": "by what held on the last day of the period",
    # steps
    "step.not-due": "not due this month",
}

TERMS_ZH: Final[dict[str, str]] = {
    # part of a month
    "calendar_days": "按日历天数折算",
    "days_21_75": "按月计薪天数 21.75 天折算",
    "state_on_day": "整月按规定日期的情况计发",
    "half_months": "按半月计发",
    "whole_month": "整月计发",
    "proration.next_month": "当月变动次月起计发",
    # periods and rhythms
    "month": "月",
    "quarter": "季度",
    "half_year": "半年",
    "year": "年",
    "monthly": "按月发放",
    "quarterly": "按季发放",
    "half_yearly": "每半年发放",
    "yearly": "每年发放",
    "once": "一次性",
    "whole": "按较高金额全额发放",
    "each": "各部分分别取整",
    "largest_remainder": "按最大余数法合并取整",
    "difference": "按差额补发",
    # fields of a component
    "field.due_in": "{of}在哪些月份计发",
    "field.prorated": "{of}不足整月是否折算",
    "field.reckoned_on": "{of}按所属期间最后一天的情况还是按发放月份的情况计算",
    "payment": "按发放月份的情况",
    "end_of_period": "按所属期间最后一天的情况",
    # steps
    "step.not-due": "本月不计发",
}
