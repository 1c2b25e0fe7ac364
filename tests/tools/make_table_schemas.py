"""Write the Table Schemas of rosters and spells from the columns: `python -m tests.tools.make_table_schemas`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from cwgrade.rosterfile.contract import CONTRACTS, table_schema

__all__ = ["FILES", "text"]

FOLDER: Final = Path(__file__).parents[2] / "src" / "cwgrade" / "schemas"
FILES: Final = {name: FOLDER / f"{name}-columns-1.json" for name in CONTRACTS}


def text(name: str) -> str:
    """Give the text of a file."""
    return json.dumps(table_schema(name), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name, file in FILES.items():
        file.write_text(text(name), encoding="utf-8")
