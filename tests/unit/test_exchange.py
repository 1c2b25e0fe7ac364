"""Workers and results as JSON and TOML, exactly and both ways."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cwgrade.canonical import digest
from cwgrade.catalogue import load_scheme
from cwgrade.choices import Picked, Question, QuestionKind
from cwgrade.dates import PartialDate
from cwgrade.errors import FileFault, WorkerFault, WorkerFileError
from cwgrade.exchange import (
    derivation_from_json,
    derivation_schema,
    derivation_to_json,
    grading_from_json,
    grading_to_json,
    payslip_from_json,
    payslip_to_json,
    read_worker,
    worker_from_json,
    worker_to_json,
)
from cwgrade.exchange.faults import read_strictly
from cwgrade.gaps import Gap
from cwgrade.grading import Grading, Placement, grade_on
from cwgrade.outcomes import Decided, NotApplicable, NotEligible, OneOf, Outcome, Unspecified
from cwgrade.pay import PayLine, Payslip, pay_for_month
from cwgrade.reasons import Derivation, Note, Reason, Step, StepValue
from cwgrade.sources import Citation, Label
from cwgrade.worker import (
    ABSENCE_KINDS,
    EVENTS,
    NATIONAL_FACTS,
    RATINGS,
    SERVICE_KINDS,
    UNKNOWN,
    AbsenceSpell,
    Attainment,
    PlacementOnRecord,
    Rating,
    ServiceSpell,
    StateFact,
    SuppliedAmount,
    Worker,
)

# ---------------------------------------------------------------------------------- strategies

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5)
_EXACT = st.dates(date(1950, 1, 1), date(2100, 12, 31))
_DAYS = _EXACT | st.builds(PartialDate, st.integers(1950, 2100), st.none() | st.integers(1, 12))
_EVER = st.none() | _DAYS
_SPELLS = st.builds(
    ServiceSpell,
    start=_DAYS,
    end=st.none(),
    post=st.none() | _TEXTS,
    title=st.none() | _TEXTS,
    region=st.sampled_from([None, UNKNOWN, "43", "4301", "430102"]),
    kind=st.sampled_from(SERVICE_KINDS),
    recorded_on=st.none() | _EXACT,
) | st.builds(
    ServiceSpell,
    start=st.dates(date(1950, 1, 1), date(1999, 12, 31)),
    end=st.dates(date(2000, 1, 1), date(2050, 1, 1)) | st.just(PartialDate(2001, 2)),
)


def _attained(fact: str) -> st.SearchStrategy[Any]:
    days: dict[str, Any] = dict.fromkeys(EVENTS, _EVER)
    values = st.sampled_from(NATIONAL_FACTS[fact])
    items = st.builds(Attainment, value=values, recorded_on=st.none() | _EXACT, **days)
    return st.just(UNKNOWN) | st.lists(items, max_size=3).map(tuple)


def _tuples(items: st.SearchStrategy[Any], **unique: Any) -> st.SearchStrategy[Any]:
    return st.lists(items, max_size=3, **unique).map(tuple)


_WORKERS = st.builds(
    Worker,
    id=_TEXTS,
    spells=_tuples(_SPELLS),
    absences=_tuples(st.builds(AbsenceSpell, start=_DAYS, kind=st.sampled_from(ABSENCE_KINDS))),
    schooling=_attained("schooling"),
    degrees=_attained("degree"),
    qualifications=_attained("qualification"),
    honours=_attained("honour"),
    ratings=_tuples(
        st.builds(
            Rating,
            period=st.from_regex(r"\A20[0-9]{2}(-0[1-9]|H[12]|Q[1-4])?\Z"),
            value=st.sampled_from(RATINGS),
            announced=_EVER,
        ),
        unique_by=lambda one: one.period,
    ),
    facts=_tuples(
        st.builds(
            StateFact,
            name=_TEXTS,
            value=_TEXTS.filter(lambda word: word != "unknown") | st.just(UNKNOWN),
            start=_EVER,
        ),
        unique_by=lambda one: one.name,
    ),
    placement=st.none()
    | st.builds(
        PlacementOnRecord,
        post=_TEXTS,
        grade=st.integers(1, 30),
        since=_EXACT,
        months_served=st.integers(0, 90),
        document=st.text(st.characters(exclude_categories=["Cs"]), max_size=3),
    ),
    supplied=_tuples(
        st.builds(
            SuppliedAmount,
            component=_TEXTS,
            year=st.integers(2000, 2050),
            month=st.integers(1, 12),
            fen=st.integers(-(10**12), 10**12),
        )
    ),
    assumed=_tuples(_TEXTS),
)


def _again(plain: Any) -> Any:
    return json.loads(json.dumps(plain, ensure_ascii=False, allow_nan=False))


def faults(call: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(WorkerFileError) as caught:
        call()
    assert all(isinstance(fault, WorkerFault) for fault in caught.value.exceptions)
    found: dict[str, str] = {}
    for fault in caught.value.exceptions:
        if isinstance(fault, FileFault):
            found[fault.path] = "\n".join(filter(None, (found.get(fault.path), str(fault))))
    return found


class TestWorker:
    @given(_WORKERS)
    def test_reads_back_equal(self, worker: Worker) -> None:
        plain = _again(worker_to_json(worker))
        assert worker_from_json(plain) == worker
        assert digest(worker_from_json(plain)) == digest(worker)

    def test_what_is_left_out_is_as_the_class_says(self) -> None:
        assert worker_from_json({"id": "007"}) == Worker(id="007")
        assert worker_from_json({"id": "007", "degrees": []}).degrees == ()

    @pytest.mark.parametrize(
        ("plain", "path", "told"),
        [
            # kinds of values
            ({"id": 7}, "id", "7 should be text"),
            ({"spells": [{"start": 2019}]}, "spells[0].start", "2019 is not a day"),
            ({"spells": [{"start": datetime(2019, 7, 1)}]}, "spells[0].start", "is not a day"),  # noqa: DTZ001
            ({"spells": [{"start": "2019-02-30"}]}, "spells[0].start", "no day '2019-02-30'"),
            ({"spells": [{"start": date(1, 1, 1)}]}, "spells[0].start", "year should be from 1900"),
            ({"spells": {}}, "spells", r"\{\} should be a list"),
            ({"spells": "x"}, "spells", "'x' should be a list"),
            ({"spells": ["x"]}, "spells[0]", "'x' should be a table"),
            ({"degrees": "none"}, "degrees", r"'none' should be a list.*\[\.\.\.\], \"unknown\""),
            ({"degrees": None}, "degrees", "None should be a list"),
            (
                {"placement": {"post": "a", "grade": "3", "since": "2018-01-01"}},
                "placement.grade",
                "'3' should be a whole number",
            ),
            (
                {"placement": {"post": "a", "grade": True, "since": "2018-01-01"}},
                "placement.grade",
                "True should be a whole number",
            ),
            (
                {"placement": {"post": "a", "grade": 3.0, "since": "2018-01-01"}},
                "placement.grade",
                r"3\.0 should be a whole number",
            ),
            (
                {"placement": {"post": "a", "grade": 3, "since": "2018-01"}},
                "placement.since",
                "'2018-01' is not an exact day",
            ),
            (
                {"placement": {"post": "a", "grade": 0, "since": "2018-01-01"}},
                "placement.grade",
                "grade cannot be 0.*>= 1",
            ),
            # keys
            ({"spell": []}, "spell", "no key 'spell' here.*did you mean 'spells'"),
            ({"spells": [{"start": "2019", "begin": 1}]}, "spells[0].begin", "no key 'begin'"),
            ({"spells": [{}]}, "spells[0]", "The key 'start' is missing"),
            # words
            (
                {"spells": [{"start": "2019", "kind": "comunity"}]},
                "spells[0].kind",
                "did you mean 'community'",
            ),
            (
                {"degrees": [{"value": "master"}, {"value": "bachelr"}]},
                "degrees[1]",
                "did you mean 'bachelor'",
            ),
            (
                {"ratings": [{"period": "18", "value": "good"}]},
                "ratings[0].period",
                "'18' is not an assessment period",
            ),
            # whole objects
            ({"spells": [{"start": "2019", "end": "2018"}]}, "spells[0]", "has no day in it"),
            (
                {
                    "ratings": [
                        {"period": "2018", "value": "good"},
                        {"period": "2018", "value": "fail"},
                    ]
                },
                "ratings",
                "two things about '2018'",
            ),
            (
                {"spells": [{"start": "2019", "region": "00"}]},
                "spells[0]",
                "'00' is not a region code",
            ),
            # amounts in yuan
            (
                {"supplied": [{"component": "a", "year": 2018, "month": 3, "yuan": 1.5}]},
                "supplied[0].yuan",
                r"1\.5 is not an amount of yuan",
            ),
            (
                {
                    "supplied": [
                        {"component": "a", "year": 2018, "month": 3, "yuan": Decimal("1.234")}
                    ]
                },
                "supplied[0].yuan",
                "no whole number of fen",
            ),
            (
                {"supplied": [{"component": "a", "year": 2018, "month": 3, "yuan": 1, "fen": 1}]},
                "supplied[0].yuan",
                "no key 'yuan'",
            ),
        ],
    )
    def test_is_read_strictly(self, plain: dict[str, Any], path: str, told: str) -> None:
        found = faults(lambda: worker_from_json({"id": "1", **plain}, file="w.json"))
        assert list(found) == [path]
        assert re.search(told, found[path]), found[path]
        assert found[path].startswith(f"w.json: {path}: ")

    def test_a_worker_is_a_table(self) -> None:
        assert "[1] should be a table" in faults(lambda: worker_from_json([1]))[""]

    def test_all_faults_are_told_at_once(self) -> None:
        plain = {
            "spells": [{"start": 1, "post": 2}, {"end": "x"}],
            "honours": [{"value": "x"}, {"value": "y"}],
            "supplied": 3,
            "x": 1,
        }
        found = faults(lambda: worker_from_json(plain))
        assert list(found) == [
            "",
            "spells[0].start",
            "spells[0].post",
            "spells[1]",
            "spells[1].end",
            "honours[0]",
            "honours[1]",
            "supplied",
            "x",
        ]


@attrs.frozen
class Flag:
    up: bool


@attrs.frozen
class Broken:
    one: int = attrs.field()

    @one.validator
    def _check(self, _attribute: object, _value: object) -> None:
        msg = "a bug"
        raise RuntimeError(msg)


class TestReadStrictly:
    def test_a_truth_value_is_no_number(self) -> None:
        assert read_strictly({"up": True}, Flag) == Flag(up=True)
        assert "1 should be true or false" in faults(lambda: read_strictly({"up": 1}, Flag))["up"]

    def test_a_bug_is_not_told_as_a_fault_of_the_file(self) -> None:
        with pytest.raises(RuntimeError, match="a bug"):
            read_strictly({"one": 1}, Broken)


class TestReadWorker:
    def test_reads_a_worker_file(self, tmp_path: Path) -> None:
        path = tmp_path / "worker.toml"
        path.write_text(
            'id = "001"\nhonours = []\n'
            '[[spells]]\nstart = 2015-03-01\nend = "2016-07"\ntitle = "副主任"\n'
            '[[supplied]]\ncomponent = "on_call"\nyear = 2018\nmonth = 3\nyuan = 120.50\n',
            encoding="utf-8",
        )
        assert read_worker(path) == Worker(
            id="001",
            spells=(
                ServiceSpell(start=date(2015, 3, 1), end=PartialDate(2016, 7), title="副主任"),
            ),
            honours=(),
            supplied=(SuppliedAmount(component="on_call", year=2018, month=3, fen=12050),),
        )

    def test_faults_have_lines(self, tmp_path: Path) -> None:
        path = tmp_path / "worker.toml"
        path.write_text(
            'id = "001"\n[[spells]]\nstart = 2015-03-01\n'
            '[[spells]]\nstart = 2015-03-01\nkind = "grd"\n',
            encoding="utf-8",
        )
        told = faults(lambda: read_worker(path))["spells[1].kind"]
        assert "worker.toml:6: spells[1].kind: kind cannot be 'grd'; did you mean 'grid'?" in told

    def test_slips_of_typing_are_faults_of_the_worker_file(self, tmp_path: Path) -> None:
        path = tmp_path / "worker.toml"
        path.write_text("id ＝ “001”\n", encoding="utf-8")
        told = faults(lambda: read_worker(path))[""]
        assert "worker.toml:1: Full-width equals sign '＝'" in told
        assert "worker.toml:1: Chinese quotation mark '“001”'" in told


# ------------------------------------------------------------------------------------- results

_GAP = Gap(path="pay.base", why="the annex is not online", zh="附件未上网", readings=("a", "b"))
_REASON = Reason(code="no-grades", facts=(("day", "2018-03-01"),), citation=Citation(source="doc"))
_VALUES: tuple[StepValue, ...] = (
    3,
    0,
    True,
    False,
    None,
    "3/2",
    "2018-03-01",
    "",
    Fraction(3, 2),
    Fraction(3),
    date(2018, 3, 1),
    (_GAP,),
    (),
)


def derivation(root: Step) -> Derivation:
    return Derivation(
        scheme_id="x",
        scheme_title=Label(zh="样", en="x"),
        revision=1,
        digest="0" * 64,
        version="0.1.0",
        facts_digest="f" * 64,
        on=date(2018, 3, 1),
        known_on=None,
        beyond="refuse",
        root=root,
        tried=(
            Picked(
                question=Question(kind=QuestionKind.READING, path="a", why="w", zh="z"), option="o"
            ),
        ),
        notes=(Note(code="n", facts=(("a", "b"),)),),
        assumed=("honours=none",),
    )


_ROOT = Step(
    code="round",
    path="pay.base",
    result=Fraction(1, 3),
    unit="fen",
    inputs=tuple((f"v{place}", value) for place, value in enumerate(_VALUES)),
    label=Label(zh="基数", en="base"),
    citation=Citation(source="doc", clause="第三条"),
    residue=Fraction(-1, 3),
    parts=tuple(Step(code="v", path="", result=value) for value in _VALUES),
)
_PLACED = Placement(post="deputy", grade=7)
_OUTCOMES: tuple[Outcome[Placement], ...] = (
    Decided(_PLACED),
    NotEligible(_REASON),
    NotApplicable(_REASON),
    OneOf((_PLACED, Placement(post="deputy", grade=8)), "degree", ("degree",), (_REASON,)),
    Unspecified((_GAP,)),
)


def _same(one: object, other: object) -> bool:
    # repr tells True from 1 and a fraction from a whole number
    return one == other and repr(one) == repr(other)


class TestResults:
    @pytest.mark.parametrize("outcome", _OUTCOMES, ids=lambda outcome: type(outcome).__name__)
    def test_a_grading_reads_back_equal(self, outcome: Outcome[Placement]) -> None:
        grading = Grading(outcome, derivation(_ROOT))
        assert _same(grading_from_json(_again(grading_to_json(grading))), grading)

    @pytest.mark.parametrize(
        "outcome", [Decided(396000), OneOf((1, 2), "x"), Unspecified(()), NotEligible(_REASON)]
    )
    def test_a_payslip_reads_back_equal(self, outcome: Outcome[int]) -> None:
        line = PayLine(
            component="base",
            label=Label(zh="基数", en="base"),
            accrues_per="month",
            paid="half_yearly",
            paid_in=(6, 12),
            accrued_fen=10,
            payable_fen=None,
            low_fen=1,
            state="gap",
            gaps=(_GAP,),
        )
        slip = Payslip((line, line), outcome, derivation(_ROOT))
        assert _same(payslip_from_json(_again(payslip_to_json(slip))), slip)

    def test_the_words_of_json(self) -> None:
        plain = grading_to_json(Grading(_OUTCOMES[0], derivation(_ROOT)))
        assert plain["outcome"] == {
            "status": "decided",
            "value": {"grade": 7, "post": "deputy", "step": None},
        }
        inputs = [pair[1] for pair in plain["derivation"]["root"]["inputs"]]
        assert inputs[8:] == [
            {"fraction": "3/2"},
            {"fraction": "3/1"},
            {"day": "2018-03-01"},
            {
                "gaps": [
                    {
                        "path": "pay.base",
                        "why": "the annex is not online",
                        "zh": "附件未上网",
                        "readings": ["a", "b"],
                        "bounds": None,
                    }
                ]
            },
            {"gaps": []},
        ]

    @pytest.mark.parametrize(
        ("path", "value", "at", "told"),
        [
            (("outcome", "status"), "decded", "outcome", "did you mean 'decided'"),
            (("outcome",), [], "outcome", "should be a table"),
            (("outcome", "value", "grade"), 7.0, "outcome.value.grade", "whole number"),
            (("outcome", "more"), 1, "outcome.more", "no key 'more'"),
            (("derivation", "root", "residue"), "0.5", "derivation.root.residue", "not a fraction"),
            (("derivation", "root", "residue"), "1/0", "derivation.root.residue", "not a fraction"),
            (
                ("derivation", "root", "residue"),
                "1/" + "9" * 5000,
                "derivation.root.residue",
                "not a fraction",
            ),
            (("derivation", "root", "residue"), 1, "derivation.root.residue", "not a fraction"),
            (
                ("derivation", "root", "result"),
                {"fraction": "1/2", "day": "2018-01-01"},
                "derivation.root.result",
                "should be a table",
            ),
            (("derivation", "root", "result"), 1.5, "derivation.root.result", "should be a table"),
            (
                ("derivation", "root", "inputs"),
                [["a"]],
                "derivation.root.inputs[0]",
                "list of 2 items",
            ),
            (
                ("derivation", "root", "inputs"),
                [["a", {"day": "2018"}]],
                "derivation.root.inputs[0][1]",
                "not an exact day",
            ),
            (
                ("derivation", "tried"),
                [{"question": {"kind": "fct", "path": ""}, "option": ""}],
                "derivation.tried[0].question.kind",
                "did you mean 'fact'",
            ),
            (
                ("derivation", "format"),
                "cwgrade-derivation/9",
                "derivation.format",
                "format 'cwgrade-derivation/9' is not one",
            ),
            (("derivation", "beyond"), True, "derivation.beyond", "should be text"),
        ],
    )
    def test_faults_have_their_path(
        self, path: tuple[str, ...], value: Any, at: str, told: str
    ) -> None:
        plain = _again(grading_to_json(Grading(_OUTCOMES[0], derivation(_ROOT))))
        inner = plain
        for name in path[:-1]:
            inner = inner[name]
        inner[path[-1]] = value
        found = faults(lambda: grading_from_json(plain, file="g.json"))
        assert list(found) == [at]
        assert re.search(told, found[at]), found[at]

    def test_endless_nesting_is_refused(self) -> None:
        step: dict[str, Any] = {"code": "a", "path": "", "result": 1, "parts": []}
        for _ in range(5000):
            step = {"code": "a", "path": "", "result": 1, "parts": [step]}
        plain = {**derivation_to_json(derivation(_ROOT)), "root": step}
        assert "more than 150 deep" in faults(lambda: derivation_from_json(plain))[""]

    def test_the_deepest_accepted_is_read(self) -> None:
        step = Step(code="a", path="", result=1)
        for _ in range(70):
            step = Step(code="a", path="", result=1, parts=(step,))
        deep = derivation(step)
        assert derivation_from_json(_again(derivation_to_json(deep))) == deep


class TestSchema:
    validator = jsonschema.Draft202012Validator(derivation_schema())

    def test_is_a_schema(self) -> None:
        jsonschema.Draft202012Validator.check_schema(derivation_schema())

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("derivation", Derivation),
            ("step", Step),
            ("gap", Gap),
            ("picked", Picked),
            ("question", Question),
            ("note", Note),
            ("label", Label),
            ("citation", Citation),
        ],
    )
    def test_names_every_field(self, name: str, kind: type[Any]) -> None:
        named = derivation_schema()["$defs"][name]
        fields = [field.name for field in attrs.fields(kind)]
        assert sorted(named["required"]) == sorted(named["properties"]) == sorted(fields)

    def test_accepts_every_kind_of_value(self) -> None:
        self.validator.validate(_again(derivation_to_json(derivation(_ROOT))))

    @pytest.mark.parametrize("scheme_id", ["changsha-furong-2018", "shaanxi-2012", "sample-3x18"])
    def test_accepts_real_derivations_and_they_read_back_equal(self, scheme_id: str) -> None:
        scheme = load_scheme(scheme_id)
        worker = Worker(
            id="1",
            spells=(ServiceSpell(start=date(2014, 3, 1), title="副主任"),),
            schooling=(Attainment(value="bachelor", obtained=date(2012, 7, 1)),),
            degrees=(),
            qualifications=(Attainment(value="assistant", registered=PartialDate(2015, 3)),),
            honours=(),
        )
        grading = grade_on(worker, scheme, on=date(2018, 3, 1), beyond="carry_forward")
        payslip = pay_for_month(worker, scheme, year=2018, month=3, beyond="carry_forward")
        written = grading_to_json(grading), payslip_to_json(payslip)
        again = grading_from_json(_again(written[0])), payslip_from_json(_again(written[1]))
        assert again == (grading, payslip)
        assert (grading_to_json(again[0]), payslip_to_json(again[1])) == written
        for one in (grading.derivation, payslip.derivation):
            self.validator.validate(_again(derivation_to_json(one)))
            assert one.facts_digest == digest(worker)

    @pytest.mark.parametrize(
        ("name", "value"),
        [("format", "x"), ("digest", "x"), ("on", "2018"), ("root", None), ("more", 1)],
    )
    def test_refuses_what_is_no_derivation(self, name: str, value: object) -> None:
        plain = {**_again(derivation_to_json(derivation(_ROOT))), name: value}
        assert not self.validator.is_valid(plain)

    def test_keeps_kinds_apart(self) -> None:
        plain = _again(derivation_to_json(derivation(_ROOT)))
        values: tuple[object, ...] = (
            1.5,
            {"fraction": "1"},
            {"fraction": "1/2", "day": "2018-01-01"},
            [],
        )
        for value in values:
            assert not self.validator.is_valid(
                {**plain, "root": {**plain["root"], "result": value}}
            )
