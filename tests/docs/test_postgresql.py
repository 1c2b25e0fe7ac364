"""The tables for stored answers, on a real PostgreSQL: kept once, superseded, never doubled, never overwritten."""

# ruff: noqa: S608 -- statements are made of the test's own numbers

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import attrs
import pytest

from cwgrade import ServiceSpell, Worker, load_scheme
from cwgrade.exchange import (
    BackPayRequest,
    DayRequest,
    MonthRequest,
    ask,
    freeze,
    recompute,
    store,
    thaw,
)
from cwgrade.exchange.stored import Request

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
TABLES = HOW_TO / "results.sql"
PAGE = (HOW_TO / "store-in-postgresql.md").read_text(encoding="utf-8")
FROZEN = freeze(load_scheme("changsha-furong-2018"))
RULES = thaw(FROZEN)
WORKER = Worker(id="7", spells=(ServiceSpell(start=date(2015, 3, 1), title="副主任"),))
MARCH = MonthRequest(scheme="changsha-furong-2018", year=2018, month=3)
NOBODY = "nobody"

Query = Callable[..., str]


def _server() -> Path | None:
    """Find the programs of a server: on the path, or where Debian puts the newest."""
    found = shutil.which("initdb")
    places = [Path(found)] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return places[-1].parent if places else None


@pytest.fixture(scope="module")
def query() -> Iterator[Query]:
    """Start a server of its own, without a port, and give what sends it a statement."""
    programs, psql = _server(), shutil.which("psql")
    if programs is None or psql is None:
        pytest.skip("no PostgreSQL server (initdb, pg_ctl) and psql on this machine")
    # the server refuses to run for root
    user = NOBODY if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="cwpg"))
    if user is not None:
        shutil.chown(folder, user)

    def run(*command: str | Path) -> None:
        subprocess.run(
            command, check=True, user=user, stdout=subprocess.DEVNULL, cwd=folder, timeout=60
        )

    def send(statement: str, **given: bytes) -> str:
        command: list[str | Path] = [
            psql,
            "-X",
            "-q",
            "-At",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            folder,
            "-U",
            "pay",
        ]
        for name, value in given.items():
            command += ["-v", f"{name}=\\x{value.hex()}"]
        done = subprocess.run(
            [*command, "-d", "postgres"],
            input=statement,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        told: str = done.stdout
        return told.strip()

    data = folder / "data"
    run(programs / "initdb", "-D", data, "-U", "pay", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-c listen_addresses='' -k {folder} -F"
    run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        send(TABLES.read_text(encoding="utf-8"))
        yield send
    finally:
        run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def line(request: Request = MARCH, worker: Worker = WORKER) -> bytes:
    return store(request, worker, ask(request, worker, RULES), RULES)


def keep(query: Query, stored: bytes) -> str:
    both = "SELECT keep_rules(:'rules'); SELECT keep_result(:'line');"
    return query(both, rules=FROZEN, line=stored).splitlines()[-1]


def test_an_answer_is_kept_once_and_found_again(query: Query) -> None:
    stored = line()
    number = keep(query, stored)
    assert keep(query, stored) == number
    told = query(f"SELECT asks, about, outcome, fen, rules FROM results WHERE id = {number}")
    assert told == f"pay_for_month|[2018-03-01,2018-04-01)|decided|{3960_00}|{RULES.digest}"
    kept = query(f"SELECT encode(stored, 'hex') FROM results WHERE id = {number}")
    rules = query("SELECT encode(frozen, 'hex') FROM rules")
    again = recompute(bytes.fromhex(kept), thaw(bytes.fromhex(rules)))
    assert again.differs == ()
    assert query(f"SELECT reasons ->> 'scheme_id' FROM derivations WHERE id = {number}")


def test_a_later_answer_supersedes_the_one_that_holds(query: Query) -> None:
    worker = attrs.evolve(WORKER, id="8")
    first = keep(query, line(worker=worker))
    asked_again = attrs.evolve(MARCH, known_on=date(2018, 12, 31))
    second = keep(query, line(asked_again, worker))
    about = "FROM standing_results WHERE worker_id = '8'"
    assert query(f"SELECT id, supersedes, known_on {about}") == f"{second}|{first}|2018-12-31"
    promoted = attrs.evolve(worker, spells=(attrs.evolve(worker.spells[0], title="主任"),))
    third = keep(query, line(worker=promoted))
    assert query(f"SELECT id, supersedes {about}") == f"{third}|{second}"
    assert query("SELECT count(*) FROM facts WHERE worker_id = '8'") == "2"
    columns = "worker_id, asks, scheme, about, rules, version, facts, outcome, digest, stored"
    chosen = columns.replace("digest", "repeat('a', 64)")
    fork = f"INSERT INTO results ({columns}, supersedes) SELECT {chosen}, {{}} {about}"
    with pytest.raises(RuntimeError, match="results_supersedes_key"):
        query(fork.format(first))
    # an answer about another month is none to this question
    other = fork.replace("SELECT worker_id, asks, scheme, about", f"SELECT {_OF_APRIL}")
    with pytest.raises(RuntimeError, match="foreign key"):
        query(other.format(third))


_OF_APRIL = "worker_id, asks, scheme, daterange('2018-04-01', '2018-05-01')"


def test_periods_that_overlap_are_refused(query: Query) -> None:
    worker = attrs.evolve(WORKER, id="9")
    asked = BackPayRequest(scheme=MARCH.scheme, months=((2018, 1), (2018, 2), (2018, 3)))
    keep(query, line(asked, worker))
    with pytest.raises(RuntimeError, match="no_doubles"):
        keep(query, line(attrs.evolve(asked, months=((2018, 3), (2018, 4))), worker))
    after = keep(query, line(attrs.evolve(asked, months=((2018, 4),)), worker))
    assert query(f"SELECT about, facts FROM results WHERE id = {after}") == (
        "[2018-04-01,2018-05-01)|"
    )
    # a grade and a pay of the same day are two questions
    on_day = DayRequest(scheme=MARCH.scheme, on=date(2018, 3, 31))
    assert keep(query, line(on_day, worker)) != keep(
        query, line(attrs.evolve(on_day, what="pay"), worker)
    )


def test_nothing_is_overwritten(query: Query) -> None:
    number = keep(query, line())
    changes = (
        "DELETE FROM rules",
        "DELETE FROM facts",
        "UPDATE results SET fen = 1",
        "TRUNCATE payments",
    )
    for change in changes:
        with pytest.raises(RuntimeError, match="only added to"):
            query(change)
    paid = f"INSERT INTO payments (result, paid_on, fen, document) VALUES ({number}, '2018-03-10', 1, 'A1')"
    query(paid)
    with pytest.raises(RuntimeError, match="duplicate key"):
        query(paid)


def test_rules_stand_under_their_own_digest(query: Query) -> None:
    other = f"INSERT INTO rules (digest, frozen) VALUES (repeat('0', 64), '\\x{FROZEN.hex()}')"
    with pytest.raises(RuntimeError, match="frozen_names_its_digest"):
        query(other)


def test_the_questions_of_the_page_are_answered(query: Query) -> None:
    keep(query, line())
    asked = re.findall(r"^```sql\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(asked) == 4
    for statement in asked:
        assert query(statement.replace("…digest…", "0" * 64))
