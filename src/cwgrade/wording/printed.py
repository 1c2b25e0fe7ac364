"""What forms print. A form is a Chinese paper whatever language the command speaks, so there is one table."""

from __future__ import annotations

from typing import Final

__all__ = ["PRINTED", "printed"]

PRINTED: Final[dict[str, str]] = {
    # every form
    "title": "表名",
    "office": "编制单位",
    "period": "所属期",
    "unit": "单位",
    "yuan": "元",
    "count": "人数",
    "total": "合计",
    "capitals": "合计（大写）",
    "capitals-value": "人民币{capitals}",
    "basis": "依据",
    "remarks": "说明",
    "number": "序号",
    "worker-id": "工号",
    "name": "姓名",
    "post": "岗位",
    "grade": "岗位等级",
    "step": "薪级",
    "note": "备注",
    "sign": "签字",
    "month": "{year}年{month}月",
    "months": "{first}至{last}",
    "banner": "（{text}）",
    "page": "第 &P 页  共 &N 页",
    "signing": "{who}：",
    "list": "、",
    "sentence-list": "；",
    "instrument": "《{title}》",
    "instrument-number": "《{title}》（{number}）",
    "file": "方案文件 {id}，修订号 {revision}，摘要 {digest}",
    "assumed": "假定：{facts}",
    "carried": "所用方案能证明的适用期到 {last} 为止，此后沿用",
    "known-on": "只用 {known_on} 以前已知的情况",
    # the pay sheet
    "payroll-title": "社区工作者工资表",
    "payroll-period": "工资月份",
    "gross": "应发合计",
    "rounding": "取整",
    "on-top": "{name}（合计外）",
    "undecided": "未确定",
    "faulty": "本行有误",
    "provisional": "暂按",
    "provisional-remark": "备注“暂按”的 {count} 人，是在新的统计数字公布前暂按旧数发放，公布后结算",
    "undecided-remark": "未确定的 {count} 人只列名，不填金额，未计入合计：{ids}",
    "outside-remark": "不按本方案发放的 {count} 人未列入：{ids}",
    "empty-remark": "本月没有金额的项目未列出：{names}",
    "unscheduled-remark": "文件没有写明发放月份，未计入合计：{names}",
    "head": "单位负责人",
    "checked-by": "审核",
    "made-by": "制表",
    "made-on": "制表日期",
}


def printed(code: str, **facts: object) -> str:
    """Give what a form prints for a code.

    Args:
        code: The code.
        **facts: The values by placeholder.

    Examples:
        >>> printed("month", year=2018, month=3)
        '2018年3月'
    """
    return PRINTED[code].format_map(facts)
