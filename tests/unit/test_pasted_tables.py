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
