"""Write the JSON Schema of the scheme file from the vocabulary: `python -m tests.tools.make_scheme_schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from cwgrade.schemefile.schema import scheme_schema

__all__ = ["FILE", "text"]

FILE: Final = Path(__file__).parents[2] / "src" / "cwgrade" / "schemas" / "scheme-1.json"


def text() -> str:
    """Give the text of the file."""
    return json.dumps(scheme_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
