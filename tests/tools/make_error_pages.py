"""Write the pages about errors from the wording of both languages and the bad files.

python -m tests.tools.make_error_pages
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from cwgrade.errors import FileFault
from cwgrade.wording import LANGUAGES, Language, files, schemes
from tests.tools.bad_schemes import BAD_SCHEMES, SPECIAL, UPPER
from tests.tools.make_bad_inputs import faults_of, inputs

__all__ = ["PAGES", "page"]

DOCS: Final = Path(__file__).parents[2] / "docs"
PAGES: Final[Mapping[Language, Path]] = {
    "en": DOCS / "reference" / "errors.md",
    "zh": DOCS / "zh" / "errors.md",
}
_LONGEST: Final = 110
_MOST_LINES: Final = 7

_INTRO: Final[Mapping[Language, str]] = {
    "en": """# Errors

Every message says where the fault is, what is wrong with the value that stands there, and how to mend it:

```text
harbin.toml:31: pay.allowance.yuan.deputi: 'deputi' is no value of post. Correct it; did you mean 'deputy'?
```

The file and its line come first, then the place in the file (section, name, key; entries of a list are counted
from 0), then the message. `cwgrade check FILE` prints all messages of a file, in Chinese with `--lang zh`.

- **All faults are told at once**, in the order of the file. What only follows from another fault is held back:
  where a post is written wrongly, the tables that use it are not blamed too. So new messages can appear once the
  first ones are mended.
- **A file that is no TOML** gets the messages of the first two groups only: what is mistyped has to be mended
  before anything else can be read.
- At most 200 faults of a scheme are shown; the last line says how many more there are.

In Python all faults are in one exception, and each has a stable `code`, which is the heading below:

```python
>>> from cwgrade import SchemeFileError, parse_scheme
>>> try:
...     parse_scheme('format = "cwgrade-scheme/1"')
... except SchemeFileError as error:
...     print([fault.code for fault in error.exceptions])
['missing-section', 'missing-section', 'missing-section', 'missing-section']

```

Each entry shows the lines of a file with the fault, and the message that they get. What the cells and headers of
a roster may be is told by [Roster and worker files](roster.md).
""",
    "zh": """# 错误信息

每条错误信息都写明：错在哪里、原来写的是什么、怎样改正。

```text
harbin.toml:31: pay.allowance.yuan.deputi: post 没有 'deputi' 这个值。请改正；是不是 'deputy'？
```

最前面是文件名和行号，然后是文件中的位置（节、名称、键；列表里的位置从 0 数起），最后是说明。
运行 `cwgrade check 文件 --lang zh` 可以看到一个文件的全部错误。

- **一次列出全部错误**，按文件中的先后排列。只是由别的错误引起的，不重复报告：岗位写错了，用到它的表不会跟着报错。
  所以改正之后，可能还会出现新的信息。
- **不是合法 TOML 的文件**，只会出现前两组的信息：先改正书写，才能读出内容。
- 方案文件最多显示 200 处错误，最后一行说明另有多少处。

每一条先列出有错的行，再列出对应的错误信息。标题是稳定的错误代码，程序可以据此判断。
""",
}
_SUBJECTS: Final[Mapping[str, Mapping[Language, str]]] = {
    "ime": {"en": "What a Chinese input method types", "zh": "输入法误用"},
    "toml": {"en": "Writing TOML", "zh": "书写格式"},
    "sections": {"en": "Sections and keys", "zh": "节和键"},
    "layers": {"en": "A scheme that extends another", "zh": "依托另一方案"},
    "values": {"en": "Single values", "zh": "单个值"},
    "gaps": {"en": "What the source does not say", "zh": "缺项"},
    "header": {"en": "Place, days and samples", "zh": "地区、日期和示例"},
    "sources": {"en": "Sources", "zh": "来源"},
    "posts": {"en": "Posts, facts and scope", "zh": "岗位、人员情况和适用范围"},
    "history": {
        "en": "Service, effect, ladder, credits, assessment",
        "zh": "年限、生效、等级、上调、考核",
    },
    "formulas": {"en": "How a value is stated", "zh": "数值的写法"},
    "names": {"en": "Names", "zh": "名称"},
    "amounts": {"en": "Units and tables", "zh": "单位和表"},
    "pay": {"en": "Pay", "zh": "薪酬"},
    "transition": {"en": "Moving from an earlier scheme", "zh": "套改"},
    "people": {
        "en": "Worker, case, facts and series files",
        "zh": "人员、案例、事实和统计数据文件",
    },
}
_OTHERS: Final[Mapping[Language, str]] = {
    "en": "Also possible, without an example here:",
    "zh": "另外还可能出现（此处不举例）：",
}
_BUILT_IN: Final = ("several",)


def page(lang: Language) -> str:
    """Give the text of a page."""
    examples = {path: _first(path) for path in _ordered() if path.parent.name != "rosters"}
    by_subject: dict[str, list[str]] = {subject: [] for subject in _SUBJECTS}
    shown: set[str] = set()
    for path, fault in examples.items():
        subject = _subject(path)
        if subject is None or fault.code in shown:
            continue
        if path.stem == fault.code or path.stem.startswith(f"{fault.code}-"):
            shown.add(fault.code)
            by_subject[subject].append(_entry(path, fault, lang))
    parts = [_INTRO[lang]]
    for subject, entries in by_subject.items():
        parts.append(f"## {_SUBJECTS[subject][lang]}\n")
        parts += entries
    left = sorted(({*schemes.EN, *files.EN}) - shown)
    parts.append(f"{_OTHERS[lang]}\n")
    parts += [f"- `{code}`: {_template(code, lang)}" for code in left]
    return "\n".join(parts).rstrip() + "\n"


def _ordered() -> list[Path]:
    """Give the bad files in the order of the page, the plainest example of a code first."""
    made = [name for group in BAD_SCHEMES.values() for name in group]
    return sorted(
        inputs(),
        key=lambda path: (
            path.parent.name != "schemes",
            made.index(path.stem) if path.stem in made else len(made),
            path.stem,
        ),
    )


def _subject(path: Path) -> str | None:
    if path.parent.name != "schemes":
        return "people"
    if path.stem in SPECIAL:
        return "toml" if path.stem.startswith("toml") else "sections"
    if path.stem in UPPER:
        return "layers"
    group = next(group for group, made in BAD_SCHEMES.items() if path.stem in made)
    return None if group in _BUILT_IN else group


@functools.cache
def _first(path: Path) -> FileFault:
    group = faults_of(path)
    assert group is not None, path
    faults = [fault for fault in group.exceptions if isinstance(fault, FileFault)]
    called = [
        one for one in faults if path.stem == one.code or path.stem.startswith(f"{one.code}-")
    ]
    return (called or faults)[0]


def _entry(path: Path, fault: FileFault, lang: Language) -> str:
    name = "wages" if path.parent.name == "series" else path.parent.name.removesuffix("s")
    told = fault.located(file=f"{name}{path.suffix}", line=fault.line).text(lang)
    # a file that is named in the message is shown from where the bad file stands
    told = told.replace(f"{path.parent}/", "")
    lines = "".join(f"{line}\n" for line in _lines(path, fault.line))
    shown = f"```{path.suffix[1:]}\n{lines}```\n\n" if lines else ""
    return f"### {fault.code}\n\n{shown}```text\n{told}\n```\n"


def _lines(path: Path, line: int | None) -> Iterator[str]:
    """Give the line of a fault; of a section's header, the lines below it too."""
    if line is None or path.stem in SPECIAL:
        return
    lines = path.read_text(encoding="utf-8").split("\n")[line - 1 :]
    for count, text in enumerate(lines):
        if (count and not (lines[0].startswith("[") and text.strip())) or count == _MOST_LINES:
            return
        yield text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _template(code: str, lang: Language) -> str:
    table = schemes if code in schemes.EN else files
    text: str = {"en": table.EN, "zh": table.ZH}[lang][code]
    for name in ("value", "half", "mend", "text", "most", "count", "kind", "encoding", "near"):
        text = text.replace(f"{{{name}!r}}", f"‹{name}›").replace(f"{{{name}}}", f"‹{name}›")
    return text.replace("{{", "{").replace("}}", "}")


def main() -> None:
    """Write both pages."""
    for lang in LANGUAGES:
        PAGES[lang].write_text(page(lang), encoding="utf-8")


if __name__ == "__main__":
    main()
