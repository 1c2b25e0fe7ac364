"""Messages: written by another module's owner."""

EN: dict[str, str] = {}
ZH: dict[str, str] = {}
