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
    "rest": "合计调整",
    "on-top": "{name}（合计外）",
    "undecided": "未确定",
    "faulty": "本行有误",
    "provisional": "暂按",
    "provisional-remark": "备注“暂按”的 {count} 人，是在新的统计数字公布前暂按旧数发放，公布后结算",
    "undecided-remark": "未确定的 {count} 人只列名，不填金额，未计入合计：{ids}",
    "outside-remark": "不按本方案发放的 {count} 人未列入：{ids}",
    "rest-remark": "合计调整是方案对合计取整、保底或封顶的差额",
    "empty-remark": "本月没有金额的项目未列出：{names}",
    "unscheduled-remark": "文件没有写明发放月份，未计入合计：{names}",
    # the sheet of back pay
    "back-pay-title": "社区工作者补发工资表",
    "back-pay-period": "补发月份",
    "months-column": "补发月份",
    "month-count": "月数",
    "monthly-before": "原月应发",
    "monthly-paid": "每月已发",
    "monthly-after": "现月应发",
    "monthly-difference": "月差额",
    "back-pay-total": "补发合计",
    "cause": "原因",
    "cause-sum": "{cause} {yuan} 元",
    "causes-remark": "按原因分：{sums}",
    "faulty-remark": "本行有误的 {count} 人未计算：{ids}",
    "open-remark": "有月份未确定的 {count} 人，这些月份不填金额，未计入合计：{ids}",
    "back-pay-provisional": "备注“暂按”的，统计数字公布后还要再结算",
    "back-pay-on-top": "合计之外的项目另有差额，不在本表",
    "back-pay-negative": "负数为多发，应扣回",
    "nothing-remark": "没有差额的 {count} 人未列入",
    "strangers-remark": "已发而不在花名册上的 {count} 人：{ids}",
    "back-pay-states": "原按原先登记的情况和标准，现按现在登记的情况和标准",
    "back-pay-known": "原按 {before} 已知的情况，现按 {after} 已知的情况",
    "known-now": "新知：{changes}",
    # the list of promotions
    "promotions-title": "社区工作者晋级名单",
    "promotions-period": "晋级时间",
    "days": "{first} 至 {last}",
    "promotions-grade_before": "现岗位等级",
    "promotions-grade": "晋升后等级",
    "promotions-step_before": "现薪级",
    "promotions-step": "晋升后薪级",
    "promoted-on": "执行时间",
    "monthly-then": "晋级后月应发",
    "reason": "晋级理由",
    "from-post": "原岗位：{post}",
    "promotions-projected": "按现有情况推算，未经审批，共 {count} 人次",
    "promotions-open": "等级未确定的 {count} 人：{ids}",
    "promotions-others": "其他岗位、等级变动 {count} 项未列入",
    # the list of a move
    "transition-title": "社区工作者套改表",
    "transition-period": "套改日期",
    "transition-on": "套改日期",
    "transition-grade_before": "原等级",
    "transition-step_before": "原薪级",
    "transition-before": "原月应发",
    "transition-grade": "套改等级",
    "transition-step": "套改薪级",
    "transition-after": "新月应发",
    "transition-kept": "其中保留",
    "transition-difference": "月增减",
    "loses": "减少",
    "transition-outside": "未参加套改的 {count} 人未列入：{ids}",
    "transition-losing": "套改后减少的 {count} 人：{ids}",
    "transition-pay": "原月应发是套改前一天的全月应发，新月应发是套改当天的全月应发；合计、大写为每月增减之和",
    # the approval form
    "approval-title": "社区工作者岗位等级审批表",
    "filled-on": "填表日期",
    "served-since": "任职起始",
    "service": "计算年限",
    "service-value": "{months} 个月（截至 {as_of}）",
    "schooling": "学历",
    "degree": "学位",
    "qualification": "职业资格",
    "honour": "表彰奖励",
    "ratings": "近年考核",
    "rating": "{period} {value}",
    "value-since": "{value}（{day}）",
    "grade-before": "现岗位等级",
    "grade-now": "拟定岗位等级",
    "grade-value": "{grade} 级",
    "grade-step-value": "{grade} 级 {step} 档",
    "effective-on": "执行时间",
    "monthly-pay": "月应发标准",
    "monthly-capitals": "大写",
    "reasons": "认定理由",
    "own-word": "本人意见",
    "community-opinion": "社区党组织、居（村）民委员会意见",
    "township-opinion": "街道（乡镇）意见",
    "county-opinion": "县（市、区）审批意见",
    "opinion": "（签字盖章）          年    月    日",
    # who signs
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
