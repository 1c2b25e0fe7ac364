"""The sum of shares that do not make one is told exactly, however little is missing."""

from __future__ import annotations

import pytest

from cwgrade import SchemeFileError, parse_scheme
from cwgrade.catalogue import scheme_path


def test_a_millionth_too_much_is_not_told_as_one() -> None:
    text = scheme_path("sample-3x18").read_text(encoding="utf-8")
    shares = "shares = { basic = 0.7, performance = 0.3 }"
    assert shares in text
    with pytest.raises(SchemeFileError) as caught:
        parse_scheme(text.replace(shares, "shares = { basic = 0.7, performance = 0.300001 }"))
    assert "sum to 1.000001, not to 1" in str(caught.value)
