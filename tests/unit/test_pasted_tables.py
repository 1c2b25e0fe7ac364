"""A table pasted from a spreadsheet, or standing beside the file as CSV, is the table written by hand."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cwgrade.catalogue import scheme_path
from cwgrade.errors import SchemeFault, SchemeFileError
from cwgrade.gaps import Missing
from cwgrade.quantities import Table
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile import parse_scheme, read_scheme

SAMPLE = scheme_path("sample-3x18").read_text(encoding="utf-8")
RANGES = {"principal": (7, 18), "deputy": (4, 15), "staff": (1, 12)}


def with_award(stated: str) -> str:
    """Add a component that is looked up."""
    return f'{SAMPLE}\n[pay.award]\nlabel = "award"\nsource = "text"\n{stated}\n'


def award(version: SchemeVersion) -> Table:
    component = version.component("award")
    assert component is not None
    assert component.formula is not None
    assert isinstance(component.formula.form, Table)
    return component.formula.form


def codes(error: SchemeFileError) -> list[str]:
    return [fault.code for fault in error.exceptions if isinstance(fault, SchemeFault)]


def faults(text: str) -> list[str]:
    with pytest.raises(SchemeFileError) as caught:
        parse_scheme(text)
    return codes(caught.value)


def block(*rows: str) -> str:
    return 'yuan = """\n' + "\n".join(rows) + '\n"""'


@given(st.lists(st.integers(0, 10**9).map(lambda fen: fen / 100), min_size=3, max_size=3))
def test_a_pasted_column_has_the_digest_of_the_table_by_hand(yuan: list[float]) -> None:
    posts = dict(zip(RANGES, (f"{one:.2f}" for one in yuan), strict=True))
    by_hand = "yuan = { " + ", ".join(f"{post} = {one}" for post, one in posts.items()) + " }"
    rows = ["岗位\t元", *(f"{post}\t{one}" for post, one in posts.items())]
    written, pasted = (
        parse_scheme(with_award(f'by = "post"\n{stated}')) for stated in (by_hand, block(*rows))
    )
    assert written.digest == pasted.digest


def test_printed_names_of_posts_and_grades_are_headings() -> None:
    rows = ["等级\t正职\t副职\t工作人员"]
    for grade in range(1, 19):
        cells = [f"1,{grade:03d}" if low <= grade <= high else "—" for low, high in RANGES.values()]
        rows.append("\t".join((f"{grade}级", *cells)))
    table = award(parse_scheme(with_award('by = ["grade", "post"]\n' + block(*rows))))
    assert table.cell(("7", "principal")) == 100_700
    assert table.cell(("6", "principal")) is None
    assert len(table.cells) == 36


NUMERALS = "一二三四五六七八九"


def in_numerals(number: int) -> str:
    tens, units = divmod(number, 10)
    return "十" * tens + (NUMERALS[units - 1] if units else "")


@pytest.mark.parametrize(
    "heading",
    ["{zh}级", "第{zh}档", "{zh}档", "{n}级", "{n} 级", "第{n}级", "Grade {n}", "{zh}", "{n}级岗"],
)
def test_grades_are_headings_as_documents_print_them(heading: str) -> None:
    rows = ["等级\t元"]
    rows += [f"{heading.format(n=one, zh=in_numerals(one))}\t{one}" for one in range(1, 19)]
    table = award(parse_scheme(with_award('by = "grade"\n' + block(*rows))))
    assert [keys for keys, _ in table.cells] == [(str(one),) for one in range(1, 19)]
    assert table.cell(("18",)) == 1800


def test_titles_and_yes_and_no_are_headings() -> None:
    rows = "是否兼任\t是\t否", "元\t3\t2"
    table = award(parse_scheme(with_award('by = "holding_two_posts"\n' + block(*rows))))
    assert table.cell(("yes",)) == 300


def test_a_quantity_that_names_posts_has_their_printed_names() -> None:
    paid_as = '[quantities.paid_as]\nlabel = "paid as"\nby = "post"\nsource = "text"\n'
    cells = block("岗位\t比照", "正职\t正职", "副职\t正职", "工作人员\t工作人员").replace(
        "yuan", "value"
    )
    rows = "比照\t元", "正职\t3", "工作人员\t1"
    version = parse_scheme(with_award('by = "paid_as"\n' + block(*rows)) + paid_as + cells + "\n")
    assert award(version).cell(("principal",)) == 300


@pytest.mark.parametrize(
    "rows",
    [
        ("正职\t副职\t工作人员", "3\t2\t1"),
        ("正职\t副职\t工作人员", "元\t3\t2\t1"),
        ("\t正职\t副职\t工作人员", "\t3\t2\t1"),
    ],
)
def test_headings_without_a_corner_lose_no_value(rows: tuple[str, ...]) -> None:
    table = award(parse_scheme(with_award('by = "post"\n' + block(*rows))))
    assert [table.cell((post,)) for post in RANGES] == [300, 200, 100]


def test_grades_across_without_a_corner_lose_no_value() -> None:
    rows = "\t".join(f"{one}级" for one in range(1, 19)), "\t".join("5" * 18)
    assert len(award(parse_scheme(with_award('by = "grade"\n' + block(*rows)))).cells) == 18


def test_two_keys_need_no_corner_either() -> None:
    rows = ["正职\t副职\t工作人员"]
    for grade in range(1, 19):
        cells = (str(grade) if low <= grade <= high else "" for low, high in RANGES.values())
        rows.append("\t".join((in_numerals(grade) + "级", *cells)))
    pasted = with_award('by = ["grade", "post"]\n' + block(*rows))
    assert award(parse_scheme(pasted)).cell(("7", "principal")) == 700


def test_a_column_of_grades_without_headings_is_refused_and_loses_none() -> None:
    rows = [f"{one}级\t{one}" for one in range(1, 19)]
    assert faults(with_award('by = "grade"\n' + block(*rows))) == ["pasted-no-headings"]


def test_a_missing_row_is_told_once() -> None:
    rows = ["等级\t正职\t副职\t工作人员"]
    for grade in (one for one in range(1, 19) if one != 8):
        cells = (str(grade) if low <= grade <= high else "" for low, high in RANGES.values())
        rows.append("\t".join((str(grade), *cells)))
    pasted = with_award('by = ["grade", "post"]\n' + block(*rows))
    assert faults(pasted) == ["rows-missing"]
    # a single cell is told as one
    assert faults(pasted.replace("\n9\t9\t9\t9", "\n9\t9\t9\t")) == [
        "rows-missing",
        "cells-missing",
    ]


def test_a_list_below_a_post_has_the_grades_of_its_range() -> None:
    stated = ", ".join(f"{post} = {list(range(12))}" for post in RANGES)
    table = award(parse_scheme(with_award(f'by = ["post", "grade"]\nyuan = {{ {stated} }}')))
    assert table.cell(("deputy", "4")) == 0
    assert table.cell(("deputy", "15")) == 1100


def test_a_grade_that_no_post_holds_needs_no_cell_and_one_that_it_holds_does() -> None:
    rows = ["岗位\t" + "\t".join(str(grade) for grade in range(1, 19))]
    for post, (low, high) in RANGES.items():
        cells = ("1" if low <= grade <= high else "" for grade in range(1, 19))
        rows.append("\t".join((post, *cells)))
    pasted = with_award('by = ["post", "grade"]\n' + block(*rows))
    assert len(award(parse_scheme(pasted)).cells) == 36
    assert faults(pasted.replace("staff\t1\t", "staff\t\t")) == ["cells-missing"]


def test_one_row_of_values_has_its_key_across_the_top() -> None:
    rows = "岗位\t正职\t副职\t工作人员", "元\t3\t2\t1"
    table = award(parse_scheme(with_award('by = "post"\n' + block(*rows))))
    assert table.cell(("deputy",)) == 200


def test_a_cell_may_say_what_the_source_leaves_out() -> None:
    rows = "岗位\t元", "正职\t3", "副职\t缺：复印件不清", "staff\tmissing: cut off"
    table = award(parse_scheme(with_award('by = "post"\n' + block(*rows))))
    assert table.cell(("deputy",)) == Missing(why="复印件不清")
    assert table.cell(("staff",)) == Missing(why="cut off")


def test_every_faulty_cell_is_told_at_once() -> None:
    rows = "岗位\t元", "正职\tthree", "副职\t２", "staff\t1"
    assert faults(with_award('by = "post"\n' + block(*rows))) == [
        "pasted-not-a-number",
        "pasted-full-width",
    ]


class TestFiles:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_beside_the_scheme_is_the_table_by_hand(self, tmp_path: Path, encoding: str) -> None:
        (tmp_path / "award.csv").write_text(
            '岗位,元\n正职,"3,000"\n副职,2\n工作人员,1\n', encoding=encoding
        )
        scheme = tmp_path / "scheme.toml"
        scheme.write_text(with_award('by = "post"\nyuan = { csv = "award.csv" }'), "utf-8")
        by_hand = with_award('by = "post"\nyuan = { principal = 3000, deputy = 2, staff = 1 }')
        assert read_scheme(scheme).digest == parse_scheme(by_hand).digest

    def test_a_scheme_that_is_no_file_has_nothing_beside_it(self) -> None:
        text = with_award('by = "post"\nyuan = { csv = "award.csv" }')
        assert faults(text) == ["table-file-needs-folder"]

    def test_content_that_is_no_text_or_too_large_is_refused(self, tmp_path: Path) -> None:
        scheme = tmp_path / "scheme.toml"
        scheme.write_text(with_award('by = "post"\nyuan = { csv = "award.csv" }'), "utf-8")
        for content, code in (
            (b"\xff\xff\xff", "table-file-not-text"),
            (b"1" * 300_000, "table-file-too-large"),
        ):
            (tmp_path / "award.csv").write_bytes(content)
            with pytest.raises(SchemeFileError) as caught:
                read_scheme(scheme)
            assert codes(caught.value) == [code]
