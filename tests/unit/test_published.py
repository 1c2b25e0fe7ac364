"""Published figures: the packaged ones, those of a user's file, and what a peg is told where there is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import attrs
import pytest

from cwgrade import (
    FiguresDiffer,
    PublishedFigure,
    PublishedSeries,
    Scheme,
    SeriesFileError,
    load_series,
    parse_scheme,
    with_series,
)
from cwgrade.canonical import digest
from cwgrade.catalogue import published_series
from cwgrade.cli import main
from cwgrade.gaps import Gap
from cwgrade.outcomes import Decided, Outcome, Unspecified
from cwgrade.pay import pay_on
from cwgrade.published import UNIT_TEXTS, FigureStatus
from cwgrade.regions import AREAS, SAMPLE_PROVINCE
from cwgrade.series import SeriesUnit
from cwgrade.seriesfile import is_series
from cwgrade.sources import Trust
from cwgrade.statement.gaps import gap_text
from tests.tools.make_wage_series import read_rows, wages
from tests.unit.test_pegs import HEAD, worker

FULL: Final = "全口径城镇单位就业人员平均工资"
PRIVATE: Final = "城镇私营单位就业人员平均工资"
PACKAGED: Final = published_series()
FIRST_FOUR: Final = ("official", "official-archive", "official-cited", "news-mirror")


def text_of(
    *, region: str = "52", measure: str = FULL, unit: str = "year", figures: str = '"published"'
) -> str:
    """Write a scheme whose base is the figure of the year before, from 1 July."""
    return f"""{
        HEAD.replace("effective_on = 2020-01-01", "effective_on = 2012-01-01").replace(
            "attested_from = 2020-01-01", "attested_from = 2012-01-01"
        )
    }
[series.wage]
label = "平均工资"
measure = "{measure}"
region = "{region}"
unit = "{unit}"
figures = {figures}
[base]
label = "基数"
source = "text"
[base.peg]
series = "wage"
lag_years = 1
rebased = "07-01"
until_published = false
after_publication = "settle"
"""


def scheme(
    *, region: str = "52", measure: str = FULL, unit: str = "year", figures: str = '"published"'
) -> Scheme:
    text = text_of(region=region, measure=measure, unit=unit, figures=figures)
    return Scheme((parse_scheme(text),))


def asked(found: Scheme, year: int, *, known_on: date | None = None) -> Outcome[int]:
    """Ask for the base that rests on the figure of a year."""
    return pay_on(worker(), found, on=date(year + 1, 7, 1), known_on=known_on).outcome


def paid(found: Scheme, year: int, *, known_on: date | None = None) -> int:
    outcome = asked(found, year, known_on=known_on)
    assert isinstance(outcome, Decided), outcome
    return outcome.value


def gap(found: Scheme, year: int, *, known_on: date | None = None) -> Gap:
    outcome = asked(found, year, known_on=known_on)
    assert isinstance(outcome, Unspecified), outcome
    (one,) = outcome.gaps
    return one


def figure(fen: int = 6480_00, **more: object) -> PublishedFigure:
    facts: dict[str, object] = {
        "region": "9901",
        "measure": "虚构平均工资",
        "year": 2021,
        "unit": SeriesUnit.MONTH,
        "fen": fen,
        "published_on": date(2022, 6, 20),
        "url": "虚构公报",
        "trust": Trust.INVENTED,
    }
    return PublishedFigure(**{**facts, **more})  # type: ignore[arg-type]


def invented(figures: str = "[]") -> Scheme:
    return scheme(region="9901", measure="虚构平均工资", unit="month", figures=figures)


class TestPackagedFigures:
    def test_every_row_of_the_collection_is_there(self) -> None:
        assert len(PACKAGED.figures) == 619
        usable = [one for one in PACKAGED.figures if one.carries_pay]
        assert {str(one.trust) for one in usable} == set(FIRST_FOUR)

    def test_provinces_and_years_of_the_full_scope_average(self) -> None:
        # the count that the collection itself states, by statistic year
        years = [
            year
            for region, year in {
                (one.region, one.year)
                for one in PACKAGED.figures
                if one.carries_pay and one.measure == FULL and len(one.region) == 2
            }
        ]
        stated = {2018: 1, 2019: 2, 2020: 5, 2021: 3, 2022: 4, 2023: 8, 2024: 13, 2025: 7}
        assert {year: years.count(year) for year in sorted(set(years))} == stated

    def test_areas_without_a_code_are_known_by_name(self) -> None:
        assert {one.region for one in PACKAGED.figures if not one.region.isascii()} == AREAS

    def test_no_packaged_figure_is_invented_or_of_an_invented_place(self) -> None:
        assert all(one.trust is not Trust.INVENTED for one in PACKAGED.figures)
        assert not any(one.region.startswith(SAMPLE_PROVINCE) for one in PACKAGED.figures)

    @pytest.mark.parametrize(
        ("printed", "published_on"),
        [
            ("page dated 2026-08-21 (table updated yearly)", "unknown"),
            ("2017-05-27 (comparison column)", "unknown"),
            ("2023-10-24 (Q&A page)", "unknown"),
            ("2026-08-26 (signed 2026-08-21)", date(2026, 8, 26)),
        ],
    )
    def test_only_a_clear_day_is_a_day_of_publication(
        self, printed: str, published_on: object
    ) -> None:
        found = {one.published_on for one in PACKAGED.figures if one.printed == printed}
        assert found == {published_on}

    def test_usable_figures_of_one_thing_agree(self) -> None:
        values: dict[object, set[int]] = {}
        for one in PACKAGED.figures:
            if one.carries_pay:
                values.setdefault(one.key, set()).add(one.fen)
        assert [key for key, fen in values.items() if len(fen) > 1] == []


class TestMakingThem:
    def test_a_row_with_another_number_of_columns_is_reported_and_left_out(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "city.csv"
        path.write_text("region,value\nA,1\nB,1,2\nC\nD,4\n", encoding="utf-8")
        assert [row["region"] for row in read_rows(path)] == ["A", "D"]
        told = capsys.readouterr().err.splitlines()
        assert told == ["city.csv:3: 3 columns for 2", "city.csv:4: 1 columns for 2"]

    def test_columns_are_taken_over_as_they_are(self, tmp_path: Path) -> None:
        header = (
            "region,gbt2260,measure,statistic_year,value,unit,published_on,url,trust,status,note"
        )
        row = "贵阳市,520100,工资,2022,92472,yuan/year,2023 (page),http://a,official,ok,x"
        for name, first in (("national", "scope"), ("provincial", "province"), ("city", "region")):
            text = header.replace("region", first, 1) + "\n"
            more = row + "\n" if name == "city" else ""
            (tmp_path / f"{name}.csv").write_text(text + more, encoding="utf-8")
        (made,) = wages(tmp_path)
        assert (made["region"], made["place"], made["value"]) == ("5201", "贵阳市", "92472")
        assert (made["published_on"], made["printed"]) == ("unknown", "2023 (page)")


class TestAnswers:
    """A peg on the packaged figures: the figure, or which of several things is in the way."""

    def test_a_figure_of_an_official_page(self) -> None:
        # 贵州省 2022 年: 82,291 yuan, published on 2023-06-29
        slip = pay_on(worker(), scheme(), on=date(2023, 7, 1))
        assert slip.gross_fen == 82291_00
        (step,) = [one for one in slip.derivation.root.walk() if one.code == "figure"]
        assert dict(step.inputs)["published_on"] == "2023-06-29"
        assert step.citation is not None
        assert step.citation.source.startswith("https://rst.guizhou.gov.cn/")

    def test_a_day_of_publication_that_is_known_goes_before_a_better_page_without_one(self) -> None:
        # 北京市 2024 年: the archived page has no day, a news page of 2025-09-18 prints the same figure
        beijing = scheme(region="11", unit="month")
        assert paid(beijing, 2024, known_on=date(2025, 9, 18)) == 11937_00

    def test_nothing_on_file(self) -> None:
        assert gap(scheme(), 2016) == Gap(path="series.wage", why="no-figure", readings=("2016",))

    def test_not_yet_published(self) -> None:
        told = gap(scheme(), 2022, known_on=date(2023, 6, 28))
        assert (told.why, told.readings) == ("figure-not-published", ("2022", "2023-06-29"))
        assert paid(scheme(), 2022, known_on=date(2023, 6, 29)) == 82291_00

    def test_a_source_of_lower_trust(self) -> None:
        # 安徽省: the full-scope averages of 2020 rest on tables of third parties
        told = gap(scheme(region="34", unit="month"), 2020)
        assert told.why == "figure-of-low-trust"
        assert told.readings[0] == "2020"
        assert told.readings[2] not in FIRST_FOUR

    def test_sources_that_differ(self) -> None:
        told = gap(scheme(region="13", unit="month"), 2024)
        assert told.why == "figure-disputed"
        assert "6521.67 (news-mirror" in told.readings[1]
        assert "6678.00 (github-compilation" in told.readings[1]

    def test_the_same_measure_in_the_other_unit(self) -> None:
        # 上海市 2024 年 is printed as a month only
        assert {one.unit for one in of("31", FULL, 2024)} == {SeriesUnit.MONTH}
        told = gap(scheme(region="31"), 2024)
        assert told.why == "figure-of-other-measure"
        assert f"{FULL} (yuan/month)" in told.readings[1]

    def test_another_measure(self) -> None:
        told = gap(scheme(measure="最低工资"), 2022)
        assert told.why == "figure-of-other-measure"
        assert f"{FULL} (yuan/year)" in told.readings[1]

    def test_a_rejected_figure_is_no_figure(self) -> None:
        row = figure(status=FigureStatus.REJECT)
        assert gap(with_series(invented(), PublishedSeries((row,))), 2021).why == "no-figure"

    def test_areas_without_a_code(self) -> None:
        nation = scheme(region="全国", measure=PRIVATE)
        assert paid(nation, 2023) == of("全国", PRIVATE, 2023)[0].fen

    def test_each_reason_has_its_own_words(self) -> None:
        told = [
            gap(scheme(), 2016),
            gap(scheme(), 2022, known_on=date(2023, 6, 28)),
            gap(scheme(region="34", unit="month"), 2020),
            gap(scheme(region="13", unit="month"), 2024),
            gap(scheme(measure="最低工资"), 2022),
        ]
        for lang in ("en", "zh"):
            texts = [gap_text(one, lang) for one in told]
            assert len(set(texts)) == len(told)
            assert all("series.wage" in text for text in texts)
        assert "来源可信度不足" in gap_text(told[2], "zh")
        assert "compilation" not in gap_text(told[2], "zh").replace("github-compilation", "")

    def test_a_scheme_that_names_the_figure_itself_rests_on_it(self) -> None:
        # whatever the trust of its source: the scheme has weighed it
        own = '[{ year = 2022, yuan = 80000, published_on = "unknown", source = "text" }]'
        assert paid(scheme(figures=own), 2022) == 80000_00


def of(region: str, measure: str, year: int) -> list[PublishedFigure]:
    return [
        one
        for one in PACKAGED.of_region(region)
        if (one.measure, one.year) == (measure, year) and one.carries_pay
    ]


class TestWithSeries:
    def test_a_figure_of_ones_own_fills_a_gap(self) -> None:
        bare = invented()
        assert gap(bare, 2021).why == "no-figure"
        assert paid(with_series(bare, PublishedSeries((figure(),))), 2021) == 6480_00

    def test_one_that_is_there_already_changes_nothing(self) -> None:
        own = '[{ year = 2021, yuan = 6480, published_on = 2022-06-20, source = "text" }]'
        found = with_series(invented(own), PublishedSeries((figure(),)))
        assert paid(found, 2021) == 6480_00
        assert [one.year for one in found.versions[0].series[0].on_file.figures] == [2021]
        packaged = of("52", FULL, 2022)[0]
        with_same = with_series(scheme(), PublishedSeries((packaged,)))
        assert with_same == scheme()

    def test_one_that_contradicts_the_scheme_stops_with_both_sources(self) -> None:
        own = '[{ year = 2021, yuan = 6500, published_on = 2022-06-20, source = "text" }]'
        with pytest.raises(FiguresDiffer, match="6500") as stopped:
            with_series(invented(own), PublishedSeries((figure(),)))
        for text in (stopped.value.text("en"), stopped.value.text("zh")):
            assert "《虚构办法》" in text
            assert "6480.00 (invented, 虚构公报)" in text

    def test_one_that_contradicts_a_packaged_one_stops(self) -> None:
        wrong = attrs.evolve(of("52", FULL, 2022)[0], fen=1, url="http://example.cn/a")
        with pytest.raises(FiguresDiffer, match=r"82291\.00 .*rst\.guizhou.* 0\.01 .*example"):
            with_series(scheme(), PublishedSeries((wrong,)))

    def test_one_that_is_better_than_a_packaged_one_of_low_trust_is_used(self) -> None:
        low = next(
            one
            for one in PACKAGED.of_region("34")
            if (one.measure, one.year) == (FULL, 2020) and not one.carries_pay
        )
        mine = attrs.evolve(low, fen=low.fen + 1_00, trust=Trust.OFFICIAL, url="公报")
        anhui = scheme(region="34", unit=UNIT_TEXTS[low.unit].removeprefix("yuan/"))
        assert paid(with_series(anhui, PublishedSeries((mine,))), 2020) == low.fen + 1_00

    def test_one_of_low_trust_is_not_used_either(self) -> None:
        low = figure(region="34", trust=Trust.COMPILATION, measure="平均工资")
        found = scheme(region="34", measure="平均工资", unit="month", figures="[]")
        assert gap(with_series(found, PublishedSeries((low,))), 2021).why == "figure-of-low-trust"

    def test_two_of_ones_own_that_differ_are_not_used(self) -> None:
        rows = (figure(), figure(6481_00, url="另一份虚构公报"))
        with pytest.raises(FiguresDiffer):
            with_series(with_series(invented(), PublishedSeries(rows[:1])), PublishedSeries(rows))
        both = with_series(invented(), PublishedSeries(rows))
        assert gap(both, 2021).why == "figure-disputed"

    def test_the_digest_stays(self) -> None:
        bare = invented()
        found = with_series(bare, PublishedSeries((figure(),)))
        assert found.versions[0].digest == bare.versions[0].digest
        assert found != bare
        assert digest(found.versions[0].series) == digest(bare.versions[0].series)


class TestLoadSeries:
    HEADER: Final = "region,measure,year,unit,value,published_on,url,trust"
    ROW: Final = "9901,虚构平均工资,2021,yuan/month,6480,2022-06-20,虚构公报,invented"
    TOML: Final = """format = "cwgrade-series/1"
[[figures]]
region = "9901"
measure = "虚构平均工资"
year = 2021
unit = "yuan/month"
value = 6480
published_on = 2022-06-20
url = "虚构公报"
trust = "invented"
"""

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_both_forms_give_the_same(self, encoding: str, tmp_path: Path) -> None:
        table, toml = tmp_path / "wages.csv", tmp_path / "wages.toml"
        table.write_text(f"{self.HEADER}\n{self.ROW}\n\n", encoding=encoding)
        toml.write_text(self.TOML, encoding="utf-8")
        assert load_series(table) == load_series(str(toml)) == PublishedSeries((figure(),))
        assert is_series(toml)
        assert is_series(table)

    def test_the_packaged_file_repeats_itself(self, tmp_path: Path) -> None:
        path = tmp_path / "copy.csv"
        source = Path(__file__).parents[2] / "src/cwgrade/catalogue/series/average-wages.csv"
        if not source.exists():
            pytest.skip("only a wheel is here")
        path.write_bytes(source.read_bytes())
        assert load_series(path) == PACKAGED

    def test_what_is_no_text_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "wages.csv"
        path.write_bytes(b"\xff\xff")
        with pytest.raises(SeriesFileError) as stopped:
            load_series(path)
        assert "wages.csv" in stopped.value.text()
        assert "UTF-8" in stopped.value.text()
        path.write_bytes(b"a" * (1 << 18))
        with pytest.raises(SeriesFileError) as stopped:
            load_series(path)
        assert "UTF-8" in stopped.value.text()
        path.write_bytes(b"")
        with pytest.raises(SeriesFileError) as stopped:
            load_series(path)
        assert "The column 'trust' is missing" in stopped.value.text()
        path.write_bytes(b"a" * ((1 << 20) + 1))
        with pytest.raises(SeriesFileError) as stopped:
            load_series(path)
        assert "more than 1048576 bytes" in stopped.value.text()

    def test_too_many_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "wages.csv"
        path.write_text("region,measure,year,unit,value,published_on,url,trust\n" + "a\n" * 20_001)
        with pytest.raises(SeriesFileError) as stopped:
            load_series(path)
        assert len(stopped.value.exceptions) <= 201

    def test_a_format_that_is_missing_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "wages.toml"
        path.write_text(self.TOML.partition("\n")[2], encoding="utf-8")
        with pytest.raises(SeriesFileError) as stopped:
            load_series(path)
        assert "The key 'format' is missing" in stopped.value.text()


class TestCommands:
    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.chdir(tmp_path)
        rows = f"{TestLoadSeries.HEADER}\n9901,虚构平均工资,2018,yuan/month,6200,2019-06-20,公报,invented\n"
        (tmp_path / "wages.csv").write_text(rows, encoding="utf-8")
        other = rows.replace(",2018,", ",2017,").replace("2019-06-20", "2018-06-20")
        (tmp_path / "wrong.csv").write_text(other, encoding="utf-8")
        (tmp_path / "unused.csv").write_text(rows.replace("9901", "9902"), encoding="utf-8")
        return tmp_path

    def test_check_reads_a_series_file(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["check", "wages.csv", "--lang", "en"]) == 0
        assert (
            capsys.readouterr().out
            == "wages.csv: 1 published figures, of which pay may rest on 1.\n"
        )
        (folder / "wages.csv").write_text(TestLoadSeries.HEADER + "\na,b\n", encoding="utf-8")
        assert main(["check", "wages.csv", "--lang", "zh"]) == 1
        assert "这一行有 2 格" in capsys.readouterr().out

    @pytest.mark.usefixtures("folder")
    def test_pay_explain_and_show_use_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        pegged = text_of(region="9901", measure="虚构平均工资", unit="month", figures="[]")
        Path("pegged.toml").write_text(pegged, encoding="utf-8")
        Path("roster.csv").write_text("工号,职务,入职日期\n1,委员,2015-01-01\n", encoding="utf-8")
        scheme = ["--scheme", "pegged.toml", "--month", "2019-08", "--lang", "en"]
        more = ["--series", "wages.csv"]
        pay = ["pay", "roster.csv", *scheme, "--out"]
        assert main([*pay, "without.csv"]) == 1
        assert main([*pay, "with.csv", *more]) == 0
        assert "6200.00" in Path("with.csv").read_text(encoding="utf-8-sig")
        assert main(["explain", "roster.csv", "--id", "1", *scheme, *more]) == 0
        assert "figure of 2018, published on 2019-06-20" in capsys.readouterr().out
        on = ["--scheme", "pegged.toml", "--on", "2019-08-01", "--lang", "en"]
        assert main(["explain", "roster.csv", "--id", "1", *on, *more]) in (0, 1)
        assert main(["show", "pegged.toml", "--lang", "en", *more]) == 0
        assert "6200.00" in capsys.readouterr().out

    @pytest.mark.usefixtures("folder")
    def test_a_contradiction_stops_before_anything_is_written(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ["pay", "sample", "--scheme", "sample-3x18", "--month", "2019-08"]
        assert main([*arguments, "--out", "out.csv", "--series", "wrong.csv", "--lang", "en"]) == 2
        told = capsys.readouterr().err
        assert "5807.00" in told
        assert "6200.00 (invented, 公报)" in told
        assert not Path("out.csv").exists()

    @pytest.mark.usefixtures("folder")
    def test_a_file_that_is_of_no_use_is_told(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["show", "sample-3x18", "--series", "unused.csv", "--lang", "en"]) == 0
        assert "unused.csv: none of its figures belongs to a series" in capsys.readouterr().err

    def test_check_runs_cases_with_it(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        source = Path(__file__).parents[1] / "bad_inputs" / "base.toml"
        text = source.read_text(encoding="utf-8").replace("虚构平均工资", "另一虚构平均工资")
        (folder / "base.toml").write_text(text, encoding="utf-8")
        assert main(["check", "base.toml", "--series", "wages.csv", "--lang", "en"]) == 0
        assert "none of its figures" in capsys.readouterr().err
        (folder / "base.toml").write_text(text.replace("另一", ""), encoding="utf-8")
        wages = folder / "wages.csv"
        wages.write_text(
            wages.read_text(encoding="utf-8").replace("6200", "5000"), encoding="utf-8"
        )
        assert main(["check", "base.toml", "--series", "wages.csv", "--lang", "en"]) == 0
        assert "none of its figures" not in capsys.readouterr().err
