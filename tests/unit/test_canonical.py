"""Canonical JSON and digests."""

from __future__ import annotations

import enum
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Generic, TypeVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cwgrade.canonical import TAG, canonical_json, digest, plain
from cwgrade.dates import PartialDate
from cwgrade.errors import ArgumentError

T = TypeVar("T")


class OtherDay(date):
    """A day of another library; it is a day all the same."""


class Colour(enum.Enum):
    RED = "red"


@attrs.frozen
class Highest:
    of: tuple[str, ...]


@attrs.frozen
class Lowest:
    of: tuple[str, ...]


@attrs.frozen
class Named:
    rule: Highest | Lowest
    more: tuple[Highest | Lowest, ...] = ()
    other: Highest | None = None
    _seen: int = 0


@attrs.frozen
class Box(Generic[T]):
    inside: T


class TestPlain:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (None, None),
            (True, True),
            (10**15, 10**15),
            ("样", "样"),
            (Fraction(3, 2), "3/2"),
            (Fraction(3), "3/1"),
            (Fraction(-1, 3), "-1/3"),
            (Decimal("1.10"), "11/10"),
            (date(2019, 7, 1), "2019-07-01"),
            (OtherDay(2019, 7, 1), "2019-07-01"),
            (PartialDate(2019), "2019"),
            (Colour.RED, "red"),
            ((1, [2, ()]), [1, [2, []]]),
            ({"a": {"b": date(2019, 7, 1)}}, {"a": {"b": "2019-07-01"}}),
            ({Colour.RED: 1}, {"red": 1}),
            (frozenset({"b", "a"}), ["a", "b"]),
            (Highest(("a",)), {"of": ["a"]}),
        ],
    )
    def test_gives_what_json_can_hold(self, value: object, expected: object) -> None:
        assert plain(value) == expected
        assert type(plain(value)) is type(expected)

    def test_names_the_class_where_several_may_stand(self) -> None:
        assert plain(Named(Highest(("a",)), (Lowest(("b",)),), Highest(("c",)), 5)) == {
            "rule": {TAG: "Highest", "of": ["a"]},
            "more": [{TAG: "Lowest", "of": ["b"]}],
            "other": {"of": ["c"]},
        }
        assert digest(Named(Highest(("a",)))) != digest(Named(Lowest(("a",))))
        assert digest(Box(Highest(("a",)))) != digest(Box(Lowest(("a",))))

    @pytest.mark.parametrize(
        ("value", "told"),
        [
            (0.1, "0.1"),
            (Decimal("NaN"), "NaN"),
            (datetime(2019, 7, 1, tzinfo=UTC), "2019"),
            ("\ud800", "ud800"),
            ({1: 2}, "1"),
            ({"\ud800": 2}, "ud800"),
            ([object()], "object"),
        ],
    )
    def test_refuses_what_is_not_exact(self, value: object, told: str) -> None:
        with pytest.raises(ArgumentError, match=told) as caught:
            plain(value)
        assert caught.value.code == "not-canonical"


class TestCanonicalJson:
    def test_is_sorted_dense_and_utf8(self) -> None:
        assert canonical_json({"b": [1, 2], "a": {"样": None, "Z": "\n"}}) == (
            '{"a":{"Z":"\\n","样":null},"b":[1,2]}'.encode()
        )

    def test_a_known_digest(self) -> None:
        assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=10,
        )
    )
    def test_reads_back_and_is_its_own_canonical_form(self, value: Any) -> None:
        text = canonical_json(value)
        assert json.loads(text) == value
        assert canonical_json(json.loads(text)) == text

    @given(st.dictionaries(st.text(max_size=3), st.integers(), min_size=2))
    def test_order_of_keys_changes_nothing(self, table: dict[str, int]) -> None:
        assert digest(dict(reversed(table.items()))) == digest(table)
