"""What is written as JSON is read back equal, through the text of a file."""

from __future__ import annotations

import json
from datetime import date

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from cwgrade.exchange import (
    derivation_schema,
    derivation_to_json,
    grading_from_json,
    grading_to_json,
    payslip_from_json,
    payslip_to_json,
    worker_from_json,
    worker_to_json,
)
from cwgrade.grading import grade_on
from cwgrade.pay import pay_on
from cwgrade.worker import Worker
from tests.property.invented import SAMPLE, paid_days, sample_workers

WORKERS = st.one_of(sample_workers(), sample_workers(knowledge="unknowns"))


def through_text(table: object) -> object:
    return json.loads(json.dumps(table, ensure_ascii=False))


@given(WORKERS)
def test_of_a_worker(worker: Worker) -> None:
    assert worker_from_json(through_text(worker_to_json(worker))) == worker


@settings(max_examples=20)
@given(sample_workers(), paid_days())
def test_of_results_with_their_reasons(worker: Worker, on: date) -> None:
    grading, slip = grade_on(worker, SAMPLE, on=on), pay_on(worker, SAMPLE, on=on)
    assert grading_from_json(through_text(grading_to_json(grading))) == grading
    assert payslip_from_json(through_text(payslip_to_json(slip))) == slip
    for derivation in (grading.derivation, slip.derivation):
        jsonschema.validate(through_text(derivation_to_json(derivation)), derivation_schema())
