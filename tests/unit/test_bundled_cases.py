"""The cases beside the bundled schemes: printed answers, and answers worked out by hand with their steps."""

from __future__ import annotations

import pytest

from cwgrade.catalogue import scheme_ids, scheme_path
from cwgrade.cli import main


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_every_bundled_scheme_has_cases_and_they_pass(
    scheme_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = scheme_path(scheme_id)
    cases = sorted(path.with_suffix(".cases").glob("*.toml"))

    status = main(["check", str(path), "--lang", "en"])

    told = capsys.readouterr().out
    assert cases
    assert status == 0
    assert f"{len(cases)} passed, 0 failed" in told
