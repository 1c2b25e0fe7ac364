"""Facts are a set: the order in which they are listed changes no answer."""

from __future__ import annotations

from datetime import date

import attrs
from hypothesis import given

from cwgrade.worker import Unknown, Worker
from tests.property.invented import SAMPLE, answers, months, paid_days, sample_workers


def turned(worker: Worker) -> Worker:
    """Give the worker with every list turned round."""
    lists = {
        name: value[::-1]
        for name in (
            "spells",
            "absences",
            "schooling",
            "degrees",
            "qualifications",
            "honours",
            "ratings",
        )
        if not isinstance(value := getattr(worker, name), Unknown)
    }
    return attrs.evolve(worker, **lists)


@given(sample_workers(), paid_days(), months())
def test_turning_every_list_round(worker: Worker, on: date, month: tuple[int, int]) -> None:
    assert answers(worker, SAMPLE, on, month) == answers(turned(worker), SAMPLE, on, month)
