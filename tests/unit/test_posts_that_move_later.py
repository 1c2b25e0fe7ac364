"""Posts that move to a new version on a later day (分批套改): under the earlier version until then."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cwgrade import (
    Decided,
    NotEligible,
    Scheme,
    ServiceSpell,
    Unspecified,
    Worker,
    career_of,
    grade_on,
    load_scheme,
    parse_scheme,
    pay_for_month,
    pay_on,
)
from cwgrade.catalogue import scheme_path
from cwgrade.cli import main
from cwgrade.transitions import transition_of

STAGED = """
[[transition.staged]]
posts = ["staff"]
effective_on = 2021-07-01
"""
TEXT = scheme_path("sample-reform").read_text(encoding="utf-8")
HEAD, PAY = TEXT.split("[pay.basic]", maxsplit=1)
OLD = load_scheme("sample-reform").versions[0]
LATER = f"{HEAD}{STAGED}\n[pay.basic]{PAY}"
SCHEME = Scheme((OLD, parse_scheme(LATER)))


def worker(*spells: tuple[date, str]) -> Worker:
    ends = [start for start, _ in spells[1:]] + [None]
    return Worker(
        id="1",
        spells=tuple(
            ServiceSpell(start=start, end=end, post=post)
            for (start, post), end in zip(spells, ends, strict=True)
        ),
    )


STAFF = worker((date(2019, 3, 1), "staff"))
LEAD = worker((date(2019, 3, 1), "lead"))


@pytest.mark.parametrize(
    ("on", "revision", "grade", "fen"),
    [
        # the earlier version: grade 1, 2000 + 100
        (date(2021, 1, 1), 1, 1, 210_000),
        (date(2021, 6, 30), 1, 1, 210_000),
        # moved with 27 of 36 months, three quarters of the wait, 18 of 24 months: 2100 + 100
        (date(2021, 7, 1), 2, 1, 220_000),
        # six months later grade 2: 2250 + 100
        (date(2021, 12, 31), 2, 1, 220_000),
        (date(2022, 1, 1), 2, 2, 235_000),
    ],
)
def test_a_post_that_moves_later(on: date, revision: int, grade: int, fen: int) -> None:
    grading = grade_on(STAFF, SCHEME, on=on)
    assert grading.derivation.revision == revision
    assert grading.placement.grade == grade
    assert pay_on(STAFF, SCHEME, on=on).gross_fen == fen
    assert pay_for_month(STAFF, SCHEME, year=on.year, month=on.month).gross_fen == fen
    assert not grading.derivation.notes


def test_every_other_post_moves_on_the_first_day() -> None:
    assert grade_on(LEAD, SCHEME, on=date(2020, 12, 31)).derivation.revision == 1
    assert grade_on(LEAD, SCHEME, on=date(2021, 1, 1)).derivation.revision == 2


def test_who_begins_in_between_begins_under_the_earlier_version() -> None:
    new = worker((date(2021, 3, 1), "staff"))
    assert grade_on(new, SCHEME, on=date(2021, 3, 1)).derivation.revision == 1
    assert transition_of(new, SCHEME).since == date(2021, 7, 1)
    after = worker((date(2021, 8, 1), "staff"))
    assert isinstance(transition_of(after, SCHEME).difference, NotEligible)


def test_who_leaves_in_between_is_under_the_earlier_version_to_the_end() -> None:
    spells = (
        ServiceSpell(start=date(2019, 3, 1), end=date(2021, 4, 1), post="staff"),
        ServiceSpell(start=date(2022, 1, 1), post="staff"),
    )
    gone = Worker(id="1", spells=spells)
    assert grade_on(gone, SCHEME, on=date(2021, 3, 1)).derivation.revision == 1
    assert isinstance(transition_of(gone, SCHEME).difference, NotEligible)
    # back again under the new version, with all service, and with nothing to keep
    assert pay_on(gone, SCHEME, on=date(2022, 1, 1)).gross_fen == 235_000


def test_who_gets_a_post_that_has_moved_moves_with_it() -> None:
    risen = worker((date(2019, 3, 1), "staff"), (date(2021, 4, 1), "lead"))
    assert grade_on(risen, SCHEME, on=date(2021, 3, 31)).derivation.revision == 1
    assert grade_on(risen, SCHEME, on=date(2021, 4, 1)).derivation.revision == 2
    found = transition_of(risen, SCHEME)
    assert (found.since, found.difference) == (date(2021, 4, 1), Decided(30_000))


def test_an_unknown_post_is_open_until_all_have_moved() -> None:
    unknown = Worker(id="1", spells=(ServiceSpell(start=date(2019, 3, 1)),))
    outcome = grade_on(unknown, SCHEME, on=date(2021, 3, 1)).outcome
    assert isinstance(outcome, Unspecified)
    assert "post-moves-later" in {gap.why for gap in outcome.gaps}


def test_the_career_is_what_each_day_answers() -> None:
    career = career_of(STAFF, SCHEME, start=date(2020, 12, 1), end=date(2022, 2, 1))
    found = [(str(one.start), one.gross_fen) for one in career.entries]
    assert found == [("2020-12-01", 210_000), ("2021-07-01", 220_000), ("2022-01-01", 235_000)]


def test_the_career_looks_at_days_that_only_the_earlier_version_knows() -> None:
    old = scheme_path("sample-reform").with_name("sample-reform@2016.toml")
    meal = """[pay.meal]
label = "餐补"
bands_of = "day"
from = [2016-01-01, 2021-04-15]
yuan = [0, 50]
source = "text"

[proration]"""
    text = old.read_text(encoding="utf-8").replace("[proration]", meal)
    scheme = Scheme((parse_scheme(text), SCHEME.versions[1]))
    career = career_of(STAFF, scheme, start=date(2021, 3, 1), end=date(2021, 7, 1))
    found = [(str(one.start), one.gross_fen) for one in career.entries]
    assert found == [("2021-03-01", 210_000), ("2021-04-15", 215_000)]


def test_without_the_earlier_version_it_is_not_computed_and_said_so() -> None:
    alone = Scheme(SCHEME.versions[1:])
    grading = grade_on(STAFF, alone, on=date(2021, 3, 1))
    assert grading.derivation.revision == 2
    assert [note.code for note in grading.derivation.notes] == ["transition-not-computed"]


def test_a_roster_is_paid_by_both_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    old = scheme_path("sample-reform").with_name("sample-reform@2016.toml")
    # a component that only the earlier version has
    text = old.read_text(encoding="utf-8").replace(
        "[proration]",
        '[pay.meal]\nlabel = "餐补"\nyuan = 50\nsource = "text"\n\n[proration]',
    )
    Path("two@1.toml").write_text(text, encoding="utf-8")
    Path("two.toml").write_text(LATER, encoding="utf-8")
    Path("r.csv").write_text(
        "工号,入职日期,职务\n01,2019-03-01,委员\n02,2019-03-01,书记\n", encoding="utf-8"
    )
    asked = ["pay", "r.csv", "--scheme", "two.toml", "--month", "2021-03", "--lang", "en"]
    assert main([*asked, "--out", "o.csv"]) == 0
    head, first, second, *_ = Path("o.csv").read_text(encoding="utf-8-sig").splitlines()
    assert "meal_yuan" in head
    assert "50.00,2150.00" in first
    # 2000 + 500 + 50 before; 2100 + 300, and 150 kept
    assert "2550.00" in second
    assert main(["transition", "r.csv", "--scheme", "two.toml", "--lang", "en"]) == 0
    assert "Nobody loses" in capsys.readouterr().out
