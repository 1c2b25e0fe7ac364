"""`cwgrade fill` and `cwgrade new scheme --from`: a file is filled gap by gap, and nothing else in it changes."""

import io
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from cwgrade import load_scheme, read_scheme
from cwgrade.catalogue import scheme_ids, scheme_path
from cwgrade.cli import main
from cwgrade.cli.accepted import accepted_text
from cwgrade.cli.needs import omissions
from cwgrade.schemefile.assumed import open_fields
from cwgrade.schemefile.gaptext import filled_text, gaps_in, with_gap
from cwgrade.schemefile.missing import is_missing
from cwgrade.tomlfile import path_text
from tests.tools.bad_schemes import BASE

GAP = '{ missing = "not in the copy", zh = "未载" }'
EDITS = (
    ("yuan = { deputy = 500, staff = 200 }", f"yuan = {{ deputy = 500, staff = {GAP} }} # a"),
    ("times = [1, 1.1, 1.25, 1.4]", f"times = [1, {GAP}, {GAP}, 1.4]"),
    ('rule = "calendar_days"\nsource = "text"', f"  rule  =  {GAP}  # {{ missing }}"),
)


def open_text() -> str:
    text = BASE
    for old, new in EDITS:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


Fill = Callable[..., str]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "scheme.toml"
    file.write_text(open_text(), encoding="utf-8", newline="")
    return file


@pytest.fixture
def fill(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Fill:
    """Run the command with lines on standard input, and give what it prints."""

    def run(*lines: str, lang: str = "en", status: int = 0) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        assert main(["fill", str(path), "--lang", lang]) == status
        return capsys.readouterr().out

    return run


class TestFill:
    def test_goes_through_the_file_in_order(self, path: Path, fill: Fill) -> None:
        out = fill("", "", "", "")
        places = [line for line in out.splitlines() if line.startswith("[")]
        assert places[:4] == [
            "[1/12] quantities.coefficient.times[1]",
            "[2/12] quantities.coefficient.times[2]",
            "[3/12] pay.post.yuan.staff",
            "[4/12] proration.rule",
        ]
        assert out.count("  missing: not in the copy") == 4
        assert "does not write at all and an answer may need: 8." in out
        assert "  accepted: calendar_days (by calendar days), days_21_75 (by working days" in out
        assert "  accepted: an amount in yuan, such as 1200, or { quantity = … }" in out
        assert out.endswith("scheme.toml is as it was; fields still open: 12.\n")
        assert "revision" not in out
        assert path.read_text(encoding="utf-8") == open_text()

    def test_writes_a_value_and_nothing_else(self, path: Path, fill: Fill) -> None:
        out = fill("1.1", "", "", "", "200", "", "", "calendar_days", "text", "")
        assert "scheme.toml: 3; fields" in out
        expected = open_text()
        for gap, value in ((GAP, "1.1"), (f"staff = {GAP}", "staff = 200")):
            expected = expected.replace(gap, value, 1)
        expected = expected.replace(
            f"  rule  =  {GAP}  # {{ missing }}\n",
            '  rule  =  "calendar_days"  # { missing }\nsource = "text"\n',
        )
        assert path.read_text(encoding="utf-8") == expected
        assert read_scheme(path).pay == read_scheme(path).pay

    def test_can_be_left_and_resumed(self, fill: Fill) -> None:
        assert "scheme.toml: 1; fields" in fill("1.1", "", "", "q")
        assert "[1/11] quantities.coefficient.times[2]" in fill("q")
        assert "scheme.toml: 1; fields" in fill("", "200", "", "")  # the input ends

    def test_asks_again_until_a_value_is_right(self, fill: Fill, path: Path) -> None:
        out = fill("", "", "many", "-", "1,200", "250", "", "", "by heart", "q")
        assert "'many' is not an amount of yuan" in out
        assert "'1,200' is not an amount of yuan" in out
        assert "'by heart' is not one of the words" in out
        assert "staff = 250" in path.read_text(encoding="utf-8")

    def test_a_value_that_needs_another_key_has_it_asked_for(self, fill: Fill, path: Path) -> None:
        out = fill("", "", "", "state_on_day", "40", "15", "text", "3")
        assert out.count("  day, which goes with it (accepted: a whole number from 1 to 31): ") == 2
        assert "40 is out of range" in out
        proration = read_scheme(path).proration
        assert (proration.rule, proration.day, proration.clause) == ("state_on_day", 15, "3")

    def test_without_the_other_key_the_value_is_asked_again(self, fill: Fill, path: Path) -> None:
        out = fill("", "", "", "state_on_day", "", "next_month", "text", "")
        assert out.count("day, which goes with it") == 1
        assert read_scheme(path).proration.rule == "next_month"

    def test_asks_for_the_day_of_each_year(self, fill: Fill, path: Path) -> None:
        text = BASE.replace('takes = "next_january"', f"takes = {GAP}", 1)
        path.write_text(text, encoding="utf-8")
        out = fill("annual_day", "13-01", "07-01", "", "", "q")
        assert "annual_day, which goes with it (accepted: month and day such as 07-01): " in out
        assert 'takes = "annual_day"\nannual_day = "07-01"\n' in path.read_text(encoding="utf-8")

    def test_a_file_at_fault_is_not_filled(self, fill: Fill, path: Path) -> None:
        text = open_text().replace("revision = 1", "revision = 0")
        path.write_text(text, encoding="utf-8")
        assert "Mend them first" in fill("1.1", "", "", status=1)
        assert path.read_text(encoding="utf-8") == text

    def test_keeps_the_mark_and_the_ends_of_lines(self, fill: Fill, path: Path) -> None:
        raw = b"\xef\xbb\xbf" + open_text().replace("\n", "\r\n").encode()
        path.write_bytes(raw)
        fill("", "", "", "calendar_days", "text", "3")
        written = path.read_bytes()
        assert written.startswith(b"\xef\xbb\xbf")
        assert b'source = "text"\r\nclause = "3"\r\n' in written
        assert written.count(b"\n") == written.count(b"\r\n")

    def test_speaks_chinese(self, fill: Fill) -> None:
        out = fill("1.1", "", "", "q", lang="zh")
        assert "  缺：未载" in out
        assert "已写入 " in out


class TestLeftOut:
    """Fields that `check` lists and the file does not write at all."""

    def test_come_last_in_the_order_of_check(self, fill: Fill, path: Path) -> None:
        path.write_text(BASE, encoding="utf-8")
        asked = [line.partition(" ")[2] for line in fill(*[""] * 9).splitlines() if line[:1] == "["]
        assert asked == [one.path for one in omissions(read_scheme(path))]
        assert path.read_text(encoding="utf-8") == BASE

    def test_are_written_into_their_section(self, fill: Fill, path: Path) -> None:
        path.write_text(BASE, encoding="utf-8")
        out = fill("", "", "", "", "", "", "", "each", "", "")
        assert "scheme.toml: 1; fields still open: 7." in out
        assert path.read_text(encoding="utf-8") == BASE.replace(
            "[split]\n", '[split]\nparts = "each"\n'
        )

    def test_get_a_section_where_there_is_none(self, fill: Fill, path: Path) -> None:
        path.write_text(BASE, encoding="utf-8")
        fill("approved", "text", "3", "q")
        added = '\n[effect.schooling]\nevent = "approved"\nsource = "text"\nclause = "3"\n'
        assert path.read_text(encoding="utf-8") == BASE + added
        (effect,) = [one for one in read_scheme(path).effects if one.fact == "schooling"]
        assert (effect.event, effect.clause) == ("approved", "3")

    def test_leave_no_trace_where_somebody_stops(self, fill: Fill, path: Path) -> None:
        path.write_text(BASE, encoding="utf-8")
        assert "not written, because its source was not entered" in fill("approved", "q")
        assert path.read_text(encoding="utf-8") == BASE

    def test_in_a_table_on_one_line_are_left_to_their_author(self) -> None:
        assert with_gap("a = { b = 1 }\n", ("a", "c"), "x") is None
        assert with_gap("[a]\nb = 1\n", ("a", 0, "c"), "x") is None


@pytest.mark.parametrize(
    "stopped",
    [
        ["q"],
        [],
        ["annex", "附件", "q"],
        ["annex", "附件", "", "", "https://a.cn", "yesterday", "q"],
    ],
)
def test_a_value_without_its_whole_source_is_not_written(
    fill: Fill, path: Path, stopped: list[str]
) -> None:
    out = fill("", "", "200", *stopped)
    assert "not written, because its source was not entered: pay.post.yuan.staff" in out
    assert "Nothing was written" in out
    assert path.read_text(encoding="utf-8") == open_text()


def test_a_pasted_table_with_a_gap_is_named(fill: Fill, path: Path) -> None:
    sheet = 'yuan = """\npost\tyuan\ndeputy\t500\nstaff\t缺：未见\n"""'
    path.write_text(BASE.replace("yuan = { deputy = 500, staff = 200 }", sheet), encoding="utf-8")
    assert "or in pasted tables, to be filled by hand: pay.post.yuan." in fill("q")


class TestSources:
    def test_a_stated_rule_needs_one(self, fill: Fill, path: Path) -> None:
        out = fill("", "", "", "calendar_days", "", "no name", "text", "第三条")
        assert "A rule that is stated needs its source" in out
        assert "'no name' cannot be a name" in out
        version = read_scheme(path)
        assert (version.proration.source, version.proration.clause) == ("text", "第三条")

    def test_another_document_is_asked_for_and_added(self, fill: Fill, path: Path) -> None:
        new = ("附件", "", "", "", "yesterday", "2026-11-24", "invented")
        out = fill("", "", "", "calendar_days", "附件二", *new, "")
        assert "'yesterday' is not a day" in out
        assert out.count("附件二, read_on (accepted: a day such as 2026-11-24; ") == 2
        assert out.count("附件二, instrument") == 1
        version = read_scheme(path)
        assert version.proration.source == "附件二"
        assert path.read_text(encoding="utf-8").endswith(
            '[sources."附件二"]\ninstrument = "附件"\nread_on = 2026-11-24\ntrust = "invented"\n'
        )

    def test_only_what_is_wrong_is_asked_again(self, fill: Fill, path: Path) -> None:
        new = ("附件", "", "", "", "", "official", "invented", "2026-11-24")
        out = fill("", "", "", "calendar_days", "annex", *new, "")
        asked = [line.split()[1] for line in out.splitlines() if line.startswith("  annex, ")]
        assert asked == [
            "instrument",
            "issuer",
            "number",
            "url",
            "read_on",
            "trust",
            "trust",
            "read_on",
        ]
        assert read_scheme(path).proration.source == "annex"

    def test_what_a_document_cannot_do_without_is_said(self, fill: Fill, path: Path) -> None:
        real = BASE.replace("sample-base", "base").replace('"9901"', '"2301"', 1)
        real = real.replace('status = "sample"', 'status = "partial"')
        official = 'trust = "official"\nurl = "https://example.cn/notice"'
        real = real.replace('trust = "invented"', official)
        series = real[real.index("[series.wage]") : real.index("[base]")]
        wage = series.replace("invented", "official").replace("虚构平均工资", "平均工资")
        text = real.replace(series, wage.replace('"9901"', '"2301"'))
        path.write_text(text.replace('rule = "calendar_days"\nsource = "text"', f"rule = {GAP}"))
        new = ("附件", "", "", "https://a.cn", "2026-11-24", "official")
        out = fill("calendar_days", "annex", *new, "", "q")
        told = {line.split()[1]: line for line in out.splitlines() if line.startswith("  annex, ")}
        needed = [key for key, line in told.items() if "; needed): " in line]
        assert needed == ["url", "read_on", "trust"]
        assert "nothing if no new document is meant" in told["instrument"]

    def test_a_name_mistyped_is_no_new_one(self, fill: Fill, path: Path) -> None:
        out = fill("", "", "", "calendar_days", "txt", "", "text", "")
        assert "The file has no document 'txt' yet" in out
        assert read_scheme(path).proration.source == "text"

    def test_of_one_value_of_a_definition_stands_with_it(self, fill: Fill, path: Path) -> None:
        new = ("附件", "", "", "", "2026-11-24", "invented")
        fill("", "", "200", "other", *new, "表二", "q")
        text = path.read_text(encoding="utf-8")
        cell = 'staff = { yuan = 200, source = "other", clause = "表二" } } # a\n'
        assert f"yuan = {{ deputy = 500, {cell}" in text
        assert "[sources.other]\n" in text

    def test_of_a_value_that_takes_none_stands_above_it(self, fill: Fill, path: Path) -> None:
        old = '[proration]\nrule = "calendar_days"\n'
        text = BASE.replace(old, f"[proration]\nrule = {GAP}\n")
        path.write_text(text, encoding="utf-8")
        fill("calendar_days", "", "第九条", "q")
        assert path.read_text(encoding="utf-8") == BASE.replace(
            old, "[proration]\n# proration.rule: 第九条\n" + old.partition("\n")[2]
        )

    def test_the_own_one_leaves_no_remark(self, fill: Fill, path: Path) -> None:
        fill("", "", "200", "text", "", "q")
        assert path.read_text(encoding="utf-8") == open_text().replace(
            f"staff = {GAP}", "staff = 200"
        )


def test_a_gap_that_is_a_section_of_its_own_is_named(fill: Fill, path: Path) -> None:
    text = BASE.replace(
        '[proration]\nrule = "calendar_days"\nsource = "text"',
        '[proration]\nrule.missing = "not stated"',
    )
    path.write_text(text, encoding="utf-8")
    out = fill()
    assert ": 0. Enter a value" in out
    assert "to be filled by hand: proration.rule." in out


def test_a_gap_in_an_inline_section_is_left_to_its_author(fill: Fill, path: Path) -> None:
    section = '[proration]\nrule = "calendar_days"\nsource = "text"\n'
    text = f"proration = {{ rule = {GAP} }}\n" + BASE.replace(section, "")
    path.write_text(text, encoding="utf-8")
    assert "can change safely" in fill("calendar_days", "text", "", "q")
    assert path.read_text(encoding="utf-8") == text


# --- the text


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_every_written_gap_of_a_bundled_scheme_is_found(scheme_id: str) -> None:
    text = scheme_path(scheme_id).read_text(encoding="utf-8")
    table = tomllib.loads(text)
    known = {path for path, gap in open_fields(table) if is_missing(gap)}
    found = gaps_in(text)
    assert {gap.path for gap in found} == known
    assert [gap.start for gap in found] == sorted(gap.start for gap in found)
    for gap in found:
        assert tomllib.loads(f"x = {text[gap.start : gap.end]}")["x"]["missing"] == gap.why
        only_a_gap = gap.path[-1] == "start_after_prior_service"
        assert bool(accepted_text(gap.path, gap.among, "en")) != only_a_gap, path_text(gap.path)
        assert filled_text(text, gap, "value") is not None


def test_gaps_in_texts_and_comments_are_none() -> None:
    text = 'a = "{ missing = 1 }" # { missing = "x" }\nb = """\n{ missing = "y" }"""\nc = \'{ missing = "z" }\'\n'
    assert gaps_in(text) == ()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("1.10"), "1.10"),
        (True, "true"),
        ('say "x" \\', '"say \\"x\\" \\\\"'),
        ({"to": "yuan"}, '{ to = "yuan" }'),
        ([1, 2], "[1, 2]"),
    ],
)
def test_a_value_is_written_as_toml(value: object, written: str) -> None:
    text = 'a = { missing = "x" }'
    (gap,) = gaps_in(text)
    assert filled_text(text, gap, value) == f"a = {written}"


def test_a_last_line_without_an_end_gets_one() -> None:
    text = '[proration]\nrule = { missing = "x" }'
    (gap,) = gaps_in(text)
    filled = filled_text(text, gap, "next_month", beside={"source": "s"})
    assert filled == '[proration]\nrule = "next_month"\nsource = "s"\n'


def test_a_change_that_would_say_more_is_not_made() -> None:
    text = 'a = [\n  { missing = "x" },\n]\n'
    (gap,) = gaps_in(text)
    assert filled_text(text, gap, 1) == "a = [\n  1,\n]\n"
    assert filled_text(text, gap, 1, remark="b") == "a = [\n# b\n  1,\n]\n"
    assert filled_text(text, gap, 1, beside={"source": "s"}) is None
    assert filled_text(text, gap, Decimal("Infinity")) is None


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (("ladder", "start"), "a whole number, or first_of_post, or { quantity = … }"),
        (("service", "other_kinds"), "a share from 0 to 1, such as 0.7"),
        (
            ("effect", "x", "event"),
            (
                "obtained (day on the certificate), registered (day of registration), reported (day handed in), "
                "approved (day of approval), appointed (day of appointment), period_end (end of the period), "
                "announced (day of announcement)"
            ),
        ),
        (("proration", "day"), "a whole number from 1 to 31"),
        (("probation", "months"), "a whole number from 1 to 120"),
        (("base", "peg", "until_published"), "true or false"),
        (("pay", "x", "paid_in"), "a list in square brackets, such as [1, 2]"),
        (
            ("rounding", "component"),
            '{ to = "fen|jiao|yuan|ten_yuan", mode = "half_up|up|down" }',
        ),
    ],
)
def test_what_is_accepted_is_said_in_a_line(path: tuple[str, ...], told: str) -> None:
    assert accepted_text(path, (), "en") == told


# --- from a starter


class TestFrom:
    def test_copies_a_bundled_scheme(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = tmp_path / "mine.toml"
        assert main(["new", "scheme", "--from", "harbin-2016", "--out", str(out)]) == 0
        assert out.read_bytes() == scheme_path("harbin-2016").read_bytes()
        assert "harbin-2016" in capsys.readouterr().out
        assert main(["new", "scheme", "--from", "harbin-2016"]) == 0
        assert capsys.readouterr().out == out.read_text(encoding="utf-8")

    def test_a_copy_of_an_extension_still_rests_on_its_scheme(self, tmp_path: Path) -> None:
        upper = [one for one in scheme_ids() if load_scheme(one).versions[-1].extends]
        assert upper
        for scheme_id in upper:
            out = tmp_path / f"{scheme_id}.toml"
            assert main(["new", "scheme", "--from", scheme_id, "--out", str(out)]) == 0
            assert read_scheme(out).digest == load_scheme(scheme_id).versions[-1].digest

    @pytest.mark.parametrize(
        "arguments",
        [
            ["scheme", "--from", "harbin-2015"],
            ["roster", "--from", "harbin-2016"],
            ["scheme", "--scheme", "harbin-2016"],
        ],
    )
    def test_refuses_what_is_no_starter(
        self, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["new", *arguments, "--lang", "en"]) == 2
        assert "harbin" in (told := capsys.readouterr().err) or "--from" in told
