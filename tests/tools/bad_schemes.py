"""The bad scheme files: each is `bad_inputs/base.toml` with one place changed, grouped by what is at fault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

__all__ = ["BAD_SCHEMES", "BASE", "FOLDER", "SPECIAL", "UPPER", "bad_scheme"]

FOLDER: Final = Path(__file__).parents[1] / "bad_inputs"
BASE: Final = (FOLDER / "base.toml").read_text(encoding="utf-8")
_PARTS: Final = {
    part.partition("]")[0].lstrip("["): part
    for part in re.split(r"^(?=\[)", BASE, flags=re.MULTILINE)[1:]
}

Edit = tuple[str, str]
"""A text of the base file that stands there once, and what stands there instead."""


def bad_scheme(edits: tuple[Edit, ...]) -> str:
    """Give the text of a bad file."""
    text = BASE
    for old, new in edits:
        assert text.count(old) == 1, f"stands {text.count(old)} times: {old}"
        text = text.replace(old, new)
    return text


def _one(old: str, new: str) -> tuple[Edit, ...]:
    return ((old, new),)


def _without(*parts: str) -> tuple[Edit, ...]:
    return tuple((_PARTS[part], "") for part in parts)


def _in(part: str, old: str, new: str) -> Edit:
    """Change something that stands once in a part, but more often in the file."""
    assert _PARTS[part].count(old) == 1, (part, old)
    return _PARTS[part], _PARTS[part].replace(old, new)


def _pasted(*rows: str, top: str = "post\tyuan") -> str:
    """Write a table as it is pasted from a spreadsheet."""
    return 'yuan = """\n' + "\n".join((top, *rows)) + '\n"""'


def _more(*quantities: str) -> tuple[Edit, ...]:
    """Add quantities; each is its name, a space, and what it says."""
    told = ""
    for quantity in quantities:
        name, _, body = quantity.partition(" ")
        told += f'[quantities.{name}]\nlabel = "{name}"\n{body}\nsource = "text"\n\n'
    return _one("[split]\n", told + "[split]\n")


def _more_pegs(name: str, series: str = "wage") -> tuple[Edit, ...]:
    """Add an amount tied to a series."""
    told = f'[pegs.{name}]\nlabel = "{name}"\nsource = "text"\n\n'
    told += f'[pegs.{name}.peg]\nseries = "{series}"\nlag_years = 1\nrebased = "07-01"\n\n'
    return _one("[split]\n", told + "[split]\n")


def _checked(body: str) -> tuple[Edit, ...]:
    """Add a check on the roster."""
    return _one("[split]\n", f'[checks.all]\nlabel = "all"\n{body}\nsource = "text"\n\n[split]\n')


def _fact(name: str, values: str = '"a", "b"') -> tuple[Edit, ...]:
    """Declare one more fact."""
    told = f'[facts.{name}]\nlabel = "{name}"\nvalues = [{values}]\nsource = "text"\n\n'
    return _one("[posts.deputy]", told + "[posts.deputy]")


_MOVES: Final = 'table = { "1" = 2, "2" = 3 }'
_TRANSITION: Final = f"""[transition]
from = "earlier version"
rule = "table"
{_MOVES}
protection = "frozen"
waiting = "kept"
source = "text"

[[transition.staged]]
posts = ["staff"]
effective_on = 2021-01-01

"""


def _moved(old: str, new: str) -> tuple[Edit, ...]:
    """Add a transition in which one place is at fault."""
    assert _TRANSITION.count(old) == 1, old
    return _one("[proration]\n", _TRANSITION.replace(old, new) + "[proration]\n")


def _recognised(body: str) -> tuple[Edit, ...]:
    """Add a rule for grades held in another place."""
    told = f'[recognition]\n{body}\nwithin = "province"\nwaiting = "kept"\nsource = "text"\n\n'
    return _one("[proration]\n", told + "[proration]\n")


def _protected(body: str) -> tuple[Edit, ...]:
    """Add a transition, and what is kept of the old pay."""
    return (
        *_moved("frozen", "frozen"),
        _in("pay.on_call", "supplied = true\nat_most_yuan = 500", body),
    )


def _real(**left: Edit) -> tuple[Edit, ...]:
    """Make a real scheme of the invented one; what is given is left otherwise."""
    edits: dict[str, Edit] = {
        "id": ('id = "sample-base"', 'id = "base"'),
        "place": ('place = "9901"', 'place = "2301"'),
        "status": ('status = "sample"', 'status = "partial"'),
        "trust": ('trust = "invented"', 'trust = "official"\nurl = "https://example.cn/notice"'),
    }
    return tuple({**edits, **left}.values())


def _tally(body: str, name: str = "top") -> tuple[Edit, ...]:
    """Count ratings."""
    told = f'[tallies.{name}]\nlabel = "{name}"\n{body}\nsource = "text"\n\n'
    return _one("[series.wage]", told + "[series.wage]")


def _time(body: str, name: str = "years_in_post") -> tuple[Edit, ...]:
    """Count time in a post."""
    told = f'[time_in_post.{name}]\nlabel = "{name}"\n{body}\nsource = "text"\n\n'
    return _one("[series.wage]", told + "[series.wage]")


def _step(body: str) -> tuple[Edit, ...]:
    """Add a ladder of five steps."""
    told = f'[step]\nlabel = "step"\ngrades = [1, 5]\n{body}\nsource = "text"\n\n'
    return _one("[series.wage]", told + "[series.wage]")


def _change(body: str) -> tuple[Edit, ...]:
    """Say what a change of post does."""
    told = f'[post_change]\n{body}\nsource = "text"\n\n'
    return _one("[[scope.excluded]]", told + "[[scope.excluded]]")


def _graded_by(name: str) -> tuple[Edit, ...]:
    """Let a quantity give the grade."""
    waiting = 'start = "first_of_post"\nthresholds_years = [3, 6, 10]\nboundary = "reached"'
    return _one(waiting, f'graded_by = "{name}"')


_GAP: Final = '{ missing = "not stated" }'
_TITLES: Final = 'titles = ["委员", "社工"]'
_SHARES: Final = "shares = { basic = 0.7, performance = 0.3 }"
_POST_TABLE: Final = "yuan = { deputy = 500, staff = 200 }"
_TIMES: Final = "times = [1, 1.1, 1.25, 1.4]"
_PRODUCT: Final = 'product = ["base", "coefficient"]'
_ROUNDED: Final = 'rounded = { to = "yuan", mode = "half_up" }'
_THRESHOLDS: Final = "thresholds_years = [3, 6, 10]"
_RATINGS: Final = "times = { excellent = 1.2, competent = 1, fail = 0, none = 1, not_out = 1 }"
_WAGES: Final = "yuan = [100, 200]"
_YEARLY: Final = 'accrues_per = "year"\npaid = "yearly"\npaid_in = [12]'
_AWARD: Final = "yuan = { deputy = { no = 3000, yes = 3200 }, staff = { no = 2000, yes = 2200 } }"
_GRID: Final = 'grid = { rate = "1/2", within = "anywhere" }'
_GROUP: Final = 'best_of = [["qualification", "schooling"]]'
_SCHOOLING: Final = "grades = { bachelor = 1, master = 2, doctor = 2 }\notherwise = 0"
_VETERAN: Final = 'values = ["no", "yes"]'

BAD_SCHEMES: Final[Mapping[str, Mapping[str, tuple[Edit, ...]]]] = {
    "layers": {
        "replaces-without-extends": _one(
            'status = "sample"', 'status = "sample"\nreplaces = ["pay"]'
        ),
    },
    "ime": {
        "ime-quote": _one('trust = "invented"', "trust = “invented”"),
        "ime-quote-closing": _one('id = "sample-base"', 'id = "sample-base”'),
        "ime-equals": _one("revision = 1", "revision ＝ 1"),
        "ime-colon": _one("revision = 1", "revision： 1"),
        "ime-comma": _one(_TITLES, 'titles = ["委员"，"社工"]'),
        "ime-comma-pause": _one(_TITLES, 'titles = ["委员"、"社工"]'),
        "ime-digits": _one("at_most_yuan = 500", "at_most_yuan = ５００"),
        "ime-letter": _one("supplied = true", "supplied = ｔｒｕｅ"),
        "ime-bracket": _one("[rounding]", "【rounding】"),
        "ime-bracket-round": _one("paid_in = [6, 12]", "paid_in = （6, 12）"),
        "ime-space": _one("lag_years = 1", "lag_years =\u30001"),
        "ime-dot": _one("multiplier = 0.6", "multiplier = 0。6"),
        "ime-minus": _one("grades = -1", "grades = －1"),
        "ime-hash": _one("# A small invented scheme", "＃ A small invented scheme"),
        "several-ime": (
            ("revision = 1", "revision ＝ １"),
            ('of = "post_pay"', "of = “post_pay”"),
            (_TITLES, 'titles = ["委员"，"社工"]'),
        ),
    },
    "toml": {
        "toml-bad-day": _one("checked_on = 2026-01-01", "checked_on = 2026.1.1"),
        "toml-bad-day-chinese": _one("checked_on = 2026-01-01", "checked_on = 2026年1月1日"),
        "toml-no-such-day": _one("attested_until = 2025-12-31", "attested_until = 2025-02-30"),
        "toml-bare-word": _one('"whole_months"', "whole_months"),
        "toml-broken-number": _one("multiplier = 0.6", "multiplier = .6"),
        "toml-colon": _one("revision = 1", "revision: 1"),
        "toml-duplicate-key": _one("revision = 1", "revision = 1\nrevision = 2"),
        "toml-duplicate-key-section": _one("[probation]", "[split]"),
        "toml-defined-twice": _one(
            "[probation]", "[pay.post.yuan.other]\nbasic = 1\n\n[probation]"
        ),
        "toml-dotted-number-key": _one(_POST_TABLE, "yuan.1.5 = 200"),
        "toml-escape": _one('"虚构办法"', r'"C:\办法"'),
        "toml-extra": _one("lag_years = 1", "lag_years = 1 或 2"),
        "toml-range": _one("grades = [1, 3]", "grades = [1-3]"),
        "toml-range-in-words": _one("grades = [1, 3]", "grades = 一级至三级"),
        "toml-unit": _one("at_most_yuan = 500", "at_most_yuan = 500元/月"),
        "toml-unit-apart": _one("lag_years = 1", "lag_years = 1 年"),
        "toml-unit-ten-thousand": _one("at_most_yuan = 500", "at_most_yuan = ０.５万元"),
        "toml-bare-missing": _one("at_most_yuan = 500", "at_most_yuan = 未载"),
        "toml-bare-missing-why": _one("multiplier = 0.6", "multiplier = missing"),
        "toml-thousands-inside": _one(_SHARES, "shares = { basic = 1,720, performance = 0.3 }"),
        "toml-float-special": _one("multiplier = 0.6", "multiplier = nan"),
        "toml-float-special-inf": _one("at_most_yuan = 500", "at_most_yuan = inf"),
        "toml-inline-lines": _one(_SHARES, "shares = { basic = 0.7,\n  performance = 0.3 }"),
        "toml-header": _one("[pay.award]", "[pay.Bonus money]"),
        "toml-header-printed": _one("[pay.award]", "[pay.年终奖]"),
        "toml-key": _one("grades = [2, 4]", "3+ = [2, 4]"),
        "toml-key-printed": _one("deputy = 500", "副职 = 500"),
        "toml-bare-missing-unknown": _one("deputy = 500", "deputy = unknown"),
        "toml-leading-zero": _one("months = 3", "months = 03"),
        "toml-no-comma": _one(_TITLES, 'titles = ["委员" "社工"]'),
        "toml-no-equals": _one("supplied = true", "supplied true"),
        "toml-no-value": _one("months = 3", "months ="),
        "toml-number-too-large": _one("at_most_yuan = 500", "at_most_yuan = 9999999999999999"),
        "toml-number-too-large-digits": _one("at_most_yuan = 500", f"at_most_yuan = {'9' * 5000}"),
        "toml-percent": _one("multiplier = 0.6", "multiplier = 60%"),
        "toml-syntax": _one(_SHARES, "shares = { basic = 0.7, performance = 0.3, }"),
        "toml-text-too-long": _one('"虚构办法"', f'"{"办" * 20_001}"'),
        "toml-thousands": _one("at_most_yuan = 500", "at_most_yuan = 1,500"),
        "toml-too-deep": _one(_POST_TABLE, "yuan = " + "{ a = " * 14 + "1" + " }" * 14),
        "toml-too-many-decimals": _one("multiplier = 0.6", "multiplier = 0.6000000000001"),
        "toml-too-many-keys": _one(_TITLES, f"titles = [{', '.join('1' * 20_001)}]"),
        "toml-unclosed": _one("paid_in = [6, 12]", "paid_in = [6, 12"),
        "toml-unclosed-text": _one('id = "sample-base"', 'id = "sample-base'),
    },
    "sections": {
        "format-missing": _one('format = "cwgrade-scheme/1"\n', "\n"),
        "unknown-format": _one("cwgrade-scheme/1", "cwgrade-scheme/9"),
        "unknown-section": _one("[probation]", "[probaton]"),
        "unknown-section-needed": _one("[sources.text]", "[source.text]"),
        "unknown-section-chinese": _one("[probation]", '["试用期"]'),
        "missing-section": _without("sources.text"),
        "missing-section-posts": _without("posts.deputy", "posts.staff"),
        "wants-section": (
            (_PARTS["probation"], ""),
            ('format = "cwgrade-scheme/1"\n', 'format = "cwgrade-scheme/1"\nprobation = 3\n'),
        ),
        "wants-section-facts": (
            (_PARTS["facts.veteran"], ""),
            ('format = "cwgrade-scheme/1"\n', 'format = "cwgrade-scheme/1"\nfacts = 3\n'),
            (_in("pay.award", 'by = ["post", "veteran"]', 'by = "post"')[0], ""),
        ),
        "wants-section-of-pay": ((_PARTS["pay.post"], "[pay]\npost = 3\n\n"),),
        "single-brackets": (_in("probation", "[probation]", "[[probation]]"),),
        "double-brackets": _one("[[scope.excluded]]", "[scope.excluded]"),
        "wants-section-named": _one("[facts.veteran]", "[facts]\nage = 3\n\n[facts.veteran]"),
        "unknown-key": _one("lag_years = 1", "lag_year = 1"),
        "unknown-key-of-component": _one("at_most_yuan = 500", "limit = 500"),
        "unknown-key-of-kind": _one(_GRID, _GRID.replace("within", "wihtin")),
        "unknown-key-amount": _one(_POST_TABLE, _POST_TABLE.replace("yuan", "yuann")),
        "unknown-key-amount-without-unit": _one(_POST_TABLE, _POST_TABLE.replace("yuan", "amount")),
        "unknown-key-of-label": _one('zh = "退役军人"', 'cn = "退役军人"'),
        "missing-key": _one("lag_years = 1\n", ""),
        "missing-key-source": (_in("pay.on_call", 'source = "text"\n', ""),),
        "missing-key-of-rule": (_in("proration", 'source = "text"\n', ""),),
        "missing-key-of-rounding": _one(_ROUNDED, 'rounded = { to = "yuan" }'),
        "missing-key-of-label": _one('{ zh = "退役军人", en = "veteran" }', '{ zh = "退役军人" }'),
        "bad-name": _one("[pay.award]", '[pay."year award"]'),
        "bad-name-dot": _one("[quantities.last_result]", '[quantities."last.result"]'),
        "too-many": _one(_PRODUCT, "product = [" + ", ".join(['"base"'] * 101) + "]"),
        "no-posts": (
            (_PARTS["posts.deputy"], "[posts]\n\n"),
            *_without("posts.staff"),
        ),
        "no-components": (
            *_without(
                *(part for part in _PARTS if part.startswith("pay.")), "split", "absences.sick"
            ),
            (_PARTS["probation"], "[pay]\n\n"),
        ),
    },
    "values": {
        "empty-text": _one('instrument = "虚构办法"', 'instrument = ""'),
        "wants-text": _one('place = "9901"', "place = 9901"),
        "wants-list": _one(_TITLES, 'titles = "委员"'),
        "wants-truth": _one("supplied = true", 'supplied = "yes"'),
        "wants-whole-number": _one("revision = 1", 'revision = "1"'),
        "wants-whole-number-grade": _one("bachelor = 1,", "bachelor = 0.5,"),
        "wants-text-of-label": _one('zh = "退役军人"', "zh = 3"),
        "empty-text-of-label": _one('zh = "退役军人"', 'zh = ""'),
        "wants-text-of-quantity": _one("deputy = 500", "deputy = { quantity = 3 }"),
        "wants-text-of-reading": _one(
            "deputy = 500", "deputy = { readings = [{ yuan = 5, source = 1 }, { yuan = 6 }] }"
        ),
        "wants-text-of-gap": _one('"whole_months"', '{ missing = "not stated", zh = 1 }'),
        "wants-whole-number-of-range": _one("grades = [1, 3]", 'grades = [1, "3"]'),
        "not-a-label": _one('label = { zh = "退役军人", en = "veteran" }', "label = 3"),
        "not-a-choice": _one('"whole_months"', '"whole_month"'),
        "not-a-choice-chinese": (_in("effect.qualification", '"next_month"', '"次月起"'),),
        "not-a-choice-status": _one('status = "sample"', 'status = "draft"'),
        "not-a-choice-trust": _one('trust = "invented"', 'trust = "offical"'),
        "not-a-choice-event": _one('"registered"', '"registred"'),
        "not-a-choice-rhythm": _one('"half_yearly"', '"half_year"'),
        "not-a-choice-rounding": _one(_ROUNDED, _ROUNDED.replace("half_up", "四舍五入")),
        "not-a-choice-of-rating-event": _one('"period_end"', '"obtained"'),
        "not-a-choice-boundary": (_in("pay.seniority", '"reached"', '"reach"'),),
        "not-a-number": _one("multiplier = 0.6", 'multiplier = "60%"'),
        "not-a-number-cell": _one("not_out = 1", "not_out = true"),
        "not-yuan": _one(_POST_TABLE, 'yuan = { deputy = "500元", staff = 200 }'),
        "not-yuan-quoted": _one("deputy = 500", 'deputy = "500"'),
        "several-amounts": _one("deputy = 500", 'deputy = "960元、845元"'),
        "several-amounts-of-a-table": _one(_POST_TABLE, 'yuan = "960元、845元"'),
        "unknown-table-key-printed": _one("deputy = 500", '"副职" = 500'),
        "money-too-large": _one("deputy = 500", "deputy = 100000000000000"),
        "below-zero": _one("at_most_yuan = 500", "at_most_yuan = -500"),
        "not-positive-multiplier": _one("multiplier = 0.6", "multiplier = 0"),
        "not-yuan-of-reading": _one(
            "deputy = 500", 'deputy = { readings = [{ yuan = "x" }, { yuan = 6 }] }'
        ),
        "money-too-large-fraction": _one("deputy = 500", 'deputy = "100000000000000/1"'),
        "share-out-of-range-quantity": _more("part share = 70"),
        "part-of-a-fen": _one("at_most_yuan = 500", "at_most_yuan = 500.125"),
        "not-positive": _one("yuan = 5400", "yuan = 0"),
        "out-of-range": _one("revision = 1", "revision = 0"),
        "out-of-range-grades": _one("grades = [1, 4]", "grades = [1, 4000]"),
        "out-of-range-month": _one("paid_in = [6, 12]", "paid_in = [6, 13]"),
        "share-out-of-range": _one(_SHARES, "shares = { basic = 70, performance = 30 }"),
        "share-out-of-range-rate": _one("rate = 1,", "rate = 2,"),
        "not-a-rounding": _one(_ROUNDED, 'rounded = "yuan"'),
        "not-a-range-of-every-grade": _one("grades = [1, 3]", "grades = [1, 2, 3]"),
        "not-a-range-in-text": _one("grades = [1, 3]", 'grades = "一级至三级"'),
        "not-a-range": _one("grades = [1, 3]", "grades = 3"),
        "range-reversed": _one("grades = [2, 4]", "grades = [4, 2]"),
        "not-an-address": _one('trust = "invented"', 'trust = "invented"\nurl = "见附件"'),
        "not-a-region": _one('region = "9901"', 'region = "全省"'),
        "bounds-crossed": _one(
            "multiplier = 0.6", 'multiplier = { missing = "x", at_least = 0.8, at_most = 0.6 }'
        ),
        "not-a-number-bound": _one(
            "multiplier = 0.6", 'multiplier = { missing = "x", at_least = "六成" }'
        ),
        "unknown-key-bound": _one('"whole_months"', '{ missing = "x", at_least = 3 }'),
        "missing-key-source-of-a-cell": _one(
            "yuan = { deputy = 500,", 'yuan = { deputy = { yuan = 500, clause = "3" },'
        ),
        "unknown-source-of-a-cell": _one(
            "yuan = { deputy = 500,", 'yuan = { deputy = { yuan = 500, source = "other" },'
        ),
        "not-attested": _one("attested_until = 2025-12-31", "attested_until = 2025"),
        "not-attested-text": _one("attested_until = 2025-12-31", 'attested_until = "2025年"'),
        "gap-as-text": _one('"whole_months"', '"未载"'),
        "gap-as-text-cell": _one("multiplier = 0.6", 'multiplier = "missing"'),
        "unknown-key-mising": _one('"whole_months"', '{ mising = "not stated" }'),
        "unknown-key-misssing-cell": _one(
            "multiplier = 0.6", 'multiplier = { misssing = "x", zh = "无" }'
        ),
        "unknown-section-post": _one("[proration]", '[post.helper]\nlabel = "协管员"\n[proration]'),
        "unknown-section-payother": _one("[proration]", '[payother]\nlabel = "其他"\n[proration]'),
        "not-a-toml-day": _one("checked_on = 2026-01-01", 'checked_on = "2026-01-01"'),
        "not-a-toml-day-time": _one("= 2026-01-01\npub", "= 2026-01-01T08:00:00\npub"),
        "not-a-day-or-unknown": _one("effective_on = 2020-01-01", 'effective_on = "不详"'),
        "not-a-publication": _one('published_on = "2019"', 'published_on = "2019年"'),
        "no-such-day": _one('published_on = "2019"', 'published_on = "2019-02-30"'),
        "bad-month": _one('published_on = "2019"', 'published_on = "2019-13"'),
        "year-out-of-range": _one("checked_on = 2026-01-01", "checked_on = 0226-01-01"),
        "not-annual-day": _one('rebased = "07-01"', 'rebased = "7月1日"'),
        "not-a-publication-number": _one('published_on = "2019"', "published_on = 2019"),
        "not-annual-day-number": _one('rebased = "07-01"', "rebased = 7"),
        "number-among-names": _one(_PRODUCT, 'product = ["base", 0.8]'),
        "number-among-names-quoted": _one('factors = ["last_result"]', 'factors = ["0.8"]'),
        "unknown-name-without-its-section": _one('of = "post_pay"', 'of = "seniority"'),
        "empty-table-key": _one("grades = { none = 0", 'grades = { "" = 0'),
        "empty-word": _more('paid_as by = "post"\nvalue = { deputy = "", staff = "staff" }'),
        "not-a-toml-day-in-chinese": _one("checked_on = 2026-01-01", 'checked_on = "2026年1月1日"'),
        "not-names": _one(_PRODUCT, 'product = "base × coefficient"'),
        "not-shares": _one(_SHARES, "shares = [0.7, 0.3]"),
        "not-a-start": _one('"first_of_post"', '"first_of_pots"'),
        "not-whole-months": _one(_THRESHOLDS, "thresholds_years = [3, 6.3, 10]"),
    },
    "gaps": {
        "missing-without-why": _one('"whole_months"', '{ missing = "" }'),
        "no-gap-here": _one("revision = 1", f"revision = {_GAP}"),
        "no-gap-here-section": (_in("stacking", _GROUP, 'missing = "not stated"'),),
        "no-gap-here-named": (
            *_without("credits.schooling", "stacking"),
            (_PARTS["credits.qualification"], '[credits]\nmissing = "not stated"\n\n'),
        ),
        "only-a-gap": _one('"first_of_post"', '"first_of_post"\nstart_after_prior_service = 2'),
        "no-readings-here": _one(
            "until_published = true",
            'until_published = { missing = "not stated", among = ["true"] }',
        ),
        "unknown-key-of-gap": _one('"whole_months"', '{ missing = "not stated", ch = "未载" }'),
        "not-a-choice-among": _one(
            '"whole_months"', '{ missing = "not stated", among = ["whole_months", "days"] }'
        ),
        "not-names-among": _one('"whole_months"', '{ missing = "not stated", among = [] }'),
    },
    "header": {
        "days-reversed": _one("attested_until = 2025-12-31", "attested_until = 2019-12-31"),
        "bad-name-of-the-scheme": _one('id = "sample-base"', 'id = "sample base"'),
        "days-reversed-as-read": (
            ("effective_on = 2020-01-01", 'effective_on = "unknown"'),
            (
                "attested_from = 2020-01-01\nattested_until = 2025-12-31",
                'attested_from = "2022"\nattested_until = "2022"',
            ),
        ),
        "days-reversed-as-read-of-the-end": _one(
            "attested_until = 2025-12-31", 'attested_until = "2019"'
        ),
        "days-reversed-with-a-vague-beginning": (
            (
                "effective_on = 2020-01-01\nattested_from = 2020-01-01",
                'effective_on = 2026-01-01\nattested_from = "2020"',
            ),
        ),
        "days-reversed-effective": _one("effective_on = 2020-01-01", "effective_on = 2026-01-01"),
        "sample-place": _one('place = "9901"', 'place = "2301"'),
        "sample-id": _one('id = "sample-base"', 'id = "base"'),
        "sample-title": _one("虚构示例：基准文件", "基准文件"),
        "place-invented": _real(place=('place = "9901"', 'place = "9902"')),
        "id-of-sample": _real(id=('id = "sample-base"', 'id = "sample-two"')),
        "not-a-region-of-scheme": _real(place=('place = "9901"', 'place = "23010"')),
    },
    "sources": {
        "no-sources": ((_PARTS["sources.text"], "[sources]\n\n"),),
        "unknown-source": (_in("stacking", '"text"', '"txet"'),),
        "unknown-source-of-figure": _one(
            '2020-06-20, source = "text"', '2020-06-20, source = "bureau"'
        ),
        "unknown-source-of-reading": _one(
            "deputy = 500",
            'deputy = { readings = [{ yuan = 500, source = "tex" }, { yuan = 600 }] }',
        ),
        "source-without-address": _real(trust=('trust = "invented"', 'trust = "official"')),
        "source-invented": _real(trust=('trust = "invented"', 'trust = "invented" ')),
        "source-real": _one(
            'trust = "invented"', 'trust = "official"\nurl = "https://example.cn/notice"'
        ),
    },
    "posts": {
        "title-twice": _one(_TITLES, 'titles = ["委员", "社工", "副主任"]'),
        "unknown-title": _one(_TITLES, _TITLES + '\nholds_all = ["副书记", "副主仕"]'),
        "fact-is-national": _fact("degree"),
        "name-taken": _more("rises yuan = 1"),
        "name-taken-by-fact": _fact("grade"),
        "name-twice": _fact("coefficient"),
        "no-values": _one(_VETERAN, "values = []"),
        "no-values-excluded": _one('values = ["part_time"]', "values = []"),
        "value-twice": _one(_VETERAN, 'values = ["no", "yes", "no"]'),
        "unknown-fact": _one('fact = "employment"', 'fact = "employmnt"'),
        "unknown-fact-of-effect": _one("[effect.qualification]", "[effect.qualifications]"),
        "unknown-value": _one('values = ["part_time"]', 'values = ["half_time"]'),
    },
    "history": {
        "unknown-kind": _one("[absences.sick]", "[absences.ill]"),
        "unknown-kind-of-service": _one(_GRID, _GRID.replace("grid", "gird")),
        "no-event-here": (_in("effect.service", "takes =", 'event = "obtained"\ntakes ='),),
        "reckoned-only-service": (
            _in("effect.rating", "takes =", 'reckoned_from = "day_met"\ntakes ='),
        ),
        "annual-day-needed": (_in("effect.service", '"next_january"', '"annual_day"'),),
        "annual-day-unused": (_in("effect.service", "takes =", 'annual_day = "07-01"\ntakes ='),),
        "needs-ladder": (
            *_without("ladder", "quantities.coefficient"),
            (_PRODUCT, 'product = ["base"]'),
        ),
        "ladder-needs-service": (
            *_without("service", "service.kinds", "pay.seniority", "effect.service"),
        ),
        "two-waiting-rules": _one(_THRESHOLDS, _THRESHOLDS + "\nwaiting_years = 3"),
        "no-waiting-rule": _one(_THRESHOLDS + "\n", ""),
        "boundary-without-list": (
            _in(
                "ladder",
                _THRESHOLDS + '\nboundary = "reached"',
                'waiting_years = 3\nboundary = "exceeded"',
            ),
        ),
        "thresholds-count": _one(_THRESHOLDS, "thresholds_years = [3, 6]"),
        "thresholds-not-rising": _one(_THRESHOLDS, "thresholds_years = [3, 3, 4]"),
        "outside-ladder": _one("grades = [2, 4]", "grades = [2, 5]"),
        "outside-ladder-start": _one('"first_of_post"', "5"),
        "credit-unit": _one("grades = { none = 0", "yuan = { none = 0"),
        "credit-combined": (
            (_SCHOOLING, 'sum = ["service_years"]'),
            ('by = "schooling"\n', ""),
        ),
        "unknown-credit": _one(_GROUP, 'best_of = [["qualification", "schoolings"]]'),
        "no-values-group": _one(_GROUP, "best_of = [[]]"),
        "in-two-groups": _one(
            _GROUP, 'best_of = [["qualification", "schooling"], ["qualification"]]'
        ),
        "months-in-group": _one(_SCHOOLING, _SCHOOLING.replace("grades", "months")),
        "unknown-rating": _one("competent = { label", '"合格" = { label'),
        "no-ratings": _one(
            _PARTS["assessment.ratings"] + _PARTS["assessment.early"], "[assessment.ratings]\n\n"
        ),
        "rating-not-listed": _one('rating = "excellent"', 'rating = "good"'),
        "rating-not-listed-tally": _tally('ratings = ["good"]'),
        "tally-needs-assessment": (
            *_without("assessment", "assessment.ratings", "assessment.early"),
            *_without("quantities.last_result", "effect.rating"),
            ('factors = ["last_result"]\n', ""),
            *_tally('ratings = ["excellent"]'),
        ),
        "no-values-tally": _tally("ratings = []"),
        "name-taken-tally": _tally('ratings = ["excellent"]', name="grade"),
        "name-twice-tally": _tally('ratings = ["excellent"]', name="coefficient"),
        "time-needs-service": (
            *_without("service", "service.kinds", "pay.seniority", "effect.service"),
            *_time('after_another_post = "adds_up"'),
        ),
        "unknown-post-in-time": _time('posts = ["deputi"]\nafter_another_post = "adds_up"'),
        "not-a-choice-after-another-post": _time('after_another_post = "restarts"'),
        "not-a-choice-unit-of-time": _time('unit = "days"\nafter_another_post = "adds_up"'),
        "name-taken-time": _time('after_another_post = "adds_up"', name="service_years"),
        "name-twice-time": _time('after_another_post = "adds_up"', name="coefficient"),
        "needs-step": _one(_SCHOOLING, 'feeds = "step"\n' + _SCHOOLING),
        "needs-step-post": _one("grades = [2, 4]", "grades = [2, 4]\nsteps = [1, 5]"),
        "needs-step-rating": _one("grades = -1 }", "grades = -1, steps = -1 }"),
        "needs-ladder-step": (
            *_without("ladder", "quantities.coefficient", "stacking"),
            *_without("credits.qualification", "credits.schooling"),
            (_PRODUCT, 'product = ["base"]'),
            ("grades = [2, 4]\n", ""),
            ("grades = [1, 3]\n", ""),
            *_step("waiting_years = 1"),
        ),
        "group-feeds-two": (
            (_SCHOOLING, 'feeds = "step"\n' + _SCHOOLING),
            *_step("waiting_years = 1"),
        ),
        "no-waiting-rule-step": _step("start = 1"),
        "outside-ladder-step": _step("waiting_years = 1\nstart = 9"),
        "cells-missing-waiting": _one(_THRESHOLDS, "waiting_years = { deputy = 3 }"),
        "unknown-table-key-waiting": _one(
            _THRESHOLDS, "waiting_years = { deputy = 3, staff = 2, principle = 1 }"
        ),
        "thresholds-count-post": _one(
            _THRESHOLDS, "thresholds_years = { deputy = [3, 6, 10], staff = [2, 4] }"
        ),
        "beside-graded-by": (
            *_more('by_honour by = "honour"\ngrades = { none = 1 }\notherwise = 2'),
            (_THRESHOLDS, 'graded_by = "by_honour"'),
        ),
        "beside-graded-by-counted": (
            *_more("points grades = 2"),
            *_graded_by("points"),
            *_without("assessment.early"),
            ("counted = false, grades = -1", "counted = false, rises = false"),
        ),
        "cell-unit-graded-by": (
            *_more("points points = 3"),
            *_graded_by("points"),
        ),
        "cell-unit-start": (
            *_more("points points = 3"),
            ('"first_of_post"', '{ quantity = "points" }'),
        ),
        "rungs-not-whole": (
            *_more("half times = 0.5", "third grades = 3", 'sum_up product = ["half", "third"]'),
            *_graded_by("sum_up"),
        ),
        "shift-without-grades": _change('rule = "shifted"\nwaiting = "kept"'),
        "shift-unused": _change('rule = "kept"\nwaiting = "kept"\ngrades = 1'),
        "waiting-recomputed": _change('rule = "recomputed"\nwaiting = "kept"'),
        "not-a-choice-change": _change(
            f'rule = {{ missing = "not stated", among = ["shifted"] }}\nwaiting = {_GAP}'
        ),
        "annual-day-needed-change": _change('rule = "recomputed"\ntakes = "annual_day"'),
        "needs-step-change": _change('rule = "shifted"\ngrades = 1\nsteps = 1\nwaiting = "kept"'),
        "missing-key-change": _one(
            "[[scope.excluded]]", '[post_change]\nrule = "recomputed"\n\n[[scope.excluded]]'
        ),
        "unknown-name-graded-by": _graded_by("points"),
        "unknown-name-start": _one('"first_of_post"', '{ quantity = "by_schooling" }'),
    },
    "formulas": {
        "no-form": _one(_TIMES + "\n", ""),
        "two-forms": _one(_POST_TABLE, _POST_TABLE + '\nproduct = ["base"]'),
        "two-forms-years": _one(_THRESHOLDS, _THRESHOLDS + "\nthresholds_months = [36, 72, 120]"),
        "two-forms-base": (_in("base", 'source = "text"', 'yuan = 3000\nsource = "text"'),),
        "key-without-unit": _one(_PRODUCT, _PRODUCT + '\nby = "grade"'),
        "key-without-amount": (
            _in("pay.basic", 'source = "text"', 'by = "post"\nsource = "text"'),
        ),
        "key-without-bands": (
            _in("pay.seniority", 'bands_of = "service_years"', 'by = "veteran"'),
        ),
        "otherwise-without-by": _more("bonus yuan = 100\notherwise = 0"),
        "table-without-by": (_in("pay.post", 'by = "post"\n', ""),),
        "not-with-bands": (_in("pay.seniority", "bands_of", 'by = "post"\nbands_of'),),
        "not-a-table": _one(_POST_TABLE, "yuan = 300"),
        "not-a-table-list": _one(_POST_TABLE, "yuan = [500, 200]"),
        "not-a-table-row": _one(_AWARD, "yuan = { deputy = 3000, staff = 2000 }"),
        "bad-table-keys": _one('by = ["post", "veteran"]', 'by = ["post", "post"]'),
        "list-by-open-range": _one("grades = [1, 4]", f"grades = {_GAP}"),
        "grades-count": _one(_TIMES, "times = [1, 1.1, 1.25]"),
        "pasted-no-tabs": _one(_TIMES, 'times = """\ngrade  times\n1  1.0\n"""'),
        "pasted-no-headings": _one(_POST_TABLE, _pasted("staff\t200", top="deputy\t500")),
        "pasted-no-headings-unit": _one(_POST_TABLE, _pasted("staff\t200元", top="工作者\t500元")),
        "pasted-no-headings-of-two-keys": _one(
            _AWARD, _pasted("staff\t2000\t2200", top="副职\t3000\t3200")
        ),
        "pasted-empty": _one(_TIMES, 'times = """\ngrade\ttimes\n"""'),
        "pasted-row-length": _one(_POST_TABLE, _pasted("deputy\t500", "staff\t200\t0")),
        "pasted-row-length-of-two-keys": _one(
            _AWARD, _pasted("deputy\t3000", "staff\t1\t2", top="post\tno\tyes")
        ),
        "pasted-twice": _one(_POST_TABLE, _pasted("deputy\t500", "副职\t400", "staff\t200")),
        "pasted-not-a-number": _one(_POST_TABLE, _pasted("deputy\t500", "staff\t约200")),
        "pasted-full-width": _one(_POST_TABLE, _pasted("deputy\t５００", "staff\t1,2００.00")),
        "cells-missing-pasted": _one(_POST_TABLE, _pasted("deputy\t500", "staff\t—")),
        "unknown-table-key-pasted": _one(_POST_TABLE, _pasted("deputy\t500", "工作者\t200")),
        "rows-missing": _one(_AWARD, _pasted("副职\t3000\t3200", top="\t否\t是")),
        "rows-missing-columns": _one(_AWARD, _pasted("副职\t3000", "工作人员\t2000", top="\tno")),
        "unknown-table-keys": _one(
            _TIMES, 'times = { "一级" = 1, "二级" = 1.1, "三级" = 1.25, "4 档" = 1.4 }'
        ),
        "table-file-name": _one(_POST_TABLE, 'yuan = { csv = "../posts.csv" }'),
        "table-file-not-there": _one(_POST_TABLE, 'yuan = { csv = "posts.csv" }'),
        "not-a-cell": _one("not_out = 1", "not_out = [1]"),
        "not-a-cell-table": _one("deputy = 500", "deputy = { full = 500 }"),
        "not-a-word": _more('paid_as by = "post"\nvalue = { deputy = 1, staff = "staff" }'),
        "not-readings": _one("deputy = 500", "deputy = { readings = [500] }"),
        "not-a-reading": _one("deputy = 500", "deputy = { readings = [500, 600] }"),
        "not-with-bands-of-a-gap": (
            _in(
                "pay.seniority",
                'bands_of = "service_years"\nfrom = [5, 10]\nyuan = [100, 200]',
                'by = "post"\nbands_of = "service_years"\nfrom = { missing = "not printed" }\n'
                "yuan = { deputy = [960] }",
            ),
        ),
        "not-yuan-of-a-gap": (
            _in(
                "pay.seniority",
                f"from = [5, 10]\n{_WAGES}",
                'from = { missing = "not printed" }\nyuan = [100, "about 200"]',
            ),
        ),
        "bands-not-rising-of-a-gap": (
            _in(
                "pay.seniority",
                f"from = [5, 10]\n{_WAGES}",
                'from = [10, 5]\nyuan = { missing = "not printed" }',
            ),
        ),
        "bands-without-from": (_in("pay.seniority", "from = [5, 10]\n", ""),),
        "bands-without-boundary": (_in("pay.seniority", 'boundary = "reached"\n', ""),),
        "not-band-list": _one(_WAGES, "yuan = 100"),
        "bands-do-not-match": _one(_WAGES, "yuan = [100, 200, 300]"),
        "bands-not-rising": _one("from = [5, 10]", "from = [10, 5]"),
        "days-without-from": _more('rising bands_of = "day"\nshare = [0.8, 0.9]'),
        "boundary-of-days": _more(
            'rising bands_of = "day"\nfrom = [2020-07-01]\nshare = [0.8]\nboundary = "reached"'
        ),
        "bands-not-rising-days": _more(
            'rising bands_of = "day"\nfrom = [2021-07-01, 2020-07-01]\nshare = [0.8, 0.9]'
        ),
        "not-a-toml-day-of-bands": _more(
            'rising bands_of = "day"\nfrom = ["2020-07-01", 2021]\nshare = [0.8, 0.9]'
        ),
        "bands-of-values": _one(_WAGES, 'value = ["no", "yes"]'),
    },
    "names": {
        "unknown-name": _one(_PRODUCT, 'product = ["base", "coefficent"]'),
        "day-not-here-as-key": _more('dated by = "day"\nyuan = { a = 1 }'),
        "day-not-here": _one(_PRODUCT, 'product = ["base", "day"]'),
        "unknown-name-far": _one(_PRODUCT, 'product = ["base", "grade_factor"]'),
        "unknown-name-of-factor": _one('factors = ["last_result"]', 'factors = ["rating_factor"]'),
        "unknown-name-of-split": _one('of = "post_pay"', 'of = "post_apy"'),
        "unknown-name-of-a-gap": (
            _in(
                "pay.post",
                'by = "post"\nyuan = { deputy = 500, staff = 200 }',
                'by = "pots"\nyuan = { missing = "not printed" }\notherwise = { quantity = "post_sum" }',
            ),
        ),
        "unknown-name-of-bands-of-a-gap": (
            _in(
                "pay.seniority",
                'bands_of = "service_years"\nfrom = [5, 10]',
                'bands_of = "service_year"\nfrom = { missing = "not printed" }',
            ),
        ),
        "unknown-name-of-table": (_in("pay.post", 'by = "post"', 'by = "posts"'),),
        "unknown-name-of-cell": _one("deputy = 500", 'deputy = { quantity = "post_sum" }'),
        "name-needs-section": _without("probation")
        + _more('trial by = "on_probation"\ntimes = { yes = 0.8, no = 1 }'),
        "name-needs-section-grade": _without(
            "ladder", "credits.qualification", "credits.schooling", "stacking"
        )
        + _one("grades = [2, 4]\n", "")
        + _one("grades = [1, 3]\n", ""),
        "not-a-table-key": (_in("pay.post", 'by = "post"', 'by = "service_years"'),),
        "not-a-value-name": _more(
            'paid_as by = "post"\nvalue = { deputy = "staff", staff = { quantity = "service_years" } }',
            'amount by = "paid_as"\nyuan = { staff = 1 }',
        ),
        "not-a-number-name": _one(_PRODUCT, 'product = ["base", "degree"]'),
        "not-a-number-name-of-bands": _one('bands_of = "service_years"', 'bands_of = "post"'),
        "circle": _more(
            'first sum = ["second"]', 'second sum = ["third"]', 'third sum = ["first"]'
        ),
        "circle-of-one": _more('first sum = ["first", "base"]'),
        "circle-by-a-cell": _more(
            'first by = "post"\nyuan = { deputy = 1, staff = { quantity = "second" } }',
            'second highest = ["first", "base"]',
        ),
        "circle-through-the-ladder": (
            (_SCHOOLING, "grades = { 1 = 1 }\notherwise = 0"),
            ('by = "schooling"', 'by = "grade"'),
        ),
        "chain-too-long": _more(
            "q1 yuan = 1", *(f'q{place} sum = ["q{place - 1}"]' for place in range(2, 45))
        ),
    },
    "amounts": {
        "two-moneys": _one(_PRODUCT, 'product = ["base", "base"]'),
        "two-moneys-factor": _one('factors = ["last_result"]', 'factors = ["base"]'),
        "units-differ-of-a-value": _more('better highest = ["degree", "coefficient"]'),
        "values-not-ordered": _more('better highest = ["degree", "qualification"]'),
        "values-not-ordered-of-ratings": _more('better lowest = ["last_rating", "last_rating"]'),
        "units-differ": _more('total sum = ["base", "coefficient"]'),
        "rounding-not-money": _one(_TIMES, _TIMES + "\n" + _ROUNDED.replace("yuan", "jiao")),
        "cell-unit": _one("deputy = 500", 'deputy = { quantity = "coefficient" }'),
        "value-of-no-fact": _more(
            'paid_as by = "post"\nvalue = { deputy = "deputy", staff = "staf" }'
        ),
        "cells-missing": _one(_POST_TABLE, "yuan = { deputy = 500 }"),
        "cells-missing-two-keys": _one("{ no = 3000, yes = 3200 }", "{ no = 3000 }"),
        "cells-missing-rating": _one(_RATINGS, "times = { excellent = 1.2, competent = 1 }"),
        "cells-missing-many": _more(
            'big by = ["schooling", "degree"]\ntimes = { master = { none = 1 } }'
        ),
        "unknown-table-key": _one(_POST_TABLE, "yuan = { deputy = 500, staff = 200, staf = 200 }"),
        "unknown-table-key-chinese": _one(_RATINGS, _RATINGS.replace("excellent", '"优秀"')),
        "unknown-table-key-misspelt": _one("{ bachelor = 1, master", "{ bachelor = 1, mastr"),
        "unknown-table-key-second": _one("{ no = 3000, yes = 3200 }", "{ no = 3000, yess = 3200 }"),
        "too-many-cases": (
            *_fact("village", ", ".join(f'"v{place}"' for place in range(60))),
            *_more('big by = ["village", "schooling", "degree", "honour"]\ntimes = {}'),
        ),
    },
    "transition": {
        "transition-from-itself": _moved('from = "earlier version"', 'from = "sample-base"'),
        "transition-table": _moved(_MOVES, "table = [2, 3]"),
        "wants-whole-number-transition": _moved(_MOVES, 'table = { one = 2, "2" = 3 }'),
        "out-of-range-transition": _moved(_MOVES, 'table = { "0" = 2, "2" = 3 }'),
        "outside-ladder-transition": _moved(_MOVES, 'table = { "1" = 2, "2" = 5 }'),
        "transition-needs": _moved(f"{_MOVES}\n", ""),
        "transition-needs-shift": _moved(f'rule = "table"\n{_MOVES}', 'rule = "shift"'),
        "transition-unused": _moved('rule = "table"', 'rule = "equal_pay"'),
        "transition-unused-shift": _moved(_MOVES, f"{_MOVES}\nshift_yuan = 100"),
        "unknown-component-here-transition": _moved(_MOVES, f'{_MOVES}\ncompared = ["basis"]'),
        "compared-not-monthly": _moved(_MOVES, f'{_MOVES}\ncompared = ["on_call"]'),
        "compared-not-monthly-of-a-season": (
            *_moved(_MOVES, f'{_MOVES}\ncompared = ["post"]'),
            _in("pay.post", "by =", "due_in = [6, 7]\nby ="),
        ),
        "nothing-compared": _moved(
            'protection = "frozen"', 'protection = "none"\ncompared = ["post"]'
        ),
        "recognition-shift": _recognised('rule = "shift"'),
        "transition-needs-recognition": _recognised('rule = "table"'),
        "transition-unused-recognition": _recognised(f'rule = "same_grade"\n{_MOVES}'),
        "outside-ladder-recognition": _recognised('rule = "table"\ntable = { "1" = 9 }'),
        "not-a-choice-recognition": _recognised('rule = "same_grades"'),
        "not-a-choice-transition": _moved('protection = "frozen"', 'protection = "melts"'),
        "unknown-post": _moved('posts = ["staff"]', 'posts = ["stuff"]'),
        "no-values-transition": _moved('posts = ["staff"]', "posts = []"),
        "in-two-stages": _moved('posts = ["staff"]', 'posts = ["staff", "deputy", "staff"]'),
        "stage-too-early": _moved("effective_on = 2021-01-01", "effective_on = 2019-12-31"),
        "unknown-source-transition": _moved(
            "effective_on = 2021-01-01", 'effective_on = 2021-01-01\nsource = "txt"'
        ),
        "protects-and-computed": _protected("protects = true\nyuan = 100"),
        "protects-nothing": (
            _in("pay.on_call", "supplied = true\nat_most_yuan = 500", "protects = true"),
        ),
        "protects-by-the-month": _protected('protects = true\naccrues_per = "year"'),
        "protects-twice": (
            *_protected("protects = true"),
            (_in("pay.basic", "source", "protects = true\nsource")),
        ),
        "double-brackets-transition": _moved("[[transition.staged]]", "[transition.staged]"),
    },
    "pay": {
        "no-amount": (_in("pay.on_call", "supplied = true\nat_most_yuan = 500\n", ""),),
        "amount-twice": (_in("pay.basic", "source", "yuan = 100\nsource"),),
        "supplied-and-computed": (_in("pay.post", "by =", "supplied = true\nby ="),),
        "only-supplied": (_in("pay.post", "by =", "at_most_yuan = 100\nby ="),),
        "pay-not-money": _one(_POST_TABLE, _POST_TABLE.replace("yuan", "times")),
        "pay-not-money-product": (
            _in("pay.post", "by =", 'factors = ["coefficient"]\nby ='),
            (_POST_TABLE, _POST_TABLE.replace("yuan", "times")),
        ),
        "rounding-needed": _without("rounding"),
        "rhythm-differs": _one(_YEARLY, 'accrues_per = "year"'),
        "paid-in-monthly": (_in("pay.basic", "source", "paid_in = [1]\nsource"),),
        "paid-in-needed": _one(_YEARLY, _YEARLY.replace("\npaid_in = [12]", "")),
        "once-and-once": _one(_YEARLY, 'accrues_per = "once"'),
        "once-and-once-of-a-month": (_in("pay.post", "by =", 'paid = "once"\nby ='),),
        "once-of-a-split": (
            _in("pay.basic", "source", 'accrues_per = "once"\npaid = "once"\nsource'),
        ),
        "paid-in-once": _one(_YEARLY, 'accrues_per = "once"\npaid = "once"\npaid_in = [11]'),
        "only-once": _one("paid_in = [6, 12]", 'paid_in = [6, 12]\non_upgrade = "whole"'),
        "paid-in-two": _one("paid_in = [6, 12]", "paid_in = [6, 7]"),
        "not-due-months": (_in("pay.post", "by =", "due_in = [9, 6, 7, 8]\nby ="),),
        "not-due-months-none": (_in("pay.post", "by =", "due_in = []\nby ="),),
        "only-by-the-month": (_in("pay.award", "by =", "due_in = [6, 7]\nby ="),),
        "only-for-a-period": (_in("pay.post", "by =", 'reckoned_on = "payment"\nby ='),),
        "supplied-by-the-month": (
            _in(
                "pay.on_call",
                "supplied = true",
                'supplied = true\naccrues_per = "quarter"\npaid = "quarterly"\npaid_in = [3, 6, 9, 12]',
            ),
        ),
        "only-by-the-month-prorated": (
            _in("pay.on_call", "supplied = true", "supplied = true\nprorated = false"),
        ),
        "due-in-cut": (
            _in("pay.post", "by =", 'due_in = [1, 11, 12]\npaid = "yearly"\npaid_in = [11]\nby ='),
        ),
        "due-in-cut-over-new-year": (
            _in("pay.post", "by =", 'due_in = [1, 12]\npaid = "yearly"\npaid_in = [12]\nby ='),
        ),
        "two-moneys-supplied": (
            _in("pay.on_call", "supplied = true", 'supplied = true\nfactors = ["pay.post"]'),
        ),
        "unknown-name-of-a-supplied-factor": (
            _in("pay.on_call", "supplied = true", 'supplied = true\nfactors = ["last_reslut"]'),
        ),
        "paid-in-four": _one(
            'paid = "half_yearly"\npaid_in = [6, 12]', 'paid = "quarterly"\npaid_in = [3, 5, 9, 12]'
        ),
        "paid-in-one": _one("paid_in = [12]", "paid_in = [6, 12]"),
        "split-not-money": _one('of = "post_pay"', 'of = "coefficient"'),
        "shares-not-whole": _one(_SHARES, "shares = { basic = 0.7, performance = 0.2 }"),
        "parts-not-alike": (
            (_SHARES, _SHARES + '\nparts = "largest_remainder"'),
            _in("pay.basic", "source", 'rounded = { to = "yuan", mode = "up" }\nsource'),
        ),
        "parts-not-alike-of-a-season": (
            (_SHARES, _SHARES + '\nparts = "largest_remainder"'),
            _in("pay.basic", "source", "due_in = [6, 7]\nsource"),
        ),
        "check-key-unused": _checked(
            'kind = "quota"\nrating = "fail"\nat_most_share = 0.2\nof = "basic"'
        ),
        "check-key-needed": _checked('kind = "pool"\nyuan_per_head = 100'),
        "check-key-needed-of-an-average": _checked('kind = "average"'),
        "not-a-choice-of-checks": _checked('kind = "averages"'),
        "unknown-post-here": _checked(
            'kind = "average"\nposts = ["stuff"]\nat_least = { quantity = "base" }'
        ),
        "unknown-component-here-of-a-pool": _checked(
            'kind = "pool"\ncomponent = "oncall"\nyuan_per_head = 100'
        ),
        "bound-not-money": _checked(
            'kind = "average"\nat_least = { quantity = "coefficient", times = 2 }'
        ),
        "unknown-name-of-a-bound": _checked('kind = "average"\nat_least = { quantity = "bass" }'),
        "not-a-number-name-of-a-bound": _checked(
            'kind = "average"\nat_least = { quantity = "degree" }'
        ),
        "rating-not-listed-of-a-quota": _checked(
            'kind = "quota"\nrating = "good"\nat_most_share = 0.2'
        ),
        "unknown-key-of-a-bound": _checked(
            'kind = "average"\nat_least = { quantity = "base", time = 2 }'
        ),
        "in-two-splits": (
            _in("split", "[split]", "[[split]]"),
            (
                "[pay.basic]",
                '[[split]]\nof = "base"\nshares = { basic = 1 }\nsource = "text"\n\n[pay.basic]',
            ),
        ),
        "unknown-component-here": _one(_SHARES, "shares = { basci = 0.7, performance = 0.3 }"),
        "unknown-component-here-absence": _one("pay = { basic = 0.6 }", "pay = { bsic = 0.6 }"),
        "component-supplied": _one("times = { basic = 0.8 }", "times = { on_call = 0.8 }"),
        "base-without-amount": _without("base.peg"),
        "base-not-money": (
            *_without("base.peg"),
            _in("base", 'source = "text"', 'times = 3\nsource = "text"'),
        ),
        "unknown-series": _one('series = "wage"', 'series = "wages"'),
        "unknown-series-of-peg": _more_pegs("zone_base", series="wages"),
        "month-divided": _one("multiplier = 0.6", 'multiplier = 0.6\ndivided_by_12 = "exact"'),
        "not-a-rounding-of-twelfth": _one(
            "multiplier = 0.6", 'multiplier = 0.6\ndivided_by_12 = "half_up"'
        ),
        "first-year-needed": _one("multiplier = 0.6", "multiplier = 0.6\nevery_years = 3"),
        "not-positive-floor": _one("multiplier = 0.6", "multiplier = 0.6\nnot_below_yuan = 0"),
        "unknown-name-of-multiplier": _one(
            "multiplier = 0.6", 'multiplier = { quantity = "coefficent" }'
        ),
        "not-a-number-name-of-multiplier": _one(
            "multiplier = 0.6", 'multiplier = { quantity = "post" }'
        ),
        "cell-unit-of-multiplier": _one(
            "multiplier = 0.6", 'multiplier = { quantity = "pay.post" }'
        ),
        "circle-of-multiplier": (
            ("multiplier = 0.6", 'multiplier = { quantity = "rising" }'),
            *_more('rising product = ["base", "coefficient"]'),
        ),
        "cell-unit-of-floor": _one(
            "multiplier = 0.6", 'multiplier = 0.6\nnot_below_yuan = { quantity = "coefficient" }'
        ),
        "missing-key-of-peg": _one(
            "[split]\n", '[pegs.other]\nlabel = "o"\nsource = "text"\n\n[split]\n'
        ),
        "unknown-key-of-peg": _one(
            "[split]\n", '[pegs.other]\nlabel = "o"\nyuan = 3\nsource = "text"\n\n[split]\n'
        ),
        "name-twice-of-peg": _more_pegs("coefficient"),
        "name-taken-by-peg": _more_pegs("day"),
        "not-a-choice-of-figures": (
            _in("series.wage", _PARTS["series.wage"].partition("figures = ")[2], '"publishd"\n\n'),
        ),
        "figure-twice": _one("year = 2019", "year = 2018"),
        "day-needed": _one('"calendar_days"', '"state_on_day"'),
        "day-unused": _one('rule = "calendar_days"', 'rule = "calendar_days"\nday = 15'),
    },
    "several": {
        "several-values": (
            ("revision = 1", "revision = 0"),
            ("deputy = 500", 'deputy = "五百"'),
            ("lag_years = 1", "lag_year = 1"),
            (_SHARES, "shares = { basic = 0.7, performance = 0.2 }"),
            ('factors = ["last_result"]', 'factors = ["last_reslt"]'),
            ('"whole_months"', '"whole_month"'),
        ),
        "several-in-one-section": (
            _in("pay.post", 'by = "post"', 'by = "post"\npaid = "weekly"\nsupplied = 1'),
            (_POST_TABLE, 'yuan = { deputy = "x", staf = 200 }'),
        ),
        "several-consequences-once": (("[posts.staff]", "[posts.stafff]"),),
    },
}
"""By subject: what each file is called, and how it differs from the base. A name begins with the code it is about."""


def _upper(scheme: str, body: str = "") -> str:
    """Give a file that extends the base, whose header is the base's with more keys."""
    header = _PARTS["scheme"].replace('id = "sample-base"', 'id = "sample-upper"')
    return f'format = "cwgrade-scheme/1"\n\n{header.rstrip()}\n{scheme}\n\n{body}'


_OVER_BASE: Final = 'extends = "../base.toml"'
_ROUNDED_HERE: Final = '[rounding]\ncomponent = { to = "yuan", mode = "up" }\nsource = "text"\n'

UPPER: Final[Mapping[str, str]] = {
    "extends-not-found": _upper('extends = "../nobody.toml"'),
    "no-such-scheme": _upper('extends = "harbin-2015"'),
    "wants-text-extends": _upper("extends = 3"),
    "extends-no-scheme": _upper('extends = "../worker.toml"'),
    "extends-circle": _upper('extends = "extends-circle.toml"'),
    "toml-no-value-below": _upper('extends = "toml-no-value.toml"'),
    "not-replaced": _upper(_OVER_BASE, _ROUNDED_HERE),
    "not-replaced-definition": _upper(
        _OVER_BASE, '[pay.post]\nlabel = "post"\nyuan = 100\nsource = "text"\n'
    ),
    "replaces-nothing": _upper(f'{_OVER_BASE}\nreplaces = ["roundin"]'),
    "replaces-nothing-inside": _upper(
        f'{_OVER_BASE}\nreplaces = ["rounding", "pay.basic.share"]', _ROUNDED_HERE
    ),
    "replaces-not-written": _upper(
        f'{_OVER_BASE}\nreplaces = ["rounding", "split"]', _ROUNDED_HERE
    ),
    "wants-list-replaces": _upper(f'{_OVER_BASE}\nreplaces = "rounding"', _ROUNDED_HERE),
    "faults-below": _upper(
        f'{_OVER_BASE}\nreplaces = ["pay"]',
        '[pay.other]\nlabel = "other"\nyuan = 100\nsource = "text"\n',
    ),
}
"""Files that extend another one."""

SPECIAL: Final[Mapping[str, bytes]] = {
    "not-a-scheme": b'id = "007"\nhonours = []\n\n[[spells]]\nstart = 2019-07-01\npost = "staff"\n',
    "not-a-scheme-empty": b"",
    "toml-not-utf8": BASE.encode("gb18030"),
    "toml-not-utf8-utf16": BASE.encode("utf-16"),
    "toml-not-utf8-workbook": b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xb5U0#\xf4\x00\x00\x00",
}
"""Files that are no scheme at all, or no text."""
