"""What a command prints on: terminals of any encoding, and the user's language."""

from __future__ import annotations

import io
import locale
from collections.abc import Mapping, Sequence
from typing import Final, TextIO

from cwgrade.wording import LANGUAGES, Language

__all__ = ["language_of", "prepare"]

_OPTION: Final = "--lang"
_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where the language of messages is told, first one first."""


def prepare(*streams: TextIO) -> None:
    """Let streams show what their encoding lacks as an escape, instead of failing half-way."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def language_of(arguments: Sequence[str], environ: Mapping[str, str]) -> Language:
    """Find the language before the arguments are read: a wrong one is told in it too.

    Args:
        arguments: The arguments of the command.
        environ: The environment, where `--lang` is not given.

    Returns:
        What the last `--lang` asks for; else Chinese in a Chinese locale; else English.

    Examples:
        >>> language_of(["schemes", "--lang", "zh"], {}), language_of([], {"LANG": "zh_CN.GB18030"})
        ('zh', 'zh')
    """
    asked = ""
    for place, argument in enumerate(arguments):
        name, equals, word = argument.partition("=")
        if name == _OPTION:
            asked = word if equals else "".join(arguments[place + 1 : place + 2])
    for lang in LANGUAGES:
        if asked == lang:
            return lang
    told = next((environ[name] for name in _LOCALE if environ.get(name)), None)
    if told is None:
        told = locale.getlocale()[0] or ""
    return "zh" if told.casefold().startswith(("zh", "chinese")) else "en"
