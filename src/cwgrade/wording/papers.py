"""The words of the command that makes forms; what forms print stands in `printed`."""

from __future__ import annotations

from typing import Final

__all__ = ["EN", "ZH"]

EN: Final[dict[str, str]] = {
    "cli-form-about": "make a form that an office prints and signs, as a workbook (in Chinese)",
    "cli-form-epilog": "cwgrade form FORM --help tells what a form is asked with. Exit status: 0 everybody is on it for certain; 1 somebody is not, and the form says who; 2 nothing was written.",
    "cli-form-written": "The form: {file}",
    "cli-form-pay": "the pay sheet of a month (工资表)",
    "cli-form-arrears": "the sheet of back pay (补发表)",
    "cli-form-promotions": "the list of those who come to a higher grade or step (晋级名单)",
    "cli-form-grade": "the approval form of one worker's grade (岗位等级审批表)",
    "cli-form-grade-epilog": "Exit status: 0 the grade is certain; 1 it is not, and the form says why; 2 nothing was written.",
    "cli-help-form-on": "the day from which the grade is to hold",
    "cli-form-promoted": "{count} come to a higher grade or step.",
    "cli-help-form-kind": "the form",
    "cli-help-form-out": "where the form is written, .xlsx",
    "cli-help-office": "who draws the form up (编制单位); without it there is room to write it",
    "cli-help-title": "another title",
    "cli-help-show": "a column of the roster that the form shows as it is; may be repeated. 姓名 is shown in any case",
    "cli-help-paper": "the paper: A4 (as long as nothing else is said) or A3",
    "cli-no-such-form": "There is no form {value!r}",
    "cli-no-such-header": "The roster passes no column {value!r} through: a form can show what cwgrade does not read itself",
    "form-shown-length": "Worker {worker!r} shows {value}, and the headers are {shown}: give one text for each.",
}

ZH: Final[dict[str, str]] = {
    "cli-form-about": "生成可以打印、签字的表（.xlsx）",
    "cli-form-epilog": "各表的选项见 cwgrade form 表名 --help。退出状态：0 人人都已确定；1 有人未确定，表中写明；2 未写出任何结果。",
    "cli-form-written": "表已写到 {file}",
    "cli-form-pay": "一个月的工资表",
    "cli-form-arrears": "补发、补扣表",
    "cli-form-promotions": "晋级名单",
    "cli-form-grade": "一个人的岗位等级审批表",
    "cli-form-grade-epilog": "退出状态：0 等级已确定；1 未确定，表中写明原因；2 未写出任何结果。",
    "cli-help-form-on": "等级从哪一日起执行",
    "cli-form-promoted": "晋升等级、薪级的共 {count} 人次。",
    "cli-help-form-kind": "哪一种表",
    "cli-help-form-out": "表写到哪个文件，.xlsx",
    "cli-help-office": "编制单位；不写则留空手填",
    "cli-help-title": "另定表名",
    "cli-help-show": "照原样列入表中的花名册列，可多次使用；姓名总会列入",
    "cli-help-paper": "纸张：A4（不写时）或 A3",
    "cli-no-such-form": "没有 {value!r} 这种表",
    "cli-no-such-header": "花名册中没有可照列的 {value!r} 列：能照列的是 cwgrade 自己不读的列",
    "form-shown-length": "工号 {worker!r} 列出的是 {value}，而表头是 {shown}：每个表头各要一项。",
}
