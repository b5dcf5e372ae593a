"""What pages write at links: that they open a new window, an arrow, the sign of a heading's own address."""

from __future__ import annotations

import re

_OPENS = (
    r"(?:link )?(?:opens?|opening) in (?:an?(?:other)? |the )?(?:new|external) (?:browser )?(?:window|tab|page)"
    r"|(?:link )?(?:öffnet|öffnen)(?: sich)? in (?:einem )?neue[mns]? (?:browser-?)?(?:fenster|tab)"
    r"|(?:le lien )?(?:s'ouvre|ouvre|ouverture) dans (?:une?|un) (?:nouvelle fenêtre|nouvel onglet)"
    r"|se abre en (?:una )?(?:ventana nueva|nueva ventana|pestaña nueva|nueva pestaña)"
    r"|si apre in (?:una )?nuova (?:finestra|scheda)|abre (?:em|numa) (?:uma )?nova (?:janela|guia|aba)"
    r"|opent (?:in )?(?:een )?nieuw (?:venster|tabblad)|otwiera się w (?:nowym oknie|nowej karcie)"
    r"|öppnas i (?:ett )?nytt fönster|åbner i (?:et )?nyt vindue|åpnes i (?:et )?nytt vindu"
    r"|открывается в нов(?:ом окне|ой вкладке)|yeni (?:pencerede|sekmede) açılır"
    r"|新しい(?:ウィンドウ|タブ)で開(?:きます|く)|(?:在)?新(?:窗口|标签页|視窗|分頁)(?:中)?(?:打开|開啟)"
    r"|새 (?:창|탭)(?:에서)? (?:열림|열기)"
)
_ENDS = rf"(?:{_OPENS})\.?\\?[)\]）]"
_NOTES = re.compile(rf"[ \u00a0]?[(\[（]{_ENDS}", re.IGNORECASE)
# To look for some characters one by one takes a fifth of the time that their set takes.
_BEGINNINGS = tuple(re.compile(bracket + _ENDS, re.IGNORECASE) for bracket in (r"\(", r"\[", "（"))
# Without brackets, at the end of a link's words: what a screen reader says of it.
_LAST_WORDS = (
    *("window", "tab", "page", "fenster", "fenêtre", "onglet", "nueva", "ventana", "pestaña", "finestra", "scheda"),
    *("janela", "guia", "aba", "venster", "tabblad", "oknie", "karcie", "fönster", "vindue", "vindu", "окне"),
    *("вкладке", "açılır", "きます", "開く", "打开", "開啟", "열림", "열기"),
)
_SAID_OF_A_LINK = re.compile(rf"(?<=[^\s\[(（,;:|–-])[ \u00a0,;:|–-]*(?:{_OPENS})\.?(?=\]\()", re.IGNORECASE)
_LINK_WORDS = re.compile(r"(\S{1,12})\]\(")
_SIGNS = "↗⧉🡕🔗"
_ARROWS = re.compile(rf"[ \u00a0]?[{_SIGNS}]\ufe0f?")
_PERMALINK = re.compile(r"\[(?<!!\[)(?:\\?[#¶§])?\]\([^()\s]*\)")
_HEADING = re.compile(r"^(#{1,6} .*[^\s#]) ?\\?[#¶]$", re.MULTILINE)


def drop_window_notes(text: str) -> str:
    """Return the text without notes that a link opens a new window, in brackets or behind its words, and without
    arrows that say so.
    """
    if any(beginning.search(text) for beginning in _BEGINNINGS):
        text = _NOTES.sub("", text)
    if any(words.rstrip(".").casefold().endswith(_LAST_WORDS) for words in _LINK_WORDS.findall(text)):
        text = _SAID_OF_A_LINK.sub("", text)
    return _ARROWS.sub("", text) if any(sign in text for sign in _SIGNS) else text


def drop_permalinks(text: str) -> str:
    """Return the text without links that have no words or only the sign of a section, which leads to itself.

    Of one within its page nothing is left but the sign behind the heading.
    """
    text = _PERMALINK.sub("", text)
    ends_in_sign = "¶" in text or "#\n" in text or text.endswith("#")
    return _HEADING.sub(r"\1", text) if ends_in_sign else text
