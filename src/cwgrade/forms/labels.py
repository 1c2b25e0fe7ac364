"""The labels by which a template asks for something, as offices spell them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeVar

from cwgrade.forms.paper import Column, Field

__all__ = ["bare", "names_of"]

T = TypeVar("T", Column, Field)

_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "office": ("单位名称", "填报单位", "单位", "编报单位", "工作单位"),
    "period": ("月份", "所属月份", "工资月份", "发放月份", "补发月份", "晋级时间"),
    "sum": ("应发合计", "合计金额", "总计", "金额合计", "补发总额"),
    "count": ("人数", "合计人数", "发放人数"),
    "capitals": ("大写金额", "金额大写", "合计大写", "人民币大写", "大写"),
    "basis": ("发放依据", "文件依据", "政策依据"),
    "remarks": ("附注",),
    "worker_id": ("编号", "人员编号", "职工编号", "工号"),
    "number": ("序", "№"),
    "shown.姓名": ("姓名", "名字"),
    "post": ("岗位名称", "岗位类别", "职务", "现岗位"),
    "grade": ("等级", "岗位等级", "级别"),
    "step": ("档次", "薪级", "档级"),
    "gross": ("应发工资", "应发数", "应发金额", "合计"),
    "note": ("备考",),
    "sign": ("签名", "签收", "领款人签字", "领款人签章", "本人签字"),
    "before": ("原标准", "原工资", "原月工资"),
    "after": ("现标准", "新标准", "现工资", "现月工资"),
    "difference": ("月增资", "每月差额", "增加额"),
    "month_count": ("补发月数",),
    "months": ("起止月份", "补发时间"),
    "reason": ("晋升理由", "晋级依据"),
    "on": ("晋级日期", "起薪时间", "执行日期"),
    "effective_on": ("执行日期", "起薪时间"),
    "grade_now": ("拟定等级", "认定等级", "审批等级"),
    "grade_before": ("现等级", "原等级", "原岗位等级"),
}
_UNIT: Final = re.compile(r"[（(](?:元|人民币|元/月)[）)]$")
_SPACE: Final = re.compile(r"[\s　]+")


def bare(text: str) -> str:
    """Take off what makes no difference to a label: spaces, the colon behind it, the unit, the kind of bracket.

    Examples:
        >>> bare("姓　名："), bare("应发合计（元）"), bare("合计(大写):")
        ('姓名', '应发合计', '合计（大写）')
    """
    short = _SPACE.sub("", text).rstrip("：:")
    return _UNIT.sub("", short).replace("(", "（").replace(")", "）")


def names_of(items: Iterable[T]) -> dict[str, T]:
    """Give what each label means: printed labels first, then other spellings that no printed label takes."""
    every = tuple(items)
    found: dict[str, T] = {}
    for one in every:
        found.setdefault(bare(one.label), one)
    for one in every:
        for label in _ALSO.get(one.name, ()):
            found.setdefault(label, one)
    return found
