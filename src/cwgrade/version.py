"""The version of cwgrade; it goes into every derivation, so that a past decision can be repeated."""

from __future__ import annotations

from typing import Final

__all__ = ["__version__"]

__version__: Final = "0.1.0"
