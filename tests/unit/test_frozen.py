"""A scheme as bytes: what is read back is what was written."""

from __future__ import annotations

import json
from datetime import date

import pytest

from cwgrade import ArgumentError, load_scheme, pay_for_month, scheme_ids
from cwgrade.canonical import canonical_json, digest
from cwgrade.exchange import freeze, thaw
from cwgrade.worker import ServiceSpell, Worker


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_what_is_read_back_is_what_was_written(scheme_id: str) -> None:
    scheme = load_scheme(scheme_id)
    again = thaw(freeze(scheme)).scheme()
    assert again == scheme
    assert [one.digest for one in again.versions] == [one.digest for one in scheme.versions]
    # figures that were attached stand beside the digest
    assert [one.series for one in again.versions] == [one.series for one in scheme.versions]


def test_the_same_scheme_gives_the_same_bytes_and_the_same_pay() -> None:
    scheme = load_scheme("changsha-furong-2018")
    data = freeze(scheme)
    assert freeze(thaw(data).scheme()) == data
    worker = Worker(id="1", spells=(ServiceSpell(start=date(2015, 3, 1), title="副主任"),))
    slips = [
        pay_for_month(worker, one, year=2018, month=3) for one in (scheme, thaw(data).scheme())
    ]
    assert slips[0] == slips[1]


def test_a_change_is_noticed() -> None:
    data = json.loads(freeze(load_scheme("changsha-furong-2018")))
    data["schemes"][0]["versions"][0]["revision"] = 99
    with pytest.raises(ArgumentError) as caught:
        thaw(json.dumps(data).encode())
    assert caught.value.code == "frozen-changed"


def test_a_changed_figure_is_noticed() -> None:
    data = json.loads(freeze(load_scheme("wuhan-2020")))
    (figures,) = data["schemes"][0]["attached"][0].values()
    figures[0]["fen"] += 1
    with pytest.raises(ArgumentError) as caught:
        thaw(json.dumps(data).encode())
    assert caught.value.code == "frozen-changed"


@pytest.mark.parametrize("key", ["versions", "digests", "attached"])
@pytest.mark.parametrize("value", [None, [], [None], [{}], "x"])
def test_what_is_left_out_or_of_another_kind_is_noticed(key: str, value: object) -> None:
    data = json.loads(freeze(load_scheme("sample-3x18")))
    data["schemes"][0][key] = value
    with pytest.raises(ArgumentError) as caught:
        thaw(json.dumps(data).encode())
    assert caught.value.code == "frozen-changed"


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"[]", b"{}", b'{"format": "cwgrade-derivation/1"}', b"[" * 100_000]
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ArgumentError) as caught:
        thaw(data)
    assert caught.value.code == "frozen-not-rules"


def test_what_is_no_scheme_is_not_written() -> None:
    with pytest.raises(ArgumentError, match=r"'harbin-2016' was given\. Load it first"):
        freeze("harbin-2016")  # type: ignore[arg-type]


def test_what_a_later_version_wrote_is_refused() -> None:
    data = json.loads(freeze(load_scheme("harbin-2016")))
    data["schemes"][0]["versions"][0]["colour"] = "red"
    del data["digest"]
    with pytest.raises(ArgumentError, match=r"SchemeVersion\.colour\. Read them with a newer"):
        thaw(canonical_json({**data, "digest": digest(data)}))


def test_several_schemes_stand_in_one_file_in_any_order() -> None:
    ones = [load_scheme("harbin-2016"), load_scheme("wuhan-2020")]
    assert freeze(ones) == freeze(ones[::-1])
    assert thaw(freeze(ones)).scheme("wuhan-2020") == ones[1]
    for asked in (None, "wuhan"):
        with pytest.raises(ArgumentError, match="harbin-2016, wuhan-2020"):
            thaw(freeze(ones)).scheme(asked)


def test_a_field_at_its_default_changes_no_digest() -> None:
    assert canonical_json(Worker(id="7", absences=())) == b'{"id":"7"}'
    assert canonical_json(Worker(id="7", honours=())) == b'{"honours":[],"id":"7"}'
