"""The bad scheme files: each is `bad_inputs/base.toml` with one place changed, grouped by what is at fault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["BAD_SCHEMES", "Edit"]

Edit = tuple[str, str]
"""A text of the base file that stands there once, and what stands there instead."""

_SHARES: Final = "shares = { basic = 0.7, performance = 0.3 }"
_POST_TABLE: Final = "yuan = { deputy = 500, staff = 200 }"
_TIMES: Final = "times = [1, 1.1, 1.25, 1.4]"
_PRODUCT: Final = 'product = ["base", "coefficient"]'
_ROUNDED: Final = 'rounded = { to = "yuan", mode = "half_up" }'
_THRESHOLDS: Final = "thresholds_years = [3, 6, 10]"
_WAGE_2019: Final = "  { year = 2019, yuan = 5400"
_BANDS: Final = (
    'bands_of = "service_years"\nfrom = [5, 10]\nyuan = [100, 200]\nboundary = "reached"\n'
)
_ROUNDING: Final = '[rounding]\ncomponent = { to = "fen", mode = "half_up" }\nsource = "text"\n'
_PEG: Final = """[base.peg]
series = "wage"
multiplier = 0.6
lag_years = 1
rebased = "07-01"
until_published = true
after_publication = "settle"
"""
_LADDER: Final = """[ladder]
label = { zh = "等级", en = "grade" }
grades = [1, 4]
start = "first_of_post"
thresholds_years = [3, 6, 10]
boundary = "reached"
source = "text"

"""
_SERVICE: Final = """[service]
convention = "whole_months"
gaps = "skipped"
other_kinds = 0
source = "text"

[service.kinds]
community = { rate = 1, within = "province" }
grid = { rate = "1/2", within = "anywhere" }

"""
_SOURCES: Final = """[sources.text]
instrument = "虚构办法"
read_on = 2026-01-01
trust = "invented"

"""
_QUANTITY: Final = """[quantities.{name}]
label = {{ zh = "量", en = "quantity" }}
{body}
source = "text"

"""


def _more(*quantities: tuple[str, str]) -> Edit:
    """Add quantities before the split."""
    told = "".join(_QUANTITY.format(name=name, body=body) for name, body in quantities)
    return "[split]\n", told + "[split]\n"


BAD_SCHEMES: Final[Mapping[str, Mapping[str, tuple[Edit, ...]]]] = {
    "input-method": {
        "ime-quote": (('trust = "invented"', "trust = “invented”"),),
        "ime-quote-closing": (('id = "sample-base"', 'id = "sample-base”'),),
        "ime-equals": (("revision = 1", "revision ＝ 1"),),
        "ime-colon": (("revision = 1", "revision： 1"),),
        "ime-comma": (('titles = ["委员", "社工"]', 'titles = ["委员"，"社工"]'),),
        "ime-pause-mark": (('titles = ["委员", "社工"]', 'titles = ["委员"、"社工"]'),),
        "ime-digits": (("at_most_yuan = 500", "at_most_yuan = ５００"),),
        "ime-letter": (("supplied = true", "supplied = ｔｒｕｅ"),),
        "ime-bracket": (("[rounding]", "【rounding】"),),
        "ime-parenthesis": (("paid_in = [6, 12]", "paid_in = （6, 12）"),),
        "ime-space": (("lag_years = 1", "lag_years =\u30001"),),
        "ime-dot": (("multiplier = 0.6", "multiplier = 0。6"),),
        "ime-minus": (("counted = false, grades = -1", "counted = false, grades = －1"),),
        "ime-hash": (("# A small invented scheme", "＃ A small invented scheme"),),
    },
    "toml": {
        "toml-bad-day": (("checked_on = 2026-01-01", "checked_on = 2026.1.1"),),
        "toml-bad-day-chinese": (("checked_on = 2026-01-01", "checked_on = 2026年1月1日"),),
        "toml-no-such-day": (("attested_until = 2025-12-31", "attested_until = 2025-02-30"),),
        "toml-bare-word": (('convention = "whole_months"', "convention = whole_months"),),
        "toml-broken-number": (("multiplier = 0.6", "multiplier = .6"),),
        "toml-colon": (("revision = 1", "revision: 1"),),
        "toml-duplicate-key": (("revision = 1", "revision = 1\nrevision = 2"),),
        "toml-duplicate-section": (("[probation]", "[split]"),),
        "toml-defined-twice": (("[probation]", "[split.shares]\nbasic = 1\n\n[probation]"),),
        "toml-dotted-number-key": ((_POST_TABLE, "yuan.1.5 = 200"),),
        "toml-escape": (('instrument = "虚构办法"', 'instrument = "C:\\办法"'),),
        "toml-extra": (("lag_years = 1", "lag_years = 1 年"),),
        "toml-float-special": (("multiplier = 0.6", "multiplier = nan"),),
        "toml-infinite": (("at_most_yuan = 500", "at_most_yuan = inf"),),
        "toml-inline-lines": ((_SHARES, "shares = { basic = 0.7,\n  performance = 0.3 }"),),
        "toml-key": (("grades = [2, 4]", "3级以上 = [2, 4]"),),
        "toml-leading-zero": (('region = "9901"', "region = 0101"),),
        "toml-no-comma": (('titles = ["委员", "社工"]', 'titles = ["委员" "社工"]'),),
        "toml-no-equals": (("supplied = true", "supplied true"),),
        "toml-no-value": (("months = 3", "months ="),),
        "toml-number-too-large": (("at_most_yuan = 500", "at_most_yuan = 9999999999999999"),),
        "toml-percent": (("multiplier = 0.6", "multiplier = 60%"),),
        "toml-syntax": ((_SHARES, "shares = { basic = 0.7, performance = 0.3, }"),),
        "toml-text-too-long": (('instrument = "虚构办法"', f'instrument = "{"办" * 20_001}"'),),
        "toml-thousands": (("at_most_yuan = 500", "at_most_yuan = 1,500"),),
        "toml-too-deep": ((_POST_TABLE, "yuan = " + "{ a = " * 14 + "1" + " }" * 14),),
        "toml-too-many-decimals": (("multiplier = 0.6", "multiplier = 0.6000000000001"),),
        "toml-unclosed": (("paid_in = [6, 12]", "paid_in = [6, 12"),),
        "toml-unclosed-text": (('id = "sample-base"', 'id = "sample-base'),),
    },
    "sections": {
        "format-missing": (('format = "cwgrade-scheme/1"\n', "\n"),),
        "unknown-format": (("cwgrade-scheme/1", "cwgrade-scheme/9"),),
        "unknown-section": (("[probation]", "[probaton]"),),
        "unknown-section-needed": (("[sources.text]", "[source.text]"),),
        "unknown-section-chinese": (("[probation]", '["试用期"]'),),
        "missing-section": ((_SOURCES, ""),),
        "wants-section": (("[probation]\nmonths = 3\ntimes = { basic = 0.8 }\n", "[[probation]]\nmonths = 3\n"),),
        "wants-section-named": (("[facts.veteran]", "[facts]\nage = 3\n\n[facts.veteran]"),),
        "unknown-key": (("lag_years = 1", "lag_year = 1"),),
        "unknown-key-of-component": (("at_most_yuan = 500", "upper_limit = 500"),),
        "unknown-key-of-kind": (("rate = 1, within", "rate = 1, wihtin"),),
        "unknown-key-amount": ((_POST_TABLE, "yuann = { deputy = 500, staff = 200 }"),),
        "unknown-key-of-label": (("zh = \"退役军人\"", "cn = \"退役军人\""),),
        "missing-key": (("lag_years = 1\n", ""),),
        "missing-key-source": (("factors = [\"last_result\"]\npaid = \"half_yearly\"\npaid_in = [6, 12]\nsource = \"text\"\n", "factors = [\"last_result\"]\npaid = \"half_yearly\"\npaid_in = [6, 12]\n"),),
        "missing-key-of-rule": (("rule = \"calendar_days\"\nsource = \"text\"\n", "rule = \"calendar_days\"\n"),),
        "bad-name": (("[pay.award]", '[pay."year award"]'),),
        "too-many": ((_PRODUCT, "product = [" + ", ".join(['"base"'] * 101) + "]"),),
        "no-posts": (
            ("[posts.deputy]\nlabel = { zh = \"副职\", en = \"deputy\" }\ntitles = [\"副书记\", \"副主任\"]\ngrades = [2, 4]\nsource = \"text\"\nclause = \"1\"\n\n[posts.staff]\nlabel = { zh = \"工作人员\", en = \"staff\" }\ntitles = [\"委员\", \"社工\"]\ngrades = [1, 3]\nsource = \"text\"\n", "[posts]\n"),
        ),
        "no-components": None,
    },
