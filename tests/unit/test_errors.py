"""Errors carry a code and facts, speak two languages, travel between processes, and say where a fault is."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest

from cwgrade.errors import (
    ArgumentError,
    CannotDecide,
    CwgradeError,
    FaultGroup,
    MissingExtra,
    NotInForce,
    RosterFileError,
    SchemeFault,
    SchemeFileError,
    WorkerFault,
    WorkerFileError,
)


@pytest.mark.parametrize(
    ("kind", "builtin"),
    [
        (ArgumentError, ValueError),
        (NotInForce, LookupError),
        (MissingExtra, ImportError),
        (SchemeFileError, ExceptionGroup),
        (CannotDecide, Exception),
    ],
)
def test_each_is_also_what_callers_would_catch(
    kind: type[Exception], builtin: type[Exception]
) -> None:
    assert issubclass(kind, CwgradeError)
    assert issubclass(kind, builtin)


class TestCwgradeError:
    ERROR = ArgumentError("bad-month", value=13)

    def test_speaks_both_languages(self) -> None:
        assert str(self.ERROR) == self.ERROR.text() == self.ERROR.text("en")
        assert "13" in self.ERROR.text("zh")
        assert self.ERROR.text("zh") != self.ERROR.text("en")

    @pytest.mark.parametrize(
        "error",
        [
            ERROR,
            NotInForce("not-yet-in-force", scheme="s", on=date(2018, 1, 1), first=date(2019, 1, 1)),
        ],
    )
    def test_travels_between_processes(self, error: CwgradeError) -> None:
        for other in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):  # noqa: S301 -- our own
            assert type(other) is type(error)
            assert (other.code, other.facts, str(other)) == (error.code, error.facts, str(error))


class TestFileFault:
    FAULT = SchemeFault("bad-month", file="a.toml", path="pay.x.paid_in", line=7, value=13)

    def test_says_where_and_what(self) -> None:
        assert str(self.FAULT).startswith("a.toml:7: pay.x.paid_in: ")

    @pytest.mark.parametrize(
        ("fault", "start"),
        [
            (SchemeFault("bad-month", value=13), "The month"),
            (SchemeFault("bad-month", path="pay", value=13), "pay: The month"),
            (SchemeFault("bad-month", file="a.toml", value=13), "a.toml: The month"),
            (SchemeFault("bad-month", line=7, value=13), "line 7: The month"),
        ],
    )
    def test_leaves_out_what_is_not_known(self, fault: SchemeFault, start: str) -> None:
        assert str(fault).startswith(start)

    def test_may_be_located_later(self) -> None:
        fault = WorkerFault("bad-month", path="spells[0]", value=13).located(file="w.toml", line=3)
        assert isinstance(fault, WorkerFault)
        assert (fault.file, fault.line, fault.path) == ("w.toml", 3, "spells[0]")
        assert fault.facts == {"value": 13}

    def test_travels_between_processes(self) -> None:
        other = pickle.loads(pickle.dumps(self.FAULT))  # noqa: S301 -- our own
        assert (type(other), str(other)) == (SchemeFault, str(self.FAULT))


class TestFaultGroup:
    FAULTS = (
        SchemeFault("bad-month", file="a.toml", line=7, value=13),
        SchemeFault("not-money", file="a.toml", line=9, value="x"),
    )

    @pytest.mark.parametrize("kind", [SchemeFileError, WorkerFileError, RosterFileError])
    def test_holds_every_fault_and_says_each_on_a_line(self, kind: type[FaultGroup]) -> None:
        group = kind(self.FAULTS)
        assert group.exceptions == self.FAULTS
        assert str(group) == "\n".join(str(fault) for fault in self.FAULTS)
        assert group.text("zh").count("\n") == 1

    def test_says_what_many_rows_have_once_and_keeps_each(self) -> None:
        found = [
            ("a.csv", "工资", 2, "x"),
            ("a.csv", "工资", 3, "y"),
            ("a.csv", "津贴", 3, "x"),
            ("a.csv", "工资", 5, "x"),
            ("b.csv", "工资", 5, "x"),
        ]
        faults = [
            WorkerFault("cell-not-yuan", file=file, path=path, line=line, value=value)
            for file, path, line, value in found
        ]
        group = RosterFileError(faults)
        assert group.text("zh").splitlines() == [
            "a.csv:2: 工资: 'x' 不是以元为单位的金额；共 2 处，第 2、5 行",
            *(faults[place].text("zh") for place in (1, 2, 4)),
        ]
        assert group.exceptions == tuple(faults)

    def test_can_be_caught_in_parts(self) -> None:
        caught: list[ExceptionGroup[SchemeFault]] = []
        try:
            raise SchemeFileError(self.FAULTS)
        except* SchemeFault as group:
            caught.append(group)
        assert [type(group) for group in caught] == [SchemeFileError]
        assert caught[0].exceptions == self.FAULTS

    def test_splits_into_groups_of_its_kind(self) -> None:
        money, rest = SchemeFileError(self.FAULTS).split(
            lambda fault: isinstance(fault, SchemeFault) and fault.code == "not-money"
        )
        assert isinstance(money, SchemeFileError)
        assert isinstance(rest, SchemeFileError)
        assert (money.exceptions, rest.exceptions) == (self.FAULTS[1:], self.FAULTS[:1])

    def test_travels_between_processes(self) -> None:
        other = pickle.loads(pickle.dumps(SchemeFileError(self.FAULTS)))  # noqa: S301 -- our own
        assert isinstance(other, SchemeFileError)
        assert str(other) == str(SchemeFileError(self.FAULTS))

    def test_is_never_empty(self) -> None:
        with pytest.raises(ValueError, match="non-empty"):
            SchemeFileError(())
