"""The words of what is kept for years: frozen rules and stored answers; placeholders are the same in both languages."""

from __future__ import annotations

from typing import Final

__all__ = ["EN", "ZH"]

EN: Final[dict[str, str]] = {
    "frozen-not-rules": "These bytes are no frozen rules ({accepted}). Freeze a scheme with cwgrade freeze, or with cwgrade.exchange.freeze.",
    "frozen-changed": "The frozen rules with the digest {value!r} were changed after they were written: their digest does not fit. Take them from a backup, or freeze the schemes again.",
    "frozen-newer": "The frozen rules say something that this version of cwgrade does not know: {value}. Read them with a newer version.",
    "frozen-no-scheme": "The frozen rules hold no scheme {value!r}",
    "frozen-twice": "Two schemes that differ have the id {value!r}; one file holds one of them.",
    "stored-not-an-answer": "This is no stored answer",
    "stored-changed": "The stored answer with the digest {value!r} was changed after it was written: its digest does not fit. Take it from a backup.",
    "stored-other-rules": "The stored answer rests on the rules {needed}, and those given are {value}. Give the file that is named by that digest.",
    "cli-freeze-about": "write schemes with all versions and figures as one file, addressed by its digest",
    "cli-freeze-epilog": "With a roster and a month, every answer is kept beside the rules; cwgrade recompute finds them again, in later versions too.\nExit status: 0 written; 1 written, some rows cannot be read and are not kept; 2 the command or a file is wrong.",
    "cli-recompute-about": "find stored answers again, and say which have come to differ",
    "cli-recompute-epilog": "Exit status: 0 all answers are the same; 1 some differ; 2 the command or a file is wrong.",
    "cli-help-freeze-roster": "a roster whose answers are kept too (.csv, .xlsx or the word sample)",
    "cli-help-freeze-month": "with a roster: the month that is paid",
    "cli-help-freeze-scheme": "the id of a bundled scheme, or a scheme file (.toml); may be repeated",
    "cli-help-freeze-out": "the folder they are kept in; it is made where there is none",
    "cli-help-recompute": "a file of stored answers (.jsonl)",
    "cli-help-rules": "the frozen rules; without it, the file beside the answers that their digest names",
    "cli-freeze-rules": "Rules: {file}, digest {digest}.",
    "cli-freeze-kept-already": "{file} is there already, and says the same.",
    "cli-freeze-answers": "Answers: {file}, {count} of {rows} rows.",
    "cli-freeze-skipped": "Rows {rows} cannot be read and are not kept: cwgrade check tells why.",
    "cli-freeze-roster-month": "A roster and --month go together, with one --scheme.",
    "cli-recompute-differs": "line {line}, worker {worker}: {path} was {stored}, and is now {found}",
    "cli-recompute-sum": "{count} stored answers: {same} the same, {different} different.",
    "cli-recompute-reasons": "{count} answers are the same and come by other steps now.",
    "cli-recompute-empty": "{file} holds no stored answer.",
}

ZH: Final[dict[str, str]] = {
    "frozen-not-rules": "这不是冻结的规则（{accepted}）。请用 cwgrade freeze 或 cwgrade.exchange.freeze 生成。",
    "frozen-changed": "摘要值为 {value!r} 的冻结规则写出之后被改动过：摘要值不符。请用备份，或重新冻结。",
    "frozen-newer": "冻结的规则里有本版 cwgrade 不认识的内容：{value}。请用更新的版本读取。",
    "frozen-no-scheme": "冻结的规则里没有方案 {value!r}",
    "frozen-twice": "两个内容不同的方案用了同一个 id {value!r}；一个文件只能放其中一个。",
    "stored-not-an-answer": "这不是存下的结果",
    "stored-changed": "摘要值为 {value!r} 的结果存下之后被改动过：摘要值不符。请用备份。",
    "stored-other-rules": "这条结果依据的规则是 {needed}，给出的规则是 {value}。请给出以该摘要值命名的文件。",
    "cli-freeze-about": "把方案连同全部版本和数据写成一个文件，以摘要值命名",
    "cli-freeze-epilog": "给出花名册和月份，每一行的结果也一并存下；以后用 cwgrade recompute 重算核对，新版本也能读。\n退出码：0 已写出；1 已写出，但有的行读不出来，没有存下；2 命令或文件有误。",
    "cli-recompute-about": "重算存下的结果，指出哪些有了变化",
    "cli-recompute-epilog": "退出码：0 全部相同；1 有不同；2 命令或文件有误。",
    "cli-help-freeze-roster": "连同结果一起存下的花名册（.csv、.xlsx，或写 sample）",
    "cli-help-freeze-month": "给出花名册时：计发的月份",
    "cli-help-freeze-scheme": "随附方案的 id，或方案文件（.toml）；可多次给出",
    "cli-help-freeze-out": "存放的文件夹；没有就新建",
    "cli-help-recompute": "存下的结果（.jsonl）",
    "cli-help-rules": "冻结的规则；不给出时，取结果旁边以其摘要值命名的文件",
    "cli-freeze-rules": "规则：{file}，摘要值 {digest}。",
    "cli-freeze-kept-already": "{file} 已经有了，内容相同。",
    "cli-freeze-answers": "结果：{file}，{rows} 行中的 {count} 行。",
    "cli-freeze-skipped": "第 {rows} 行读不出来，没有存下；原因请看 cwgrade check。",
    "cli-freeze-roster-month": "花名册与 --month 须同时给出，且只能有一个 --scheme。",
    "cli-recompute-differs": "第 {line} 行，工号 {worker}：{path} 原为 {stored}，现为 {found}",
    "cli-recompute-sum": "存下的结果 {count} 条：{same} 条相同，{different} 条不同。",
    "cli-recompute-reasons": "{count} 条结果相同，但现在的推算步骤不同。",
    "cli-recompute-empty": "{file} 里没有存下的结果。",
}
