"""Laws of time in a post: it is part of service, adding up never gives less, and every post together is all of it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from cwgrade.changes import change_days
from cwgrade.choices import Choices
from cwgrade.dates import Takes, next_month
from cwgrade.facts import Facts
from cwgrade.reasoner import Instant
from cwgrade.reasons import Step
from cwgrade.scheme import SchemeVersion
from cwgrade.service import Convention, GapsRule
from cwgrade.worker import ServiceSpell, Worker
from tests.property.varied import sample_with

_POSTS = ("principal", "deputy", "staff")
_RULES = [(one, other) for one in Convention for other in GapsRule]
_SERVED = ("service", "again", "added", "every")
_EFFECT = """
[effect.{0}]
takes = "{1}"
reckoned_from = "day_met"
source = "text"
"""
_TIME = """
[time_in_post.{0}]
label = "{0}"
unit = "months"
after_another_post = "{1}"
source = "text"
"""


@cache
def _version(
    convention: Convention, gaps: GapsRule, takes: Takes = Takes.SAME_DAY
) -> SchemeVersion:
    every = _TIME.replace("unit =", f"posts = {list(_POSTS)}\nunit =")
    (version,) = sample_with(
        f"""
[service]
convention = "{convention}"
gaps = "{gaps}"
other_kinds = 0
source = "text"

[service.kinds]
community = {{ rate = 1, within = "place" }}
"""
        + "".join(_EFFECT.format(one, takes) for one in _SERVED)
        + _TIME.format("again", "starts_again")
        + _TIME.format("added", "adds_up")
        + every.format("every", "adds_up")
    ).versions
    return version


@st.composite
def careers(draw: st.DrawFn) -> tuple[Worker, date]:
    """Give spells one after another in changing posts, with or without days between, and a served day."""
    spells: list[ServiceSpell] = []
    day = draw(st.dates(date(2000, 1, 1), date(2003, 1, 1)))
    for _ in range(draw(st.integers(1, 5))):
        end = day + timedelta(days=draw(st.integers(1, 1500)))
        spells.append(ServiceSpell(start=day, end=end, post=draw(st.sampled_from(_POSTS))))
        day = end + timedelta(days=draw(st.sampled_from((0, 0, 1, 200))))
    last = spells[-1]
    assert isinstance(last.start, date)
    assert isinstance(last.end, date)
    on = last.start + timedelta(days=draw(st.integers(0, (last.end - last.start).days - 1)))
    return Worker(id="1", spells=tuple(spells)), on


def _counted(worker: Worker, version: SchemeVersion, on: date, name: str) -> int:
    step: Step = Instant(Facts(worker, version, None, Choices(())), on).step(name)
    assert isinstance(step.result, int), step
    return step.result


@given(careers(), st.sampled_from(_RULES))
def test_time_in_a_post_is_part_of_service(
    career: tuple[Worker, date], rule: tuple[Convention, GapsRule]
) -> None:
    worker, on = career
    again, added, every, service = (
        _counted(worker, _version(*rule), on, name)
        for name in ("again", "added", "every", "service_months")
    )
    assert 0 <= again <= added <= every == service


@given(careers(), st.sampled_from(_RULES))
def test_a_month_is_cut_on_every_day_on_which_a_count_changes(
    career: tuple[Worker, date], rule: tuple[Convention, GapsRule]
) -> None:
    worker, on = career
    version = _version(*rule)
    facts = Facts(worker, version, None, Choices(()))
    start, end = on.replace(day=1), next_month(on)
    days = [start + timedelta(days=number) for number in range((end - start).days)]
    marks = change_days(facts, start, end)
    for name in ("again", "added", "every"):
        counted = [Instant(facts, day).step(name).result for day in days]
        for day, before, now in zip(days[1:], counted, counted[1:], strict=False):
            assert before == now or day in marks, (name, day)
