"""`cwgrade schemes` and `cwgrade show`: what comes along, and schemes as documents print them."""

from fractions import Fraction
from pathlib import Path

import pytest

from cwgrade.catalogue import load_scheme, scheme_ids
from cwgrade.cli import main
from cwgrade.cli.cells import number_text
from cwgrade.cli.grid import blocks_of
from cwgrade.cli.needs import facts_read, omissions
from cwgrade.quantities import Unit
from cwgrade.wording import Language


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run the command and give what it printed, columns parted by one space."""
    assert main(list(arguments)) == 0
    return "\n".join(" ".join(line.split()) for line in capsys.readouterr().out.splitlines())


class TestSchemes:
    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_has_a_line_for_each_bundled_scheme(
        self, lang: Language, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = printed(capsys, "schemes", "--lang", lang)
        assert all(f"\n{scheme_id} " in text for scheme_id in scheme_ids())

    def test_says_when_the_first_day_is_not_known(self, capsys: pytest.CaptureFixture[str]) -> None:
        text = printed(capsys, "schemes", "--lang", "en")
        assert "2301 computable 2016-01-01 2016-" in text
        first = load_scheme("xiangan-2013").versions[0].attested_from
        assert f"350213 partial {first} at the latest" in text
        assert "9901 invented sample 2012-01-01 2030-12-31 0" in text


class TestShow:
    @pytest.mark.parametrize("lang", ["en", "zh"])
    @pytest.mark.parametrize("scheme_id", scheme_ids())
    def test_prints_every_bundled_scheme_whole(
        self, scheme_id: str, lang: Language, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = printed(capsys, "show", scheme_id, "--lang", lang)
        version = load_scheme(scheme_id).versions[0]
        assert version.digest in text
        labels = [*(one.label for one in version.posts), *(one.label for one in version.pay)]
        assert all(str(getattr(label, lang)) in text for label in labels)
        assert all(source.instrument in text for _, source in version.sources)
        assert all(one.path in text for one in omissions(version))
        assert "cli-" not in text

    def test_names_a_declared_fact_by_its_label(self, capsys: pytest.CaptureFixture[str]) -> None:
        text = printed(capsys, "show", "dalian-2013", "--lang", "zh")
        assert "\n所在地区 – 未载明 news\n" in text

    def test_sets_grades_down_and_posts_across(self, capsys: pytest.CaptureFixture[str]) -> None:
        text = printed(capsys, "show", "sample-3x18", "--lang", "zh")
        assert "岗位等级 正职 副职 工作人员\n1 0.80\n2 0.84" in text
        assert "\n7 1.09 1.09 1.09\n" in text
        # beyond the deputies' and the staff's range
        assert "\n16 1.75\n17 1.84\n18 1.93\n" in text

    def test_sets_posts_down_where_there_are_no_grades(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = printed(capsys, "show", "harbin-2016", "--lang", "en")
        assert "principal 2400.00\ndeputy 2100.00\nfull-time community worker 2100.00" in text

    def test_shows_gaps_and_readings_as_such(self, capsys: pytest.CaptureFixture[str]) -> None:
        text = printed(capsys, "show", "shaanxi-2012", "--lang", "zh")
        assert "居委会主任 1100.00 或 900.00" in text
        assert "高中（中专） 未载明 1000.00" in text
        assert "proration.rule：未载" in text.replace(": ", "：")
        english = printed(capsys, "show", "shaanxi-2012", "--lang", "en")
        assert "senior secondary not stated 1000.00" in english

    def test_prints_steps_and_published_figures(self, capsys: pytest.CaptureFixture[str]) -> None:
        text = printed(capsys, "show", "sample-3x18", "--lang", "en")
        assert "from 5 50.00\nfrom 10 120.00\nfrom 20 260.00" in text
        assert "2017 5807.00 2018-06-20" in text


class TestNeeds:
    def test_a_fact_that_nothing_reads_is_not_asked_for(self) -> None:
        assert facts_read(load_scheme("harbin-2016").versions[0]) == ()
        assert "honour" in facts_read(load_scheme("sample-3x18").versions[0])
        assert "rating" in facts_read(load_scheme("sample-3x18").versions[0])

    def test_what_is_left_out_is_told_apart_from_what_is_missing(self) -> None:
        found = {
            one.path: one for one in omissions(load_scheme("changsha-furong-2018").versions[0])
        }
        assert found["concurrent_posts.paid_at"].left_out
        assert not found["proration.rule"].left_out

    def test_a_complete_scheme_leaves_nothing_open(self) -> None:
        assert omissions(load_scheme("sample-3x18").versions[0]) == ()


def test_decimals_are_filled_up_to_their_neighbours() -> None:
    table = next(
        block
        for block in blocks_of(load_scheme("sample-3x18").versions[0], "en")
        if "coefficient" in block.title
    )
    assert table.rows[1] == ("1", "", "", "0.80")
    assert number_text(Fraction(1), Unit.TIMES, decimals=0) == "1"


ODD = """\
[quantities.other_amount]
label = { zh = "另一数额", en = "other amount" }
yuan = 900
source = "main"

[quantities.treated_as]
label = { zh = "视同岗位", en = "treated as" }
by = "qualification"
value = { none = "staff", assistant = "staff", social_worker = "deputy", senior = "principal" }
source = "main"

[pay.odd]
label = { zh = "三维表", en = "three keys" }
by = ["post", "qualification", "retired"]
otherwise = 0
source = "main"

[pay.odd.yuan.deputy]
senior = { yes = 100, no = { quantity = "other_amount" } }

[pay.treated]
label = { zh = "视同待遇", en = "treated pay" }
by = ["treated_as", "grade"]
otherwise = 1
source = "main"

[pay.treated.yuan]
deputy = { 10 = 5, 2 = 7 }

[pay.highest]
label = { zh = "就高项", en = "the higher" }
highest = ["other_amount", "pay.odd"]
source = "main"

[pay.shared]
label = { zh = "三分之一", en = "a third" }
product = ["other_amount", "third"]
source = "main"

[quantities.third]
label = { zh = "三分之一", en = "third" }
share = "1/3"
source = "main"
"""


def test_local_oddities_are_printed_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "my.toml"
    main(["new", "scheme", "--out", str(file)])
    text = file.read_text(encoding="utf-8").replace("grades = [1, 6]", "grades = [1, 10]")
    text = text.replace("1.34, 1.44]", "1.34, 1.44, 1.5, 1.6, 1.7, 1.8]")
    text = text.replace(
        "\n[rounding]\n", '\n[rounding]\ntotal = { to = "yuan", mode = "half_up" }\n'
    )
    file.write_text(text + "\n" + ODD, encoding="utf-8")
    capsys.readouterr()
    shown = printed(capsys, "show", str(file), "--lang", "zh")
    assert "副职 高级社会工作师 已退休 100.00" in shown
    assert "副职 高级社会工作师 未退休 = 另一数额" in shown
    # grades in the order of numbers, not of text
    assert "视同岗位 \\ 岗位等级 2 10\n副职 7.00 5.00" in shown
    assert "社会工作师 副职" in shown
    assert "就高项 = 取最高 (另一数额, 三维表)" in shown
    assert "三分之一 = 1/3" in shown
    assert "合计取整 到元，四舍五入" in shown


def test_a_source_is_shown_with_its_note(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "unlocated-hr-system", "--lang", "en"]) == 0
    assert "    read for its rules only; locality not stated anywhere" in capsys.readouterr().out


def test_a_later_version_says_only_what_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "unlocated-hr-system", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "It rests on another version of the same scheme" in shown
    assert shown.count("  pay.wage: ") == 1
    assert "  and 13 more, the same as in the version above" in shown
