"""The JSON Schema in the source tree is what the vocabulary says now; that it ships is tested in `tests/unit`."""

from tests.tools.make_scheme_schema import FILE, text


def test_the_packaged_file_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), (
        "run python -m tests.tools.make_scheme_schema"
    )
