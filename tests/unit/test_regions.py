"""Region codes: two, four or six digits, zeros dropped, unknown provinces refused."""

from __future__ import annotations

import pytest

from cwgrade.errors import ArgumentError
from cwgrade.regions import is_within, province_of, read_region


class TestReadRegion:
    @pytest.mark.parametrize(
        ("text", "region"),
        [
            ("43", "43"),
            ("4301", "4301"),
            ("430102", "430102"),
            ("430100", "4301"),
            ("430000", "43"),
            ("4300", "43"),
            # invented places
            ("990101", "990101"),
        ],
    )
    def test_drops_zeros_that_stand_for_the_whole(self, text: str, region: str) -> None:
        assert read_region(text) == region

    @pytest.mark.parametrize(
        "text", ["", "4", "430", "43010", "4301020", "abcd", "10", "00", "98", "４３", "43 "]
    )
    def test_refuses_what_is_no_code(self, text: str) -> None:
        with pytest.raises(
            ArgumentError, match=r"is not a region code\. Use the GB/T 2260 code"
        ) as e:
            read_region(text)
        assert repr(text) in str(e.value)


@pytest.mark.parametrize(
    ("place", "area", "within"),
    [
        ("430102", "4301", True),
        ("430102", "430102", True),
        ("430102", "43", True),
        ("430102", "", True),
        ("4301", "430102", False),
        ("4302", "4301", False),
        ("", "43", False),
    ],
)
def test_is_within(place: str, area: str, within: bool) -> None:  # noqa: FBT001 -- what comes out
    assert is_within(place, area) is within


def test_province_of() -> None:
    assert province_of("430102") == "43"
    assert province_of("43") == "43"
