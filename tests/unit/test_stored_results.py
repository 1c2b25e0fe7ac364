"""Answers that were stored by this version and earlier ones are found again, and what was changed is noticed."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import attrs
import pytest

from cwgrade import ArgumentError, Payslip, ServiceSpell, Worker, load_scheme
from cwgrade.canonical import canonical_json, digest
from cwgrade.cli.freeze import rules_name
from cwgrade.errors import WorkerFileError
from cwgrade.exchange import (
    BackPayRequest,
    DayRequest,
    MonthRequest,
    Recomputed,
    ask,
    freeze,
    recompute,
    rules_of,
    store,
    thaw,
)
from cwgrade.outcomes import status_of

STORED = Path(__file__).parents[1] / "stored"
SETS = sorted(path.name for path in STORED.iterdir() if path.is_dir())
CHANGED = tomllib.loads((STORED / "changed.toml").read_text(encoding="utf-8"))["changed"]
"""Answers that a later version gives otherwise on purpose: by digest, where and why."""

RULES = thaw(freeze(load_scheme("changsha-furong-2018")))
WORKER = Worker(id="7", spells=(ServiceSpell(start=date(2015, 3, 1), title="副主任"),))
REQUEST = MonthRequest(scheme="changsha-furong-2018", year=2018, month=3)


def found_again(name: str) -> list[Recomputed]:
    folder = STORED / name
    lines = (folder / "answers.jsonl").read_bytes().splitlines()
    (place,) = {rules_name(rules_of(line)) for line in lines}
    rules = thaw((folder / place).read_bytes())
    return [recompute(line, rules) for line in lines]


@pytest.mark.parametrize("name", SETS)
def test_every_stored_answer_is_found_again(name: str) -> None:
    found = found_again(name)
    told = {one.digest: [each.path for each in one.differs] for one in found if one.differs}
    digests = {one.digest for one in found}
    assert told == {key: one["paths"] for key, one in CHANGED.items() if key in digests}
    # the set is what it says: every kind of question, and every kind of answer
    assert {type(one.request) for one in found} == {MonthRequest, DayRequest, BackPayRequest}
    statuses = {status_of(one.found.outcome) for one in found if isinstance(one.found, Payslip)}
    assert statuses >= {"decided", "one_of", "unspecified"}
    assert any(one.same_reasons is not None for one in found)


def test_an_answer_is_told_with_its_reasons() -> None:
    data = store(REQUEST, WORKER, ask(REQUEST, WORKER, RULES), RULES)
    found = recompute(data, RULES)
    assert (found.worker, found.request) == (WORKER, REQUEST)
    assert found.found == ask(REQUEST, WORKER, RULES)
    assert (found.differs, found.same_reasons) == ((), True)


def sealed(data: bytes, **parts: object) -> bytes:
    """Change a stored answer as another version would have written it: with the right digest."""
    body = {**json.loads(data), **parts}
    del body["digest"]
    return canonical_json({**body, "digest": digest(body)})


def test_what_differs_is_named_with_both_values() -> None:
    data = store(REQUEST, WORKER, ask(REQUEST, WORKER, RULES), RULES, reasons=False)
    read = json.loads(data)
    read["answer"]["outcome"]["value"] += 100
    read["rests_on"]["facts_digest"] = "0"
    found = recompute(sealed(data, answer=read["answer"], rests_on=read["rests_on"]), RULES)
    assert next((one.path, one.stored, one.found) for one in found.differs) == (
        "answer.outcome.value",
        "396100",
        "396000",
    )
    assert [one.path for one in found.differs][1:] == ["rests_on.facts_digest"]


def test_a_later_version_may_tell_more_and_never_less() -> None:
    data = store(REQUEST, WORKER, ask(REQUEST, WORKER, RULES), RULES, reasons=False)
    answer = json.loads(data)["answer"]
    del answer["lines"][0]["state"]
    assert recompute(sealed(data, answer=answer), RULES).differs == ()
    answer["lines"][0]["colour"] = "red"
    (differs,) = recompute(sealed(data, answer=answer), RULES).differs
    assert (differs.path, differs.stored, differs.found) == ("answer.lines[0].colour", '"red"', "")


def test_an_answer_that_is_refused_now_differs() -> None:
    data = store(REQUEST, WORKER, ask(REQUEST, WORKER, RULES), RULES)
    request = {**json.loads(data)["request"], "year": 2040}
    found = recompute(sealed(data, request=request), RULES)
    assert found.found is None
    assert found.differs
    assert all(one.found == "" for one in found.differs)


def test_a_change_in_the_file_is_noticed() -> None:
    data = store(REQUEST, WORKER, ask(REQUEST, WORKER, RULES), RULES)
    with pytest.raises(WorkerFileError) as caught:
        recompute(data.replace(b"396000", b"396001"), RULES, file="a.jsonl", line=3)
    assert "a.jsonl:3: The stored answer with the digest" in caught.value.text()


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000])
def test_other_bytes_are_no_stored_answer(data: bytes) -> None:
    with pytest.raises(WorkerFileError) as caught:
        recompute(data, RULES)
    assert "This is no stored answer" in caught.value.text()


@pytest.mark.parametrize("name", ["request", "worker", "answer"])
def test_a_part_that_is_missing_is_no_stored_answer(name: str) -> None:
    data = store(REQUEST, WORKER, ask(REQUEST, WORKER, RULES), RULES)
    with pytest.raises(WorkerFileError) as caught:
        recompute(sealed(data, **{name: None}), RULES)
    assert "This is no stored answer" in caught.value.text()


def test_what_cannot_be_asked_is_told_with_its_path() -> None:
    data = store(REQUEST, WORKER, ask(REQUEST, WORKER, RULES), RULES)
    request = {**json.loads(data)["request"], "month": "3"}
    with pytest.raises(WorkerFileError) as caught:
        recompute(sealed(data, request=request), RULES)
    assert "request.month: '3' should be a whole number" in caught.value.text()

    request = {**json.loads(data)["request"], "asks": "tax"}
    with pytest.raises(WorkerFileError) as caught:
        recompute(sealed(data, request=request), RULES)
    assert "This is no stored answer" in caught.value.text()


def test_other_rules_are_refused() -> None:
    data = store(REQUEST, WORKER, ask(REQUEST, WORKER, RULES), RULES)
    other = thaw(freeze(load_scheme("harbin-2016")))
    with pytest.raises(ArgumentError, match=f"rests on the rules {RULES.digest}"):
        recompute(data, other)


def test_a_digest_that_a_later_version_finds_otherwise_is_no_difference() -> None:
    (pair,) = RULES.digests
    assert pair[0] == pair[1]
    answer = ask(REQUEST, WORKER, RULES)
    data = store(REQUEST, WORKER, answer, RULES, reasons=False)
    rests_on = {**json.loads(data)["rests_on"], "digest": "as-it-was-written"}
    older = attrs.evolve(RULES, digests=(("as-it-was-written", pair[1]),))
    assert recompute(sealed(data, rests_on=rests_on), older).differs == ()
    assert recompute(sealed(data, rests_on=rests_on), RULES).differs
