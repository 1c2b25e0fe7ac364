"""Schemes that extend others, and schemes of several versions."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cwgrade import ServiceSpell, Worker, grade_on, load_scheme, pay_for_month
from cwgrade.catalogue import load_series, parse_scheme, read_scheme, scheme_ids, scheme_path
from cwgrade.cli import main
from cwgrade.errors import ArgumentError, NotInForce, SchemeFault, SchemeFileError
from cwgrade.schemefile import parse_scheme as parse_alone
from tests.tools.bad_schemes import BASE

HEAD = BASE[BASE.index("[scheme]") : BASE.index("[sources.text]")].rstrip()


def upper(*keys: str, body: str = "", scheme_id: str = "sample-upper") -> str:
    """Give a file that extends another one."""
    head = HEAD.replace("sample-base", scheme_id)
    return "\n".join(['format = "cwgrade-scheme/1"', head, *keys, "", body])


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(path: Path) -> list[str]:
    """Give code, file, path and line of every fault."""
    with pytest.raises(SchemeFileError) as caught:
        read_scheme(path)
    faults = [one for one in caught.value.exceptions if isinstance(one, SchemeFault)]
    return [f"{one.code} {Path(one.file).name} {one.path} {one.line}" for one in faults]


ROUNDING = '[rounding]\ncomponent = { to = "yuan", mode = "up" }\nsource = "text"\n'
EXTRA = '[pay.extra]\nlabel = "extra"\nyuan = 77\nsource = "text"\n'


class TestExtends:
    def test_takes_over_what_it_does_not_write(self, tmp_path: Path) -> None:
        write(tmp_path, "base.toml", BASE)
        version = read_scheme(
            write(tmp_path, "upper.toml", upper('extends = "base.toml"', body=EXTRA))
        )
        base = parse_scheme(BASE)
        assert version.id == "sample-upper"
        assert version.extends == ("sample-base",)
        assert version.pay[:-1] == base.pay
        assert version.pay[-1].name == "extra"
        assert (version.ladder, version.split, version.posts) == (
            base.ladder,
            base.split,
            base.posts,
        )

    def test_a_definition_takes_the_place_of_the_one_it_replaces(self, tmp_path: Path) -> None:
        write(tmp_path, "base.toml", BASE)
        body = EXTRA.replace("extra", "post")
        keys = ('extends = "base.toml"', 'replaces = ["pay.post", "rounding"]')
        version = read_scheme(write(tmp_path, "upper.toml", upper(*keys, body=body + ROUNDING)))
        base = parse_scheme(BASE)
        assert [one.name for one in version.pay] == [one.name for one in base.pay]
        assert version.component("post") != base.component("post")
        assert version.rounding != base.rounding
        assert version.rounding.total is None

    def test_a_whole_section_of_names_can_be_replaced(self, tmp_path: Path) -> None:
        write(tmp_path, "base.toml", BASE)
        body = BASE[BASE.index("[pay.basic]") : BASE.index("[pay.post]")]
        keys = ('extends = "base.toml"', 'replaces = ["pay"]')
        version = read_scheme(write(tmp_path, "upper.toml", upper(*keys, body=body)))
        assert [one.name for one in version.pay] == ["basic", "performance"]

    def test_goes_through_several_files_and_folders(self, tmp_path: Path) -> None:
        write(tmp_path, "base.toml", BASE)
        write(
            tmp_path, "city/city.toml", upper('extends = "../base.toml"', scheme_id="sample-city")
        )
        county = upper('extends = "../city/city.toml"', body=EXTRA)
        version = read_scheme(write(tmp_path, "county/county.toml", county))
        assert version.extends == ("sample-city", "sample-base")
        assert version.component("extra") is not None

    def test_the_one_below_need_not_be_complete(self, tmp_path: Path) -> None:
        write(tmp_path, "frame.toml", BASE[: BASE.index("[pay.basic]")].replace("[split]", "[x]"))
        frame = BASE[: BASE.index("[split]")]
        write(tmp_path, "frame.toml", frame)
        body = BASE[BASE.index("[split]") :]
        version = read_scheme(write(tmp_path, "a.toml", upper('extends = "frame.toml"', body=body)))
        assert version.pay == parse_scheme(BASE).pay

    def test_a_table_beside_the_lower_file_is_found_from_above(self, tmp_path: Path) -> None:
        table = "yuan = { deputy = 500, staff = 200 }"
        assert table in BASE
        write(tmp_path, "low/post.csv", "岗位,元\ndeputy,500\nstaff,200\n")
        write(tmp_path, "low/base.toml", BASE.replace(table, 'yuan = { csv = "post.csv" }'))
        version = read_scheme(write(tmp_path, "a.toml", upper('extends = "low/base.toml"')))
        assert version.pay == parse_scheme(BASE).pay

    def test_an_id_is_a_bundled_scheme(self) -> None:
        real = scheme_path("harbin-2016").read_text(encoding="utf-8")
        head = real[: real.index("[sources.notice]")].replace('"harbin-2016"', '"bin-2016"')
        version = parse_scheme(head + 'extends = "harbin-2016"\n')
        assert version.pay == load_scheme("harbin-2016").versions[0].pay

    def test_without_a_catalogue_no_id_is_known(self) -> None:
        with pytest.raises(SchemeFileError) as caught:
            parse_alone(upper('extends = "harbin-2016"'))
        assert "no scheme file 'harbin-2016'" in caught.value.text()

    def test_the_digest_is_that_of_one_whole_file(self, tmp_path: Path) -> None:
        write(tmp_path, "base.toml", BASE)
        layered = read_scheme(write(tmp_path, "a.toml", upper('extends = "base.toml"')))
        whole = parse_scheme(BASE.replace("sample-base", "sample-upper"))
        assert layered.digest == whole.digest
        assert layered.digest != parse_scheme(BASE).digest

    def test_an_empty_list_replaces_a_section_by_nothing(self, tmp_path: Path) -> None:
        write(tmp_path, "base.toml", BASE)
        keys = ('extends = "base.toml"', 'replaces = ["scope"]')
        text = upper(*keys, body="[scope]\nexcluded = []\n")
        assert read_scheme(write(tmp_path, "a.toml", text)).excluded == ()


class TestFaults:
    def test_name_the_file_and_line_they_come_from(self, tmp_path: Path) -> None:
        write(tmp_path, "base.toml", BASE.replace("multiplier = 0.6", 'multiplier = "x"'))
        body = EXTRA.replace('"text"', '"tex"')
        assert faults_of(write(tmp_path, "a.toml", upper('extends = "base.toml"', body=body))) == [
            "faults-below a.toml scheme.extends 13",
            "unknown-source a.toml pay.extra.source 18",
            "not-a-number base.toml base.peg.multiplier 134",
        ]

    def test_of_a_replaced_definition_stand_above(self, tmp_path: Path) -> None:
        write(tmp_path, "base.toml", BASE)
        body = EXTRA.replace("pay.extra", "pay.post").replace("77", '"甲"')
        keys = ('extends = "base.toml"', 'replaces = ["pay.post"]')
        assert faults_of(write(tmp_path, "a.toml", upper(*keys, body=body))) == [
            "not-yuan a.toml pay.post.yuan 18"
        ]

    def test_a_section_that_nobody_writes_is_missing_above(self, tmp_path: Path) -> None:
        write(tmp_path, "frame.toml", BASE[: BASE.index("[split]")])
        assert faults_of(write(tmp_path, "a.toml", upper('extends = "frame.toml"'))) == [
            "missing-section a.toml  None"
        ]

    def test_below_below_are_told_too(self, tmp_path: Path) -> None:
        write(tmp_path, "base.toml", BASE)
        write(tmp_path, "b.toml", upper('extends = "base.toml"', body=ROUNDING))
        assert faults_of(write(tmp_path, "a.toml", upper('extends = "b.toml"'))) == [
            "faults-below a.toml scheme.extends 13",
            "not-replaced b.toml rounding 15",
        ]
        write(tmp_path, "b.toml", upper("extends = 3"))
        assert faults_of(write(tmp_path, "a.toml", upper('extends = "b.toml"'))) == [
            "wants-text b.toml scheme.extends 13"
        ]

    def test_a_circle_is_named_as_a_chain(self, tmp_path: Path) -> None:
        for name, after in (("a", "b"), ("b", "c"), ("c", "a")):
            write(tmp_path, f"{name}.toml", upper(f'extends = "{after}.toml"'))
        with pytest.raises(SchemeFileError) as caught:
            read_scheme(tmp_path / "a.toml")
        assert "a.toml → b.toml → c.toml → a.toml" in caught.value.text()

    def test_the_number_of_layers_is_bounded(self, tmp_path: Path) -> None:
        write(tmp_path, "0.toml", BASE)
        for place in range(1, 10):
            write(tmp_path, f"{place}.toml", upper(f'extends = "{place - 1}.toml"'))
        assert len(read_scheme(tmp_path / "7.toml").extends) == 7
        assert faults_of(tmp_path / "8.toml") == ["extends-too-deep 1.toml scheme.extends 13"]

    def test_a_path_that_no_system_has_is_not_found(self, tmp_path: Path) -> None:
        text = upper(r'extends = "a\u0000.toml"')
        assert faults_of(write(tmp_path, "a.toml", text)) == [
            "extends-not-found a.toml scheme.extends 13"
        ]


class TestVersions:
    @pytest.fixture
    def newest(self, tmp_path: Path) -> Path:
        """Two versions: from 2020 and, with more pay, from 2023."""
        text = BASE.replace("yuan = { deputy = 500", "yuan = { deputy = 510")
        text = text.replace("effective_on = 2020-01-01", "effective_on = 2023-01-01")
        write(
            tmp_path, "a@2020.toml", BASE.replace("attested_until = 2025", "attested_until = 2022")
        )
        write(tmp_path, "ab@2020.toml", "no version of a")
        return write(tmp_path, "a.toml", text)

    def test_beside_a_file_are_one_scheme(self, newest: Path) -> None:
        scheme = load_scheme(newest)
        assert [one.from_day for one in scheme.versions] == [date(2020, 1, 1), date(2023, 1, 1)]
        worker = Worker(id="1", spells=(ServiceSpell(start=date(2020, 1, 1), title="副主任"),))
        post = [
            next(
                line.payable_fen
                for line in pay_for_month(worker, scheme, year=year, month=1).lines
                if line.component == "post"
            )
            for year in (2022, 2023)
        ]
        assert post == [50_000, 51_000]

    def test_can_be_asked_for_alone(self, newest: Path) -> None:
        alone = load_scheme(newest.with_name("a@2020.toml"))
        assert len(alone.versions) == 1
        with pytest.raises(NotInForce):
            grade_on(Worker(id="1"), alone, on=date(2023, 5, 1))

    def test_can_extend_each_other(self, newest: Path) -> None:
        text = newest.read_text(encoding="utf-8")
        head = text[: text.index("[sources.text]")] + 'extends = "a@2020.toml"\n'
        newest.write_text(head, encoding="utf-8")
        first, second = load_scheme(newest).versions
        assert first.pay == second.pay

    def test_all_faults_are_told(self, newest: Path) -> None:
        for path in (newest, newest.with_name("a@2020.toml")):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("multiplier = 0.6", "multiplier = true"), encoding="utf-8")
        with pytest.raises(SchemeFileError) as caught:
            load_scheme(newest)
        assert len(caught.value.exceptions) == 2

    def test_have_one_id_and_days_of_their_own(self, newest: Path) -> None:
        newest.write_text(BASE.replace("sample-base", "sample-other"), encoding="utf-8")
        with pytest.raises(SchemeFileError) as caught:
            load_scheme(newest)
        same_id, same_day = (str(one) for one in caught.value.exceptions)
        assert "a@2020.toml:5: scheme.id: This is a version of 'sample-base'" in same_id
        assert "scheme.effective_on: Two versions" in same_day

    def test_are_checked_together(self, newest: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", str(newest), "--lang", "en"]) == 0
        out = capsys.readouterr().out
        assert f"{newest}: " in out
        assert f"{newest.with_name('a@2020.toml')}: " in out

    def test_of_bundled_schemes_are_no_schemes_of_their_own(self) -> None:
        assert not [one for one in scheme_ids() if "@" in one or "." in one]
        with pytest.raises(ArgumentError, match="harbin-2016@2015"):
            scheme_path("harbin-2016@2015")


def test_the_command_names_what_a_scheme_extends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "base.toml", BASE)
    path = write(tmp_path, "upper.toml", upper('extends = "base.toml"'))
    for command in ("check", "show"):
        assert main([command, str(path), "--lang", "en"]) == 0
        assert "It extends sample-base." in capsys.readouterr().out


@pytest.mark.parametrize("load", [load_scheme, read_scheme, load_series])
def test_a_file_that_is_not_there(tmp_path: Path, load: Callable[[str], object]) -> None:
    (tmp_path / "zhuhai.toml").write_text("", encoding="utf-8")
    with pytest.raises(ArgumentError) as caught:
        load(str(tmp_path / "zuhai.toml"))
    assert "There is no file" in str(caught.value)
    assert "did you mean 'zhuhai.toml'?" in str(caught.value)
    assert "是不是 'zhuhai.toml'" in caught.value.text("zh")
    with pytest.raises(ArgumentError, match=r"There is no file 'nowhere/a\.toml'"):
        load("nowhere/a.toml")


def test_what_is_neither_an_id_nor_a_file() -> None:
    with pytest.raises(ArgumentError, match="scheme should be text"):
        load_scheme(None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scheme_id", "near"),
    [
        ("beijing-2009", None),
        ("haerbin-2016", "did you mean 'harbin-2016'?"),
        ("changsha-yuhua-2018", "did you mean 'changsha-furong-2018'?"),
    ],
)
def test_an_id_of_another_place_is_no_hint(scheme_id: str, near: str | None) -> None:
    with pytest.raises(ArgumentError) as caught:
        load_scheme(scheme_id)
    told = str(caught.value)
    assert told.endswith(near) if near else "did you mean" not in told
