"""What is shared between alike workers, months and mistakes changes no answer."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

from cwgrade.arrears import Paid, Snapshot
from cwgrade.audit import reconcile
from cwgrade.catalogue import load_scheme
from cwgrade.cli import main
from cwgrade.cli.once import Once
from cwgrade.pay import pay_for_month, pay_in_month
from cwgrade.questions import Standpoint
from cwgrade.worker import PlacementOnRecord, Rating, ServiceSpell, StateFact, Worker

SAMPLE = load_scheme("sample-3x18")
HEADER = "工号,职务,入职日期,学历,学位,职业资格,登记日期,荣誉,用工形式,身份,2016年考核,2017年考核"
KNOWN = "大专,无,助理社会工作师,2017-05-10,无,专职,无,合格,不合格"
CLERK = Worker(
    id="7",
    spells=(ServiceSpell(start=date(2012, 3, 15), post="staff"),),
    schooling=(),
    degrees=(),
    qualifications=(),
    honours=(),
    ratings=tuple(Rating(period=str(year), value="competent") for year in range(2012, 2018)),
    facts=(
        StateFact(name="employment", value="full_time"),
        StateFact(name="identity", value="none"),
    ),
    placement=PlacementOnRecord(post="staff", grade=2, since=date(2016, 1, 1)),
)


def write(name: str, *lines: str) -> None:
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    alike = [f"{number},委员,2014-03-15,{KNOWN}" for number in ("0001", "0002", "0003")]
    write("before.csv", HEADER, *alike, f"0004,委员,2016-03-01,{KNOWN}")
    # one of those who were alike holds another post now, and one leaves
    write("r.csv", HEADER, alike[0], alike[1].replace("委员", "副主任"), alike[2])
    write(
        "paid.csv",
        "工号,所属月份,已发金额",
        *(f"{number},2018-05,1787.10" for number in ("0001", "0002", "0003")),
        "0003,2018-06,1787.10",
    )


COMMANDS = {
    "changes": ("before.csv", "r.csv", "--month", "2018-07", "--out", "o.json"),
    "audit": ("r.csv", "paid.csv", "--from", "2018-05", "--to", "2018-06", "--out", "o.json"),
    "arrears": (
        *("r.csv", "--earlier", "before.csv", "--paid", "paid.csv"),
        *("--from", "2018-05", "--to", "2018-06", "--out", "o.csv"),
    ),
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("command", COMMANDS)
def test_alike_workers_have_the_answers_that_each_would_have(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[Hashable, ...]] = []

    def each(self: Once[Any], worker: Worker, *more: Hashable) -> Any:
        asked.append((worker, *more))
        return self._ask(worker, *more)

    made = Path(COMMANDS[command][-1])
    main([command, *COMMANDS[command], "--scheme", "sample-3x18", "--lang", "en"])
    shared = made.read_bytes(), capsys.readouterr().out
    made.unlink()
    monkeypatch.setattr(Once, "of", each)
    main([command, *COMMANDS[command], "--scheme", "sample-3x18", "--lang", "en"])
    assert (made.read_bytes(), capsys.readouterr().out) == shared
    assert len(asked) >= 3


def test_of_alike_workers_one_is_asked() -> None:
    asked: list[str] = []
    once = Once(lambda worker, *_: asked.append(worker.id))
    other = attrs.evolve(CLERK, ratings=())
    for worker, *more in (
        (CLERK, CLERK),
        (attrs.evolve(CLERK, id="8"), attrs.evolve(CLERK, id="8")),
        (attrs.evolve(CLERK, id="9"), other),
        (other, CLERK),
        (attrs.evolve(other, id="10"), CLERK, 1),
    ):
        once.of(worker, *more)
    assert asked == ["7", "9", "7", "10"]


def test_months_that_are_reconciled_together_are_those_of_each_alone() -> None:
    due = Snapshot(worker=CLERK, scheme=SAMPLE)
    months = [(2018, number) for number in (4, 5, 6, 7)]
    fen = {one: pay_for_month(CLERK, SAMPLE, year=one[0], month=one[1]).gross_fen for one in months}
    other = pay_for_month(attrs.evolve(CLERK, placement=None), SAMPLE, year=2018, month=4).gross_fen
    sums = zip(months, (fen[2018, 4] + 40, other, fen[2018, 5], 12345), strict=True)
    paid = [Paid(year=year, month=month, fen=amount) for (year, month), amount in sums]
    together = reconcile(due, paid, months=months).months
    alone = tuple(reconcile(due, paid, months=[one]).months[0] for one in months)
    assert together == alone
    assert len({one.verdict for one in together}) > 1


def test_a_note_on_the_grade_on_record_is_the_same_for_all_months_and_can_be_left_out() -> None:
    standpoint = Standpoint(CLERK, SAMPLE, None, "refuse")
    shared = [pay_in_month(standpoint, year=2018, month=month) for month in (3, 4)]
    alone = [pay_for_month(CLERK, SAMPLE, year=2018, month=month) for month in (3, 4)]
    assert shared == alone
    assert [one.code for one in shared[1].derivation.notes] == ["recorded-grade-agrees"]
    plain = pay_in_month(Standpoint(CLERK, SAMPLE, None, "refuse", told=False), year=2018, month=4)
    assert plain.derivation.notes == ()
    assert (plain.outcome, plain.lines) == (alone[1].outcome, alone[1].lines)
    assert plain.derivation.root == alone[1].derivation.root
