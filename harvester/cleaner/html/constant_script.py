"""Evaluate a script that only puts constant strings together and writes them: no condition, no loop, no other call.

Nothing is run: the few forms below are read, and a script with any other statement in it gives nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

_MOST_MADE = 32  # characters that a script may make for each of its own; to put 500 together one by one takes 28
_DEEPEST = 32  # brackets in brackets

_TOKEN = re.compile(
    r"""\s+|//[^\n]*|/\*.*?\*/|<!--[^\n]*|-->[^\n]*|(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?P<number>\d+)
    |(?P<rot13>\.replace\(/\[a-zA-Z\]/g,\s*function\s*\(\w\)\s*\{(?P<turns>[^{}]*+)\}\))
    |(?P<reverse>\.split\((?:""|'')\)\.reverse\(\)\.join\((?:""|'')\))
    |(?P<name>document\.(?:write(?:ln)?|getElementById)\b|String\.fromCharCode\b|[A-Za-z_$][\w$]*)|(?P<sign>\+=|[-+=(),;.])""",
    re.DOTALL | re.VERBOSE,
)
_CODE = re.compile(r"[0-9]{1,5}")
_THIRTEEN = re.compile(r"\+\s*13")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_ROT13 = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "NOPQRSTUVWXYZABCDEFGHIJKLMnopqrstuvwxyzabcdefghijklm"
)


class _NotConstant(Exception):
    """The script does more than put constant strings together."""


@dataclass(slots=True)
class Effects:
    """The output of a script: what it writes after itself, and into the elements whose id it names."""

    written: str = ""
    elements: dict[str, str] = field(default_factory=dict)


def effects_of(code: str) -> Effects | None:
    """Return what the script `code` writes, or None where it does anything else."""
    try:
        return _Script(code).run()
    except _NotConstant:
        return None


class _Script:
    """One script, read by recursive descent."""

    def __init__(self, code: str) -> None:
        self._tokens = _tokens(code)
        self._at = 0
        self._deep = 0
        self._left = _MOST_MADE * len(code)
        self._values: dict[str, str] = {}
        self._effects = Effects()

    def run(self) -> Effects:
        while self._at < len(self._tokens):
            if not self._take("sign", ";"):
                self._statement()
        return self._effects

    def _statement(self) -> None:
        declared = self._take("name", "var") is not None
        name = self._take("name")
        if name is None:
            raise _NotConstant
        if name in ("document.write", "document.writeln") and not declared:
            end = "\n" if name.endswith("ln") else ""
            self._effects.written = self._made(self._effects.written + "".join(self._arguments()) + end)
        elif name == "document.getElementById" and not declared:
            self._element("".join(self._arguments()))
        else:
            self._assign(name)
            while declared and self._take("sign", ","):
                self._assign(self._take("name") or "")

    def _element(self, identity: str) -> None:
        self._expect("sign", ".")
        self._expect("name", "innerHTML")
        before = self._effects.elements.get(identity, "") if self._take("sign", "+=") else None
        if before is None:
            self._expect("sign", "=")
        self._effects.elements[identity] = self._made((before or "") + self._sum())

    def _assign(self, name: str) -> None:
        if not name or "." in name:
            raise _NotConstant
        if self._take("sign", "+="):
            self._values[name] = self._made(self._value(name) + self._sum())
        elif self._take("sign", "="):
            self._values[name] = self._sum()
        else:
            self._values[name] = ""

    def _sum(self) -> str:
        total = self._term()
        while self._take("sign", "+"):
            total = self._made(total + self._term())
        return total

    def _term(self) -> str:
        if (text := self._take("string")) is not None:
            value = _ESCAPE.sub(_unescaped, text[1:-1])
        elif (number := self._take("number")) is not None:
            value = number
        elif self._take("sign", "("):
            value = self._nested()
        elif (name := self._take("name")) is not None:
            value = self._named(name)
        else:
            raise _NotConstant
        while True:
            if self._take("rot13") is not None:
                value = self._made(value.translate(_ROT13))
            elif self._take("reverse") is not None:
                value = self._made(value[::-1])
            else:
                return value

    def _nested(self) -> str:
        self._deep += 1
        if self._deep > _DEEPEST:
            raise _NotConstant
        value = self._sum()
        self._expect("sign", ")")
        self._deep -= 1
        return value

    def _named(self, name: str) -> str:
        if name == "String.fromCharCode":
            codes = self._arguments()
            if not all(_CODE.fullmatch(code) and int(code) < 0xD800 for code in codes):
                raise _NotConstant
            return "".join(chr(int(code)) for code in codes)
        if name in ("unescape", "decodeURIComponent"):
            coded = self._made("".join(self._arguments()))
            coded = re.sub(r"%u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), coded)
            return unquote(coded, encoding="latin-1" if name == "unescape" else "utf-8")
        return self._value(name)

    def _arguments(self) -> list[str]:
        self._expect("sign", "(")
        values = [self._sum()]
        while self._take("sign", ","):
            values.append(self._sum())
        self._expect("sign", ")")
        return values

    def _value(self, name: str) -> str:
        if name not in self._values:
            raise _NotConstant
        return self._values[name]

    def _made(self, text: str) -> str:
        """Count the characters of a text that was put together; only a script that is to cost much makes many."""
        self._left -= len(text)
        if self._left < 0:
            raise _NotConstant
        return text

    def _take(self, kind: str, text: str | None = None) -> str | None:
        if self._at < len(self._tokens):
            found, value = self._tokens[self._at]
            if found == kind and (text is None or text == value):
                self._at += 1
                return value
        return None

    def _expect(self, kind: str, text: str) -> None:
        if self._take(kind, text) is None:
            raise _NotConstant


def _tokens(code: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(code):
        match = _TOKEN.match(code, at)
        if match is None or (match["rot13"] and not _turns_by_thirteen(match["turns"])):
            raise _NotConstant
        if match.lastgroup is not None:
            found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


def _turns_by_thirteen(code: str) -> bool:
    thirteen = _THIRTEEN.search(code)
    return thirteen is not None and code.find("26", thirteen.end()) >= 0


def _unescaped(match: re.Match[str]) -> str:
    if match[3] is not None:
        return _ESCAPED.get(match[3], match[3])
    return chr(int(match[1] or match[2], 16))
