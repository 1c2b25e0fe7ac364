"""The words of what goes wrong with dataframes, by code; placeholders are the same in both languages."""

from __future__ import annotations

from typing import Final

__all__ = ["EN", "ZH"]

EN: Final[dict[str, str]] = {
    # one column or cell
    "frame-float-money": "an amount of money is stored as a float ({value!r}), and a float holds no exact yuan; give whole yuan, decimals or text, or whole fen in a column that ends in _fen",
    "frame-column-not-read": "{sheet}: the column {header!r} is not known, and its cells are not read",
    "frame-fen-not-whole": "a column of fen is stored as {value}; fen are whole numbers",
    "frame-time-zone": "the days have a time zone ({value}); take it off in the zone they were meant in, so that no day moves",
    "frame-time-of-day": "{value!r} has a time of day; keep the day only",
    "frame-dtype": "a {value} is no cell of a roster; give text, days or whole numbers",
    # the call
    "frame-not-eager": "{name} is a {value}; give an eager dataframe of pandas, Polars or PyArrow (a lazy one is collected first)",
    "frame-month-or-months": "give either month, such as '2024-07', or months, a list of them",
    "frame-months-not-a-list": "months is {value!r}; give a list, such as ['2024-07', '2024-08'], or give one month as month",
    "frame-month-twice": "months holds {value} twice; give each month once",
    "frame-row-not-whole": "row is {value!r}; give the place of the row as a whole number, counted from 0",
    "frame-no-such-row": "there is no row {value}; the rows are 0 up to, but not including, {count}",
    "frame-supplied-for-several-months": "the amounts in {columns} are for one month, but several are asked for; ask month by month, or leave the columns out",
    "frame-column-twice": "{name} has several columns of one name: {columns}; rename or drop one of each",
    "frame-column-taken": "the dataframe has columns {columns} already; drop or rename them",
    # files read in parts
    "frame-file-kind": "{value!r} is no kind of file that rosters are streamed from or to",
    "frame-file-is-target": "{value!r} would be read and written at once; write to another file",
    "frame-files-beside": "{files} belong to {value!r}, and their rows are not joined when a roster is read part by part; write the result to .csv or .xlsx, or pay a dataframe with its spells beside it",
    "frame-row-cells": "the row has {value} cells and the header has {count}; put quotation marks around a value that holds a comma, and keep an empty cell for each column",
    "frame-broken-file": "the file cannot be read to its end: {why}",
    "frame-many-faults": "{value} faults were found up to here, and reading stopped; set faulty rows aside (bad_rows='set_aside') to have all of them in the result",
    "frame-no-such-schema": "there is no column contract for {value!r}",
}

ZH: Final[dict[str, str]] = {
    # one column or cell
    "frame-float-money": "金额存成了浮点数（{value!r}），浮点数不能准确表示元；请用整数元、十进制数或文本，或在以 _fen 结尾的列中写整数分",
    "frame-column-not-read": "{sheet}：不认得列 {header!r}，其内容没有读入",
    "frame-fen-not-whole": "以分为单位的列存成了 {value}；分应为整数",
    "frame-time-zone": "日期带有时区（{value}）；请先换到原来的时区再去掉时区，以免日期错位",
    "frame-time-of-day": "{value!r} 带有时刻；请只保留日期",
    "frame-dtype": "{value} 不是名册单元格能用的类型；请用文本、日期或整数",
    # the call
    "frame-not-eager": "{name} 是 {value}；请给 pandas、Polars 或 PyArrow 的即时数据表（惰性数据表请先 collect）",
    "frame-month-or-months": "请写 month（如 '2024-07'）或 months（若干月份的列表），二者选一",
    "frame-months-not-a-list": "months 是 {value!r}；请写成列表，如 ['2024-07', '2024-08']，只算一个月时请写 month",
    "frame-month-twice": "months 中 {value} 出现两次；每个月只写一次",
    "frame-row-not-whole": "row 是 {value!r}；请用整数写行号，从 0 开始",
    "frame-no-such-row": "没有第 {value} 行；行号从 0 开始，小于 {count}",
    "frame-supplied-for-several-months": "{columns} 中的金额只属于一个月，却要算几个月；请逐月计算，或去掉这些列",
    "frame-column-twice": "{name} 中有重名的列：{columns}；请改名或删除其一",
    "frame-column-taken": "数据表已有列 {columns}；请删除或改名",
    # files read in parts
    "frame-file-kind": "不能从 {value!r} 这种文件分批读取名册，也不能分批写入",
    "frame-file-is-target": "{value!r} 不能同时读取和写入；请写到另一个文件",
    "frame-files-beside": "{files} 属于 {value!r}，分批读取名册时不会并入；请把结果写到 .csv 或 .xlsx，或用数据表加任职经历表计算",
    "frame-row-cells": "本行有 {value} 格，表头有 {count} 格；值中有逗号时要给整个值加引号，空格也要保留",
    "frame-broken-file": "文件无法读到末尾：{why}",
    "frame-many-faults": "到此已有 {value} 处差错，不再往下读；如要把全部差错写入结果，请把有差错的行另列（bad_rows='set_aside'）",
    "frame-no-such-schema": "没有 {value!r} 的列约定",
}
