"""Every code of the roster reader has its words in both languages, and no word is left over."""

import ast
import string
from pathlib import Path

import cwgrade.rosterfile.reading
from cwgrade import wording
from cwgrade.rosterfile import Notice
from cwgrade.wording.roster import EN, ZH

SOURCE = Path(cwgrade.rosterfile.reading.__file__).parent


def _texts() -> set[str]:
    return {
        node.value
        for module in SOURCE.glob("*.py")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_both_languages_have_the_same_codes_and_placeholders() -> None:
    assert list(EN) == list(ZH)
    for code in EN:
        assert _placeholders(EN[code]) == _placeholders(ZH[code]), code


def test_every_code_is_used() -> None:
    texts = _texts()
    # a notice of a row has a sentence for all such rows too
    assert {code for code in EN if not {code, code.removesuffix("-rows")} & texts} == set()


def test_every_code_in_use_has_words() -> None:
    prefixes = tuple({code.partition("-")[0] + "-" for code in EN})
    codes = {
        text
        for text in _texts()
        if text.startswith(prefixes) and text.replace("-", "").isalpha() and text.islower()
    }
    assert codes - set(EN) == set()


def test_the_words_are_found() -> None:
    assert "r.xlsx[a]" in Notice("notice-sheet-not-read", (("sheet", "r.xlsx[a]"),)).text("zh")
    assert wording.say("guide-ids", {}, "zh") == ZH["guide-ids"]
