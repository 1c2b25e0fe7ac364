"""A scheme as bytes: what is read back is what was written."""

from __future__ import annotations

import json
from datetime import date

import pytest

from cwgrade import ArgumentError, load_scheme, pay_for_month, scheme_ids
from cwgrade.exchange import scheme_from_bytes, scheme_to_bytes
from cwgrade.worker import ServiceSpell, Worker


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_what_is_read_back_is_what_was_written(scheme_id: str) -> None:
    scheme = load_scheme(scheme_id)
    again = scheme_from_bytes(scheme_to_bytes(scheme))
    assert again == scheme
    assert [one.digest for one in again.versions] == [one.digest for one in scheme.versions]
    # figures that were attached stand beside the digest
    assert [one.series for one in again.versions] == [one.series for one in scheme.versions]


def test_the_same_scheme_gives_the_same_bytes_and_the_same_pay() -> None:
    scheme = load_scheme("changsha-furong-2018")
    data = scheme_to_bytes(scheme)
    assert scheme_to_bytes(scheme_from_bytes(data)) == data
    worker = Worker(id="1", spells=(ServiceSpell(start=date(2015, 3, 1), title="副主任"),))
    slips = [
        pay_for_month(worker, one, year=2018, month=3) for one in (scheme, scheme_from_bytes(data))
    ]
    assert slips[0] == slips[1]


def test_a_change_is_noticed() -> None:
    data = json.loads(scheme_to_bytes(load_scheme("changsha-furong-2018")))
    data["versions"][0]["revision"] += 1
    with pytest.raises(ArgumentError) as caught:
        scheme_from_bytes(json.dumps(data).encode())
    assert caught.value.code == "frozen-changed"


def test_a_changed_figure_is_noticed() -> None:
    data = json.loads(scheme_to_bytes(load_scheme("wuhan-2020")))
    (figures,) = data["attached"][0].values()
    figures[0]["fen"] += 1
    with pytest.raises(ArgumentError) as caught:
        scheme_from_bytes(json.dumps(data).encode())
    assert caught.value.code == "frozen-changed"


@pytest.mark.parametrize("key", ["versions", "digests", "attached"])
@pytest.mark.parametrize("value", [None, [], [None], [{}], "x"])
def test_what_is_left_out_or_of_another_kind_is_noticed(key: str, value: object) -> None:
    data = json.loads(scheme_to_bytes(load_scheme("sample-3x18")))
    data[key] = value
    with pytest.raises(ArgumentError) as caught:
        scheme_from_bytes(json.dumps(data).encode())
    assert caught.value.code == "frozen-changed"


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"[]", b"{}", b'{"format": "cwgrade-derivation/1"}']
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ArgumentError) as caught:
        scheme_from_bytes(data)
    assert caught.value.code == "frozen-not-a-scheme"


def test_what_is_no_scheme_is_not_written() -> None:
    with pytest.raises(ArgumentError, match=r"'harbin-2016' was given\. Load it first"):
        scheme_to_bytes("harbin-2016")  # type: ignore[arg-type]
