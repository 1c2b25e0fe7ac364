"""Places of China by their GB/T 2260 codes: two digits a province, four a city, six a county."""

from __future__ import annotations

import re
from typing import Final

from cwgrade.errors import ArgumentError

__all__ = ["AREAS", "SAMPLE_PROVINCE", "is_within", "province_of", "read_area", "read_region"]

SAMPLE_PROVINCE: Final = "99"
"""A province code that GB/T 2260 does not use: invented places have it, so that none is mistaken for a real one."""

_PROVINCES: Final = frozenset(
    province
    for area in (
        "11 12 13 14 15",
        "21 22 23",
        "31 32 33 34 35 36 37",
        "41 42 43 44 45 46",
        "50 51 52 53 54",
        "61 62 63 64 65",
        "71 81 82",
        SAMPLE_PROVINCE,
    )
    for province in area.split()
)
AREAS: Final = frozenset(
    (
        "全国",
        "东部",
        "中部",
        "西部",
        "东北",
        "广东第一类片区(广州市、深圳市、省直)",
        "广东第二类片区(珠海、佛山、东莞、中山)",
        "广东第三类片区(汕头、惠州、江门、肇庆)",
        "广东第四类片区(韶关、河源、梅州、汕尾、阳江、湛江、茂名、清远、潮州、揭阳、云浮)",
        "湖北第一档(武汉、省直)",
        "湖北第二档",
        "湖北第三档",
        "广东珠三角",
        "广东粤西",
        "广东粤北",
        "广东粤东",
        "内蒙古东部",
        "内蒙古中部",
        "内蒙古西部",
    )
)
"""Areas of several regions for which statistics are printed; they have no code and go by their printed names."""
_FORM: Final = re.compile(r"\d{2}(?:\d{2}(?:\d{2})?)?", re.ASCII)


def read_region(text: str) -> str:
    """Check a region code and drop the zeros that stand for "the whole".

    Args:
        text: Two, four or six digits; `430000` and `43` are the same province.

    Returns:
        Two, four or six digits.

    Raises:
        ArgumentError: It is no such code, or its province does not exist.

    Examples:
        >>> read_region("430100"), read_region("43")
        ('4301', '43')
    """
    if not _FORM.fullmatch(text) or text[:2] not in _PROVINCES:
        raise ArgumentError("not-a-region", value=text)
    while len(text) > len("43") and text.endswith("00"):
        text = text[:-2]
    return text


def read_area(text: str) -> str:
    """Check a region code, or the printed name of one of the `AREAS`.

    Args:
        text: A code or a name.

    Returns:
        The code as `read_region` gives it, or the name.

    Raises:
        ArgumentError: It is neither.

    Examples:
        >>> read_area("全国"), read_area("430000")
        ('全国', '43')
    """
    return text if text in AREAS else read_region(text)


def is_within(place: str, area: str) -> bool:
    """Tell whether a place lies in an area (or is it).

    Examples:
        >>> is_within("430102", "4301"), is_within("43", "4301")
        (True, False)
    """
    return place.startswith(area)


def province_of(place: str) -> str:
    """Give the province of a place.

    Examples:
        >>> province_of("430102")
        '43'
    """
    return place[:2]
