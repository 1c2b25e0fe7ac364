"""The words of careers: why an entry differs from the one before, and why no scheme can be asked; placeholders are the same in both languages."""

from __future__ import annotations

from typing import Final

__all__ = ["EN", "ZH"]

EN: Final[dict[str, str]] = {
    # why no scheme can be asked
    "career-no-place": "There is no community spell that names a place: no scheme can be asked.",
    "career-two-places": "Community spells in the places of several schemes cover this day ({schemes}): end the earlier one on the day of the move.",
    "career-region-unknown": "The place of period of service {spell} is not known: no scheme can be asked.",
    # wrong arguments
    "career-region-missing": "Period of service {spell} names no region; under several schemes each community spell needs one (a GB/T 2260 code).",
    "career-days-out-of-order": "The end {end} is not after the start {start}; the end is the day after the last.",
    "career-day-outside": "{on} is not part of this career, which runs from {start} and ends before {end}.",
    # the timeline in words
    "title-career": "Career",
    "career-span": "Worker {worker}    {days}    Known by: {known_on}",
    "career-scheme": "Scheme: {title} (id {id}, revision {revision}, digest {digest})",
    "career-days": "Days",
    "career-placement": "Post and grade",
    "career-monthly": "Full month (yuan)",
    "career-standing": "Standing",
    "career-nothing": "–",
    "career-month": "Month",
    "career-payable": "Payable (yuan)",
    "career-months": "Pay by month (whole months)",
    # why an entry differs
    "change-place": "comes under the scheme of another place: {before} → {after}",
    "change-version": "another version of the scheme applies: {before} → {after}",
    "change-post": "post: {before} → {after}",
    "change-record": "grade on record: {after}",
    "change-service": "{name}, months or years counted: {before} → {after}",
    "change-rating": "annual assessment, {name}: {before} → {after}",
    "change-fact": "{name}: {before} → {after}",
    "change-probation": "probation: {before} → {after}",
    "change-statistic": "statistic, {name}: {before} → {after}",
    "change-dated": "by the scheme from this day, {name}: {before} → {after}",
    "change-absence": "absence: {before} → {after} (the full month is not changed by it; the month's pay may be)",
    "change-open": "what is not known or not stated: {before} → {after}",
    "change-asked": "the scheme can be asked",
    "change-in-scope": "under the scheme",
    # coming changes
    "title-next": "Coming changes of grade",
    "next-projected": "PROJECTED for {days}, if nothing else happens than what is on file. Nobody has decided any of it.",
    "next-day": "Day",
    "next-worker": "Worker",
    "next-none": "No post, grade or step changes, and nobody leaves.",
    "next-open": "Not certain on some of these days: {count} ({workers}). cwgrade career says why.",
    "cli-next-about": "list the coming changes of grade on a roster, and who leaves, as far as is known",
    "cli-next-epilog": "Changes of amounts alone are not listed. Exit status: 0 every row is settled; 1 some are not; 2 the command or a file is wrong.",
    "cli-next-faulty": "Rows that could not be read: {count} ({rows}). cwgrade check says why.",
    "cli-help-next-from": "the day that is looked out from",
    "cli-help-until": "the last day that is looked at",
    "cli-help-rated": "the rating to assume for years that have none yet; it is written into the result",
    # the command
    "cli-career-about": "show one worker's grade and entitlement over time, with why each changed",
    "cli-career-epilog": "Exit status: 0 every day is settled; 1 the facts or the source leave some open; 2 the command or a file is wrong.",
    "cli-help-first-day": "the first day, such as 2016-01-01",
    "cli-help-last-day": "the last day, such as 2018-12-31",
    "cli-help-months": "also show the pay of each month",
}

ZH: Final[dict[str, str]] = {
    # why no scheme can be asked
    "career-no-place": "没有写明地区的社区任职经历，无法确定适用哪一方案。",
    "career-two-places": "这一天有几段社区任职经历，分属几个方案的地区（{schemes}）：请把前一段的结束日期写成调动当天。",
    "career-region-unknown": "第 {spell} 段任职经历的地区不明，无法确定适用哪一方案。",
    # wrong arguments
    "career-region-missing": "第 {spell} 段任职经历没有写地区；同时用几个方案时，每段社区任职经历都要写明地区（GB/T 2260 代码）。",
    "career-days-out-of-order": "结束日 {end} 不在开始日 {start} 之后；结束日是最后一天的次日。",
    "career-day-outside": "{on} 不在这份履历之内；它从 {start} 开始，到 {end} 之前为止。",
    # the timeline in words
    "title-career": "历年岗位等级和月应发",
    "career-span": "人员 {worker}    {days}    知悉日：{known_on}",
    "career-scheme": "方案：{title}（编号 {id}，第 {revision} 次修订，摘要 {digest}）",
    "career-days": "日期",
    "career-placement": "岗位和等级",
    "career-monthly": "足月月应发（元）",
    "career-standing": "是否最终",
    "career-nothing": "—",
    "career-month": "月份",
    "career-payable": "本月应发（元）",
    "career-months": "各月应发（按整月）",
    # why an entry differs
    "change-place": "改按另一地的方案：{before} → {after}",
    "change-version": "适用方案的另一版本：{before} → {after}",
    "change-post": "岗位：{before} → {after}",
    "change-record": "按备案等级：{after}",
    "change-service": "{name}，计入年限：{before} → {after}",
    "change-rating": "年度考核，{name}：{before} → {after}",
    "change-fact": "{name}：{before} → {after}",
    "change-probation": "试用期：{before} → {after}",
    "change-statistic": "统计数，{name}：{before} → {after}",
    "change-dated": "方案规定自这一天起，{name}：{before} → {after}",
    "change-absence": "缺勤：{before} → {after}（足月月应发不因此改变，当月应发可能改变）",
    "change-open": "不明或文件未写明的：{before} → {after}",
    "change-asked": "方案适用",
    "change-in-scope": "按本方案",
    # coming changes
    "title-next": "将有的等级变化",
    "next-projected": "预计（{days}）：除已登记的情况外不再有其他变化时的推算，未经任何单位审批。",
    "next-day": "日期",
    "next-worker": "人员",
    "next-none": "岗位、等级、档次没有变化，也没有人离开。",
    "next-open": "其间有的日子不能确定：{count} 人（{workers}）。原因见 cwgrade career。",
    "cli-next-about": "列出花名册上将有的等级变化和将离开的人，以已知情况为限",
    "cli-next-epilog": "只有金额变化的不列。退出状态：0 各行都已确定；1 有的行未定；2 命令或文件有误。",
    "cli-next-faulty": "没有读懂的行：{count} 行（{rows}）。原因见 cwgrade check。",
    "cli-help-next-from": "从哪一天起推算",
    "cli-help-until": "推算到哪一天",
    "cli-help-rated": "尚无考核结果的年度假定为何种结果；结果中会注明",
    # the command
    "cli-career-about": "列出一人各时期的岗位等级和月应发，以及每次变化的原因",
    "cli-career-epilog": "退出状态：0 每天都已确定；1 有的日子因情况不明或文件没有写明而未定；2 命令或文件有误。",
    "cli-help-first-day": "第一天，如 2016-01-01",
    "cli-help-last-day": "最后一天，如 2018-12-31",
    "cli-help-months": "同时列出各月应发",
}
