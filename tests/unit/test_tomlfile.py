"""TOML files with the slips that a Chinese input method makes, and the lines of keys."""

from __future__ import annotations

import re
import string
import time
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cwgrade.errors import FileFault, SchemeFileError
from cwgrade.tomlfile import MOST_BYTES, near, parse_toml, path_text, read_toml
from cwgrade.tomlfile.limits import past_limits
from cwgrade.wording import files


def refused(text: str) -> SchemeFileError:
    with pytest.raises(SchemeFileError) as caught:
        parse_toml(text, file="a.toml")
    return caught.value


def codes(text: str) -> list[tuple[int | None, str]]:
    faults = refused(text).exceptions
    return [(fault.line, fault.code) for fault in faults if isinstance(fault, FileFault)]


class TestWords:
    def test_both_languages_have_the_same_codes_and_placeholders(self) -> None:
        assert files.EN.keys() == files.ZH.keys()
        for code, template in files.EN.items():
            assert placeholders(template) == placeholders(files.ZH[code]), code


def placeholders(template: str) -> set[tuple[str, str | None]]:
    return {(name, how) for _, name, _, how in string.Formatter().parse(template) if name}


class TestSlips:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            # quotation marks
            ("a = “甲、乙”", r"a\.toml:1: Chinese quotation mark '“甲、乙”'; type '\"甲、乙\"'"),
            ('a = “甲"', r"quotation mark '“甲\"'; type '\"甲\"'"),
            ('a = "甲”', "Chinese quotation mark '”'; type '\"'"),
            ('a = ["甲”, "乙"]', "Chinese quotation mark '”'"),
            ('a = "“引”" + "”"', "Chinese quotation mark '“'"),
            ("a = ＂甲＂", "Chinese quotation mark '＂甲＂'"),
            ("a = 「甲」", "Chinese quotation mark '「甲」'"),
            ("a = ‘甲’", "quotation mark '‘甲’'; type \"'甲'\""),
            ("“甲” = 1", "Chinese quotation mark '“'"),
            # the equals sign and the colon
            ("a ＝ 1", "full-width equals sign '＝'; type the half-width '='"),
            ("a：1", "full-width colon '：'; between a key and its value type '='"),
            ("a = { x：1 }", "full-width colon '：'"),
            ("a : 1", "':' after a key; type '=' instead"),
            # commas
            ("a = [1，2]", "Chinese comma '，'; type the half-width ','"),
            ("a = [1、2]", "Chinese comma '、'"),
            ("a = { x = 1，y = 2 }", "Chinese comma '，'"),
            ("a = 1，", "'，' follows a value; only a comment may"),
            # digits, dots, minus, letters
            ("a = １２", "full-width digits '１２'; type '12'"),
            ("a = 1２.5", "full-width digits '1２.5'; type '12.5'"),
            ("a = 1．5", r"full-width dot '1．5'; type the half-width '1\.5'"),
            ("a。b = 1", "full-width dot '。'"),
            ("a = －5", "minus '－5'; type the half-width '-5'"),
            ("ｐａｙ = 1", "full-width 'ｐａｙ'; type the half-width 'pay'"),
            # a unit beside the number, a word for "the source has none"
            (
                "a = 7200元",
                "'7200元' has its unit beside it, which the key names already; write 7200,",
            ),
            ("a = ７２００元", "'７２００元' has its unit.*write 7200,"),
            ("a = ¥7200", "'¥7200' has its unit.*write 7200,"),
            ("a = 1.5万元/年", "write 15000,"),
            ("a = 2年", "write 2,"),
            ("a = 7200 元", "'7200 元' has its unit.*write 7200,"),
            ("a = missing", r"'missing' is no value of TOML; .* write \{ missing = \"why\" \}"),
            ("a = 未载", r"'未载' is no value of TOML.*where the word itself is meant, \"未载\","),
            ("a = { missing = 未载 }", "'未载' has no quotation marks; write \"未载\","),
            ("a = 甲元", "'甲元' has no quotation marks"),
            # commas between digits inside a table
            ("a = { x = 1,720, y = 2 }", "'1,720' has commas between its digits; write 1720,"),
            ("a = { x = 1,720.50 }", "'1,720.50' has commas between its digits; write 1720.50,"),
            # brackets
            ("［pay］", r"full-width bracket '［'; type the half-width '\['"),
            ("【pay】", "full-width bracket '【'"),
            ("［［pay］］", "full-width bracket '［［'"),
            ("[pay］", "full-width bracket '］'"),
            ("a = ［1］", "full-width bracket '［'"),
            ("a = （1）", "full-width bracket '（'"),
            ("a = ｛x = 1｝", "full-width bracket '｛'; type the half-width '{'"),
            # spaces and comments
            ("\u3000a = 1", r"wide or invisible space '\\u3000'; type an ordinary space"),
            ("a = 1\u3000# x", "wide or invisible space"),
            ("a\u00a0= 1", "wide or invisible space"),
            ("a = 1 ＃ 注", "full-width number sign '＃'"),
            # days and numbers
            ("a = 2024-02-30", "there is no day '2024-02-30'"),
            ("a = 2024-1-1", "'2024-1-1' is not written as a day; write 2024-01-01"),
            ("a = 2024/7/1", "write 2024-07-01"),
            ("a = 2024年7月1日", "write 2024-07-01"),
            ("a = 2024-07", 'write "2024-07"'),
            ("a = 010", "'010' starts with a zero; write 10 for the number or \"010\" for a code"),
            ("a = 70%", r"'70%' is a percentage; write 0\.70"),
            ("a = 3‰", r"'3‰' is a percentage; write 0\.003"),
            ("a = 1,300.50", r"'1,300\.50' has commas between its digits; write 1300\.50"),
            ("a = .5", r"'\.5' lacks digits beside its point; write 0\.5"),
            # words, keys and structure
            ("a = NO", "'NO' has no quotation marks; write \"NO\""),
            ("a = True", "'True' has no quotation marks; write true"),
            ("36+ = 2", r"'36\+' cannot stand as a key without quotation marks; write \"36\+\""),
            ("姓名 = 2", "'姓名' cannot stand as a key"),
            ("= 2", "'' cannot stand as a key"),
            ("1.5 = 2", r"the key '1\.5' splits at its dot into two keys; write \"1\.5\""),
            ("[a.1.5]", r'write a\."1\.5"'),
            ("a = 1\n[b]\nc = 1\nc = 2", r"a\.toml:4: 'b\.c' is given twice, first on line 3"),
            ("[a]\n[a]", "'a' is given twice, first on line 1"),
            ("a.b = 1\n[a]", "the same key or section is given twice"),
            ("a =", "'a' has no value"),
            ("a", "'a' is followed by no equals sign"),
            ('a "x"', "is followed by no equals sign"),
            ("a = [1 2]", "a comma is missing after '1'"),
            ('a = "x', "nothing closes '\"x'; write '\"' at its end"),
            ('a = """\nx', 'nothing closes \'"""\''),
            ("a = [1, 2", r"nothing closes '\['; write '\]'"),
            ("a = [1,", r"nothing closes '\['"),
            ("a = { x = 1,", "nothing closes '{'"),
            ("a = [1}", r"nothing closes '\['"),
            ("a = { x = 1", "nothing closes '{'; write '}'"),
            ("a = { x = 1 ]", "nothing closes '{'"),
            ("[pay", r"nothing closes '\[pay'"),
            ("[[pay]", r"nothing closes '\[\[pay\]'; write '\]\]'"),
            ("[]", "'' cannot be the name of a section"),
            ("a = {\n x = 1\n}", "must end on the same line"),
            ('a = "C:\\docs"', r"'\\\\d' is no escape"),
            ('a = "x" y', "'y' follows a value; only a comment may"),
            ("a = 1 ]", r"'\]' follows a value"),
            ("a = [ = ]", "has no value"),
            ("a = 1 # \x00", "this is not TOML: Found invalid character"),
        ],
    )
    def test_is_named_with_its_mend(self, text: str, told: str) -> None:
        assert re.search(told, str(refused(text)), re.IGNORECASE), str(refused(text))

    @pytest.mark.parametrize(
        "text",
        [
            "a = '全角＝，、“”【】１２\u3000'",
            'a = "他说“好”，＝"  # 注：“甲”，【乙】＝１',
            'a = """\n“甲”＝１，\n"""\nb = 2',
            "a = '''\n［x］\n'''",
            '"甲、乙" = 1',
            "[\"１．５\"]\n'（a）' = 1",
            "a = [1, # ，\n 2]",
            "a.1 = 2024-01-01 10:00:00\nb = 1_0\nc = 0x1F\nd = 07:32:00\ne = 1979-05-27T07:32:00Z",
            "a = [{ x = 1 }, { x = 2 }]",
            'a = "\\u0041\\\\d"\n"\\u0041\\t" = 1',
        ],
    )
    def test_is_not_seen_inside_strings_and_comments(self, text: str) -> None:
        assert parse_toml(text, file="a.toml").table == tomllib.loads(text)

    def test_all_slips_of_a_file_are_told_at_once(self) -> None:
        text = "［pay］\nyuan ＝ 3\n# “”\nlist = [\n “甲”，\n “乙”,\n]\nt = ３\nn = NO\n[x\nz = 1"
        assert codes(text) == [
            (1, "ime-bracket"),
            (2, "ime-equals"),
            (5, "ime-quote"),
            (5, "ime-comma"),
            (6, "ime-quote"),
            (8, "ime-digits"),
            (9, "toml-bare-word"),
            (10, "toml-unclosed"),
        ]

    def test_an_array_that_nothing_closes_does_not_hide_the_rest(self) -> None:
        assert codes("a = [1,\n2\nb = 3\nc = ２") == [(1, "toml-unclosed"), (4, "ime-digits")]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            # a bracket that nothing closes: the next statement or section is read again
            ("a = { x = 1\nb = ２", [(1, "toml-unclosed"), (2, "ime-digits")]),
            ("a = { x = 1,\n[b]\nc = ２", [(1, "toml-unclosed"), (3, "ime-digits")]),
            ('a = [1,\n[b."c d"] # x\nc = ２', [(1, "toml-unclosed"), (3, "ime-digits")]),
            ("a = [1\n[b]\nc = ２", [(1, "toml-unclosed"), (3, "ime-digits")]),
            ("a = [\n{ x = 1\n{ x = 2 },\n]\nc = ２", [(2, "toml-unclosed"), (5, "ime-digits")]),
            ("a = [1\n2]\nc = ２", [(2, "toml-no-comma"), (3, "ime-digits")]),
            ("a = [\n{ x = 2],\n{ x = 1 },\n]\nc = ２", [(2, "toml-unclosed"), (5, "ime-digits")]),
            # a broken header: its keys are not taken for those of the section before
            ("[a]\nx = 1\n[b?]\nx = 2", [(3, "toml-header")]),
            ("[a]\nx = 1\nb]\nx = 2", [(3, "toml-no-equals")]),
        ],
    )
    def test_one_slip_is_told_once(self, text: str, expected: list[tuple[int, str]]) -> None:
        assert codes(text) == expected

    def test_the_line_is_shown_short(self) -> None:
        told = str(refused("a = [" + "1, " * 200 + "２, " + "3, " * 200 + "]"))
        assert "２" in told
        assert len(told) < 200

    def test_a_wrong_file_is_at_fault_only_so_often(self) -> None:
        faults = refused("甲 乙\n" * 5000)
        assert len(faults.exceptions) == 101
        assert "4900 more faults" in str(faults)

    def test_chinese_words(self) -> None:
        told = refused("a ＝ 1").text("zh")
        assert told == "a.toml:1: 误用了全角等号 '＝'；请改为半角 '='。所在行：a ＝ 1"


class TestLimits:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("a = nan", r"a\.toml:1: a: 'nan' is no number"),
            ("[x]\na = [1,\n-inf]", r"a\.toml:3: x\.a\[1\]: '-infinity' is no number"),
            (
                "a = 1e999999",
                r"'1E\+999999' is too large; the largest accepted is 1000000000000000",
            ),
            ("a = 0e999999999", "is too large"),
            ("a = 1e99999999999999999999999999", "is too large"),
            ("a = 1000000000000001", "1000000000000001 is too large"),
            ("a = -1000000000000001", "is too large"),
            ("a = 1000000000000000.5", "is too large"),
            ("a = " + "9" * 5000, "'9{40}…' is too large"),
            ("a = 0x" + "f" * 9000, "is too large"),
            ("a = 0.1234567890123", r"'0\.1234567890123' has too many decimals; at most 12"),
            ("a = " + "[" * 13 + "]" * 13, "more than 12 deep"),
            ("a = " + "[" * 100_000, "more than 12 deep"),
            ("a = " + "{a = " * 5000, "more than 12 deep"),
            ("a = " + "{? = " * 5000, "more than 12 deep"),
            ("a." * 100_000 + "a = 1", "more than 12 deep"),
            ("[" + "a." * 100_000 + "a]", "more than 12 deep"),
            ("a = [" + "1," * 20_001 + "]", "more than 20000 keys and list items"),
            (f"a = '{'x' * 20_001}'", "a text of 20001 characters; at most 20000"),
            ("'" + "x" * 20_001 + "' = 1", "a text of 20001 characters"),
            ("#" * (MOST_BYTES + 1), "more than 1048576 bytes"),
        ],
        ids=lambda text: text[:20],
    )
    def test_is_refused(self, text: str, told: str) -> None:
        began = time.perf_counter()
        assert re.search(told, str(refused(text)), re.IGNORECASE), str(refused(text))[:300]
        assert time.perf_counter() - began < 5

    @pytest.mark.parametrize(
        "text",
        [
            "a = 1000000000000000",
            "a = 0.123456789012",
            "a = 1e15",
            f"a = '{'x' * 20_000}'",
            "a = [[[[[1]]]]]",
        ],
        ids=lambda text: text[:20],
    )
    def test_is_just_accepted(self, text: str) -> None:
        assert parse_toml(text, file="a.toml").table


def test_limits_do_not_rest_on_the_walk() -> None:
    deep: Any = 1
    for _ in range(13):
        deep = [deep]
    assert [code for code, _, _ in past_limits({"a": deep})] == ["toml-too-deep"]


class TestReadToml:
    def test_reads_utf8_with_and_without_its_mark(self, tmp_path: Path) -> None:
        for name, encoding in (("a.toml", "utf-8"), ("b.toml", "utf-8-sig")):
            path = tmp_path / name
            path.write_text('a = "样"\r\nb = 1.10', encoding=encoding, newline="")
            assert read_toml(path).table == {"a": "样", "b": Decimal("1.10")}

    @pytest.mark.parametrize(
        ("raw", "told"),
        [
            (
                'a = 1\nb = "样城社区工作者"'.encode("gb18030"),
                r"a\.toml:2: The file is not UTF-8 text \(it looks like GB18030\)",
            ),
            ("a = '样'".encode("utf-16"), "looks like UTF-16"),
            (b"PK\x03\x04\xff\xfe", "looks like xlsx"),
            (b"a = '\xff\xff'", r"looks like \?"),
            (b"a" * (MOST_BYTES + 1), "more than 1048576 bytes"),
        ],
        ids=["gb18030", "utf-16", "xlsx", "broken", "too large"],
    )
    def test_says_what_a_file_is_that_is_not_utf8(
        self, tmp_path: Path, raw: bytes, told: str
    ) -> None:
        path = tmp_path / "a.toml"
        path.write_bytes(raw)
        with pytest.raises(SchemeFileError) as caught:
            read_toml(path)
        assert re.search(told, str(caught.value))

    def test_a_missing_file_is_the_systems_error(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError, match=r"none\.toml"):
            read_toml(tmp_path / "none.toml")


class TestLineOf:
    text = """\
# scheme
[scheme]
id = "x"

[sources.doc]
url = "https://x"
note = '''
[not a header]
k = 1
'''
[pay.post_pay]
yuan.deputy = 3
yuan."项目 a" = [1,
  2, # two
  { k = 1, "j.k" = [
  5] }]
[[rows]]
a = 1
[rows.sub]
b = 2
[[rows]]
[[rows.deep]]
c = 3
[[rows.deep]]
c = 4
"""

    @pytest.mark.parametrize(
        ("path", "line"),
        [
            (("scheme",), 2),
            (("scheme", "id"), 3),
            (("sources",), 5),
            (("sources", "doc", "url"), 6),
            (("sources", "doc", "note"), 7),
            (("sources", "doc", "k"), 5),
            (("pay",), 11),
            (("pay", "post_pay", "yuan", "deputy"), 12),
            (("pay", "post_pay", "yuan", "项目 a"), 13),
            (("pay", "post_pay", "yuan", "项目 a", 1), 14),
            (("pay", "post_pay", "yuan", "项目 a", 2, "k"), 15),
            (("pay", "post_pay", "yuan", "项目 a", 2, "j.k", 0), 16),
            (("rows",), 17),
            (("rows", 0, "a"), 18),
            (("rows", 0, "sub", "b"), 20),
            (("rows", 1), 21),
            (("rows", 1, "deep", 0, "c"), 23),
            (("rows", 1, "deep", 1, "c"), 25),
            (("rows", 1, "deep", 1, "missing", "more"), 24),
            (("nowhere",), None),
            ((), None),
        ],
    )
    def test_gives_the_nearest_enclosing_key(
        self, path: tuple[str | int, ...], line: int | None
    ) -> None:
        assert parse_toml(self.text, file="a.toml").line_of(path) == line


class TestNear:
    def test_finds_what_was_meant(self) -> None:
        assert near("mastr", ("bachelor", "master")) == "master"
        assert near("SENIOR", ("Senior", "senior_2")) == "Senior"
        assert near("zzz", ("bachelor", "master")) is None


def test_path_text() -> None:
    assert path_text(("pay", "rows", 2, "yuan")) == "pay.rows[2].yuan"
    assert not path_text(())


_COMMENT = " # “注”，＝\n"
_KEYS = st.text(string.ascii_letters + string.digits + "-_", min_size=1, max_size=4) | st.text(
    "甲、.“＝１ #=[", min_size=1, max_size=4
)
_SCALARS = (
    st.integers(-(10**15), 10**15)
    | st.booleans()
    | st.dates()
    | st.text("ab甲、“”＝１，'\"\\\n#[]{}=\u3000", max_size=12)
    | st.decimals(-1000, 1000, places=2)
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=8,
)


def _text(value: str) -> str:
    told = "".join(f"\\u{ord(mark):04x}" if mark in '"\\\n' else mark for mark in value)
    return f'"{told}"'


def _written(value: Any, between: str) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case list():
            return "[ " + f",{between} ".join(_written(item, between) for item in value) + " ]  "
        case dict():
            pairs = (f"{_text(key)}= {_written(item, '')}" for key, item in value.items())
            return "{ " + ", ".join(pairs) + " }"
        case _:
            return str(value)


def _paths(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    yield path
    items: Any = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, item in items:
        yield from _paths(item, (*path, key))


@given(st.dictionaries(_KEYS, _VALUES, max_size=4), st.dictionaries(_KEYS, _VALUES, max_size=3))
def test_every_file_that_is_toml_is_read_and_every_key_has_its_line(
    top: dict[str, Any], under: dict[str, Any]
) -> None:
    text, starts = "", {}
    for key, value in top.items():
        starts[key] = text.count("\n") + 1
        text += f"{_text(key)} = {_written(value, _COMMENT)}{_COMMENT}"
    for _ in range(2):
        text += '[["x.表"]]\n'
        text += "".join(f"{_text(key)} = {_written(item, '')}\n" for key, item in under.items())
    read = parse_toml(text, file="a.toml")
    assert read.table == {**top, "x.表": [under, under]}
    for key, line in starts.items():
        assert read.line_of((key,)) == line
    rows = text.splitlines()
    for path in _paths(read.table, ()):
        if path:
            found = read.line_of(path)
            assert found is not None
            assert isinstance(path[-1], int) or _text(path[-1]) in rows[found - 1]


@given(st.text("“”‘’＝，、：１．。［］｛｝【】（）\u3000\n\"'[]{}=,.#ab1 \t\r\\－", max_size=60))
def test_any_text_is_read_or_refused_with_lines(text: str) -> None:
    try:
        parse_toml(text, file="a.toml")
    except SchemeFileError as error:
        for fault in error.exceptions:
            assert isinstance(fault, FileFault)
            assert fault.line is None or 1 <= fault.line <= text.count("\n") + 1
