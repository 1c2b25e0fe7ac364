"""The words of moves from an earlier version (套改); placeholders are the same in both languages."""

from __future__ import annotations

from typing import Final

__all__ = ["EN", "TERMS_EN", "TERMS_ZH", "ZH"]

EN: Final[dict[str, str]] = {
    # gaps
    "earlier-version-not-on-file": "What is kept of the old pay cannot be found: the version that people came from is not on file. Lay it beside the scheme file as NAME@WORD.toml.",
    "protection-after-a-break": "The worker left after the move and came back, and the scheme does not say whether the old pay is then still kept ({path}).",
    # steps
    "step-protected-nothing": "no higher pay under an earlier version to keep → {result}",
    "step-protected-enough": "old pay {old}, new pay {new} on {since}: nothing is lost → {result}",
    "step-protected-none": "old pay {old}, new pay {new} on {since}, and nothing is kept → {result}",
    "step-protected-frozen": "old pay {old} less the pay that holds now, {new} → {result}",
    "step-protected-reached": "the new pay reached the old pay of {old} on {reached}; it is kept no longer → {result}",
    "step-protected-melting": "old pay {old} less new pay {new} on {since}, less {risen} by promotions since → {result}",
    "step-protected-for_good": "old pay {old} less new pay {new} on {since}, kept for good → {result}",
    "step-new-pay": "full monthly pay on {on}, without what is kept → {result}",
}

ZH: Final[dict[str, str]] = {
    # gaps
    "earlier-version-not-on-file": "无法确定保留的原薪酬：没有原版本的方案文件。请放在方案文件旁，文件名写作 NAME@WORD.toml。",
    "protection-after-a-break": "该人员套改后离职又返回，方案没有写明此时是否仍保留原薪酬（{path}）。",
    # steps
    "step-protected-nothing": "没有可保留的原薪酬 → {result}",
    "step-protected-enough": "原薪酬 {old}，{since} 新薪酬 {new}，没有降低 → {result}",
    "step-protected-none": "原薪酬 {old}，{since} 新薪酬 {new}，不作保留 → {result}",
    "step-protected-frozen": "原薪酬 {old} 减去现薪酬 {new} → {result}",
    "step-protected-reached": "新薪酬已于 {reached} 达到原薪酬 {old}，不再保留 → {result}",
    "step-protected-melting": "原薪酬 {old} 减去 {since} 新薪酬 {new}，再减去此后晋升所增 {risen} → {result}",
    "step-protected-for_good": "原薪酬 {old} 减去 {since} 新薪酬 {new}，长期保留 → {result}",
    "step-new-pay": "{on} 全月薪酬（不含保留部分） → {result}",
}

TERMS_EN: Final[dict[str, str]] = {
    "step.protected": "kept of the old pay",
    "step.new-pay": "new pay",
    "transition.table": "by a table of grades",
    "transition.recomputed": "computed anew by this scheme's rules",
    "transition.equal_pay": "at the grade with the next pay",
    "transition.shift": "the old pay moved by an amount",
    "transition.none": "no protection",
    "transition.frozen": "the old pay is kept until the new one reaches it",
    "transition.melting": "the difference is paid on and shrinks with every promotion",
    "transition.for_good": "the difference is paid on for good",
    "transition.kept": "counts on",
    "transition.converted": "is converted",
    "transition.restarts": "begins anew",
    "earlier version": "the earlier version",
}

TERMS_ZH: Final[dict[str, str]] = {
    "step.protected": "保留的原薪酬",
    "step.new-pay": "新薪酬",
    "transition.table": "按等级对应表",
    "transition.recomputed": "按本方案重新计算",
    "transition.equal_pay": "就近就高靠档",
    "transition.shift": "在原薪酬上增加定额",
    "transition.none": "不作保留",
    "transition.frozen": "保留原薪酬，直至新薪酬达到",
    "transition.melting": "差额保留，随晋升逐步冲销",
    "transition.for_good": "差额长期保留",
    "transition.kept": "连续计算",
    "transition.converted": "折算",
    "transition.restarts": "重新计算",
    "earlier version": "原版本",
}
