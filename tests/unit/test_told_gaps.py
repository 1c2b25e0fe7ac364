"""How what is not stated is told: by printed names, months in a row at once, each reason counted by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from cwgrade.catalogue import parse_scheme
from cwgrade.cli.reasons import Why, frequent
from cwgrade.gaps import Gap
from cwgrade.outcomes import Unspecified
from cwgrade.scheme import Scheme
from cwgrade.statement import gap_text, outcome_text
from cwgrade.statement.places import place_text

_BASE = Path(__file__).parents[1].joinpath("bad_inputs", "base.toml").read_text(encoding="utf-8")
_SCHEME = Scheme(
    (
        parse_scheme(
            _BASE
            + """
[facts.zone]
label = { zh = "工作地区", en = "area" }
values = ["plain", "hills"]
labels = { plain = { zh = "平原", en = "plain land" }, hills = { zh = "浅山", en = "low hills" } }
source = "text"

[pay.area]
label = { zh = "山区补贴", en = "allowance for hills" }
by = ["route", "zone"]
yuan = { elected = { hills = { missing = "torn off" } } }
otherwise = 0
source = "text"

[pay.bands]
label = { zh = "年限补贴", en = "allowance for years" }
bands_of = "service_years"
from = [1, 2.5]
yuan = [{ missing = "torn off" }, 50]
boundary = "reached"
source = "text"
"""
        ),
    )
)


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        (
            "pay.area.elected.hills",
            "山区补贴 / 选举 / 浅山",
            "allowance for hills / elected / low hills",
        ),
        ("pay.bands[1]", "年限补贴 / 2.5 起", "allowance for years / from 2.5"),
        ("effect.zone.takes", "工作地区何时执行", "when area takes effect"),
        ("facts.zone", "工作地区", "area"),
    ],
)
def test_a_place_is_told_by_printed_names(path: str, zh: str, en: str) -> None:
    version = _SCHEME.versions[0]
    assert (place_text(path, "zh", version=version), place_text(path, version=version)) == (zh, en)


def test_a_value_that_a_fact_does_not_have_is_told_with_those_it_has() -> None:
    gap = Gap(path="facts.zone", why="value-not-on-list", readings=("town", "plain", "hills"))
    assert gap_text(gap, "zh").endswith("（可用的值：plain、hills）。")
    assert gap_text(gap).endswith("(accepted: plain, hills).")


def test_months_in_a_row_before_the_scheme_are_told_at_once() -> None:
    months = ("2017-11", "2017-12", "2018-01", "2018-03")
    gaps = [Gap(path="pay.award", why="period-before-scheme", readings=(one,)) for one in months]
    text = outcome_text(Unspecified(tuple(gaps)), "zh")
    assert text.count("早于本方案施行") == 2
    assert "2017-11 – 2018-01" in text


def test_each_reason_of_a_row_is_counted_by_itself() -> None:
    first, second = (("a",), "A."), (("b",), "B.")
    rows = [Why("A. B.", (first, second)), Why("B.", (second,)), Why("")]
    assert frequent(rows) == ((2, "B."), (1, "A."))
