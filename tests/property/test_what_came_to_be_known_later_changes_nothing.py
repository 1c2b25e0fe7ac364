"""What was recorded or published after `known_on` changes no answer as of `known_on`."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme
from cwgrade.worker import Attainment, Worker
from tests.property.invented import SAMPLE, clerk, months, sample_workers


def known(worker: Worker, scheme: Scheme, month: tuple[int, int], known_on: date) -> object:
    payslip = pay_for_month(worker, scheme, year=month[0], month=month[1], known_on=known_on)
    return payslip.outcome, payslip.lines


@given(sample_workers(), months(), st.integers(1, 900))
def test_a_certificate_recorded_later(worker: Worker, month: tuple[int, int], later: int) -> None:
    known_on = date(*month, 1)
    held = Attainment(
        value="senior", registered=date(2012, 1, 5), recorded_on=known_on + timedelta(days=later)
    )
    assert isinstance(worker.qualifications, tuple)
    more = attrs.evolve(worker, qualifications=(*worker.qualifications, held))
    assert known(worker, SAMPLE, month, known_on) == known(more, SAMPLE, month, known_on)


@given(months())
def test_a_figure_published_later(month: tuple[int, int]) -> None:
    known_on = date(*month, 1)
    version = SAMPLE.versions[0]
    series = version.series[0]
    kept = tuple(
        figure
        for figure in series.series.figures
        if isinstance(figure.published_on, date) and figure.published_on <= known_on
    )
    fewer = attrs.evolve(
        version, series=(attrs.evolve(series, series=attrs.evolve(series.series, figures=kept)),)
    )
    worker = clerk()
    assert known(worker, SAMPLE, month, known_on) == known(
        worker, Scheme((fewer,)), month, known_on
    )
