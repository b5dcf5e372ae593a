"""Marks of postal addresses, as some thirty countries write them; of text with capitals, tokens joined by spaces."""

from __future__ import annotations

import re

from harvester.diffing.kinds.spans import Sign
from harvester.diffing.text.tokens import Remembered

# A word that begins with a capital, or is of a script without them; where words are not spaced a line is no word.
_UP = r"[^\W\d_a-z][\w'.-]{0,60}"
_NAMES = rf"(?:{_UP}\s+)"
_HAN = "\u4e00-\u9fff"
_NUMBER = r"\d+[A-Za-z]?(?:[/-]\d+[A-Za-z]?)?"
_SPELLED_OUT = "(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)"
_ORDINAL = "(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Ground|Top)"
_STREETS = (
    "St Street STREET Ave Avenue AVENUE Rd Road ROAD Blvd Boulevard Ln Lane Dr Drive Way Court Ct Place Pl Square Sq"
    " Terrace TERRACE Parkway PARKWAY Pkwy Highway Hwy Quay Row Crescent Close Walk Gate Plaza Gardens Wharf Mews"
    " Lanes Grove Rise Parade Hill Embankment Promenade Vale Circle Cir Alley Broadway Expressway Turnpike Freeway"
    " Esplanade Yard Loop Trail Pike"
)
_QUARTER = "(?:NE|NW|SE|SW|[NSEW])"  # of a town, as in North America
_STREETS_FIRST = (
    "[Rr]ue RUE [Aa]venue [Bb]oulevard [Pp]lace [Qq]uai [Aa]llée [Cc]hemin [Ii]mpasse Via VIA [Vv]iale [Cc]orso"
    " [Pp]iazza [Cc]alle [Aa]venida [Pp]aseo [Rr]ua [Uu]l [Uu]lica Al [Aa]leja [Rr]onda [Cc]arrer Jl Jalan Strada"
    " Bulevardul Calea Οδός Λεωφόρος Đường Phố شارع طريق רחוב שדרות דרך"
    " Largo Vicolo Travessa Praça Plaza Alameda Rambla Avda Carretera Pl Os Str Bd Bld Bdul Av Şoseaua Aleea đường phố"
)
_STREETS_FIRST_IN_SMALL = "via al pl os"
"""The same as words of sentences have them too: only behind a mark, at the beginning of a line or behind ``in``."""
_STREETS_AFTER_NUMBER = "rue avenue av boulevard bd place quai allée chemin impasse cours route square شارع طريق"
_STREETS_WITHIN = (
    "stra(?:ss|ß)e str platz allee gasse damm ufer ring weg straat laan gracht kade plein gatan vägen gade vej veien"
    " katu tie"
)
_STREETS_BEFORE_NUMBER = (
    "cesta ulica ulice ulici trg put náměstí námestie třída nábřeží utca út útja tér körút sugárút gatvė gatve iela"
    " tänav"
)
_STREETS_GERMAN = "Strasse Straße Platz Allee Weg Ring Damm Ufer"
_STREETS_TURKISH = "Mahallesi Mah Caddesi Cad Cd Sokağı Sokak Sok Sk Bulvarı Blv"
_STREETS_CYRILLIC = "ул улица пр проспект просп пер переулок наб набережная бульвар шоссе пл площадь вул бул"
_BOXES = "[Bb][Oo][Xx] Postfach Apartado Postale Postbus Postboks Skrytka ب"
_COUNTED = r"(?:(?i:n\.?[º°]|nr|no|num|núm|número|km)\s*\.?\s*)?"
"""What may stand between the name of a street and its number."""
_JOINED_NAMES = rf"(?:{_UP}\s+(?:(?:de|du|des|del|da|do|das|dos|den|der|dem|am|im|an|van|von|la|le|los|las)\s+){{0,2}})"
_CODE = r"(?:\d{5}|\d{3}\s\d{2}|\d{2}-\d{3}|\d{4}-\d{3}|\d{4}\s?[A-Z]{2})"
"""A post code that no year and few amounts look like."""
_DEVANAGARI = "[\u0900-\u097f]+"
_THAI = "[\u0e00-\u0e7f]+"
_OF_THAI_STREETS = "(?:ถนน|ซอย|แขวง|ตำบล)"
_ARABIC = "[\u0621-\u064a]+"
_ROOMS = "[Ss]uite [Ff]loor [Ll]evel [Uu]nit [Rr]oom [Ff]lat SUITE UNIT Ste"
_REGISTER = r"(?:HR[AB]|K[Vv]K|CVR|SIREN|SIRET|NIF|CIF|VAT|UID|No|Nr|Number|Nummer|Registration|Reg|License|Licence)\b"
_BUILDINGS = "House Building Bldg Tower Towers Exchange Centre Center Plaza Park Court HOUSE BUILDING TOWER"


def _any(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


STREETS = frozenset(_STREETS.split())
"""Words behind the name of a street that has its number first."""

STREET = re.compile(
    rf"""(?:(?<!\w)|(?=[{_HAN}가-힣]))(?:  # what does not begin a word is seen there, once for all forms
        \b(?:{_NUMBER}|{_SPELLED_OUT})\s*,?\s+(?:{_NAMES}|\d+(?:st|nd|rd|th)\s+|of\s+|the\s+|\.\s+){{1,5}}?
        {_any(_STREETS)}\b(?:\s+{_QUARTER}\b)?
      | (?:\b{_any(_STREETS_FIRST)}|\b{_any(_STREETS_FIRST_IN_SMALL)}(?=\s*\.)
        |(?:^|(?<=[,:;(|–-]\ )|(?<=\bin\ )){_any(_STREETS_FIRST_IN_SMALL)})\s*\.?\s+
        (?:(?:de|du|des|la|le|del|della|dei|da|das|do|dos|l'|d')\s+)*
        {_JOINED_NAMES}{{1,5}},?\s*(?:n\s*°?\s*)?{_COUNTED}{_NUMBER}\b
      | \b{_NUMBER}\s*,?\s+(?:bis\s+|ter\s+)?,?\s*(?i:{_any(_STREETS_AFTER_NUMBER)})\b\s*\.?
        (?:\s+(?:de|du|des|la|le|les|l'\w+|d'\w+|et))*(?:\s+{_UP}){{1,5}}
      | \b{_UP}{_any(_STREETS_WITHIN)}\s*\.?\s+{_NUMBER}\b
      | \b{_JOINED_NAMES}{{1,4}}\d{{1,4}}\s?[a-z]?(?:[/-]\d+)?\s*,\s+(?:[A-Z]{{1,2}}-)?{_CODE}\s+(?={_UP})
      | \bC\s?/\s?{_JOINED_NAMES}{{1,4}},?\s*{_COUNTED}{_NUMBER}\b
      | \bPol\s*\.\s*Ind\s*\.\s+(?:{_UP}\s+){{1,4}}
      | \b(?:{_UP}\s+){{1,3}}(?:gate|gata|vei|veien|allé|plass|torg)\s+{_NUMBER}\b
      | \b(?:Plot|Sector|Khasra)\s+(?:No\s*\.\s*)?\d+
      | \b(?:Số\s+)?{_NUMBER}\s+[Đđ]ường\s+(?:{_UP}\s+){{1,4}} | \b(?:Số\s+)?{_NUMBER}\s+[Pp]hố\s+(?:{_UP}\s+){{1,4}}
      | \bרח\s?['׳]\s+(?:\w+\s+){{1,3}}\d+
      | \b(?:شارع|طريق)\s+(?:{_ARABIC}\s+){{1,5}},\s+{_ARABIC}\s+\d{{5}}\b
      | {_NUMBER}\s+(?:{_DEVANAGARI}\s+){{1,4}}(?:रोड|स्ट्रीट|मार्ग|गली|पथ)
      | (?:प्लॉट|मकान|सेक्टर|फ्लैट)\s+(?:नं\s*\.?\s*)?{_NUMBER}
      | (?:{_DEVANAGARI}\s+){{1,3}}(?:रोड|मार्ग)\s*,\s+{_DEVANAGARI}\s+\d{{6}}
      | {_NUMBER}\s+(?=[\u0e00-\u0e7f\d\s/]{{0,120}}{_OF_THAI_STREETS})(?:(?:{_THAI}|{_NUMBER})\s+){{1,20}}?\d{{5}}\b
      | \b(?:{_UP}\s+){{1,3}}{_any(_STREETS_GERMAN)}\s+{_NUMBER}\b
      | \b(?:{_UP}\s+){{1,3}}{_any(_STREETS_TURKISH)}\b\s*\.?
        (?:\s*,?\s*(?:No\s*[.:]*\s*)?{_NUMBER}\b)?
      | \b(?:{_UP}\s+){{1,3}}{_any(_STREETS_BEFORE_NUMBER)}\s*\.?\s+{_NUMBER}\b
      | \b{_NUMBER}\s+Broadway\b
      | \b{_any(_STREETS_CYRILLIC)}\s*\.?\s+[\w .-]{{2,40}}?,?\s*(?:(?:д|дом|буд)\s*\.?\s*)?\d+
      | \b(?:{_UP}\s+){{1,3}}(?:проспект|улица|переулок|набережная|бульвар|шоссе|площадь)\s*,?\s*
        (?:(?:д|дом)\s*\.?\s*)?\d+
      | \b[Pp]\s?\.?\s?[Oo]\s?\.?\s+[Bb][Oo][Xx]\s+\d+
      | \b(?:Postfach|Apartado|Casella\ Postale|Boîte\ Postale|Postbus|Postboks|GPO\ Box|Skrytka\ pocztowa)\s+[\d ]+
      | \bBox\s+\d+\s*,\s+\d{{3}}\s\d{{2}}\b | ص\s?\.\s?ب\s?\.?\s*:?\s*\d+
      | \b[Cc]\s?/\s?[Oo]\b
      | (?:(?!公?司)[{_HAN}]){{2,9}}[省市区區县縣](?:(?![第法令规規条條])[{_HAN}\d\s-]){{1,40}}?\d\s?[号號]
        (?:[{_HAN}\d\s]{{1,12}}[楼樓室层層座栋棟])?
      | [{_HAN}]{{2,3}}[都道府県](?:(?![第法令条])[{_HAN}ァ-ヶの\d\s-]){{2,30}}\d
      | [가-힣]{{1,7}}(?:특별시|광역시|도|시)\s+(?:[가-힣]+(?:구|군|시)\s+){{1,2}}[가-힣\d]+(?:로|길)\s?\d+(?:-\d+)?
        (?:\s*\(\s*[가-힣\d]+\s*\))?)
    """,
    re.VERBOSE,
)
"""Marks that only an address has: a street with its number, a post box, ``c/o``."""

BESIDE = re.compile(
    rf"""(?:(?<!\w)|(?=[\s,〒邮郵우]))(?:  # likewise
        \b{_any(_ROOMS)}\s*\#?\s*\d[\w-]*
      | \b(?:\d+(?:st|nd|rd|th)|{_ORDINAL})\s+[Ff]loor\b | \b\d+(?:\s?/\s?)?F\b
      | \b(?:{_NUMBER}\s+)?(?:{_UP}\s+){{1,2}}{_any(_BUILDINGS)}\b
      | (?:(?:^|(?<=,\ )){_NAMES}{{1,3}})?,?\s*\b[A-Z]{{2}}\s*,?\s+\d{{5}}(?:-\d{{4}})?\b
      | \b[A-Z]{{1,2}}\d[A-Za-z\d]?\s+\d[A-Z]{{2}}\b | \b[AC-FHKNPRTV-Y]\d[\dW]\s?[A-Z\d]{{4}}\b
      | (?:^|(?<=[,;:]\ ))\d{{4}}\s+{_UP}\s*,\s+(?={_UP}) | \bг\s*\.\s+{_UP}
      | \b\d{{6}}\s+(?:г|м)\s*\.\s+{_UP}
      | \b\d{{6}}\s*,\s+(?:(?:г|город|м|місто)\s*\.?\s+)?{_UP}
      | (?<!HR[AB]\s)\b\d{{5}}\s+{_UP} | (?<!\w)(?!{_REGISTER}){_UP}\s*,?\s+\d{{5}}(?:-\d{{3,4}})?\b
      | \b\d{{4}}\s?[A-Z]{{2}}\b\s*,?\s+{_UP} | (?<=,\ )\d{{4}}\s+{_UP}
      | \b\d{{4}}-\d{{3}}\s+{_UP} | \b\d{{2}}-\d{{3}}\s+{_UP} | 〒\s?\d{{3}}-\d{{4}}\b | \b{_UP}\s+\d{{3}}-\d{{4}}\b
      | \b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b | \b\d{{3}}\s\d{{2}}\s+{_UP}
      | \bSingapore\s+\d{{6}}\b | (?<!\w)(?!{_REGISTER}){_UP}\s*,?\s+(?:[-–]\s+)?\d{{6}}\b
      | \b(?:Immeuble|Tour|Bâtiment|Résidence|Edificio|Edifício|Palazzo|Gebäude)\s+(?:(?:Le|La)\s+)?{_UP}
      | \b(?:lok|стр|оф|офис|корп|кв|пом|nave|planta|piso|sala|andar)\s*\.?\s*\d+[A-Za-zа-я]?\b
      | \b\d+\.?\s?[ºª](?:\s*(?:izq|dcha|dto|Dto|planta|piso|andar)\b\s*\.?)?
      | \bCol\s*\.\s+(?:{_UP}\s+){{1,3}} | \bC\s?\.?\s?P\s*\.?\s*\d{{5}}\b
      | \bQuận\s+(?:\d+|(?:{_UP}\s*){{1,2}}) | \bTP\s*\.\s+{_UP}
      | \b\d+층 | \(\s?우\s?\)\s?\d{{5}} | {_DEVANAGARI}\s*,?\s+\d{{6}}\b
      | (?:邮编|郵編|邮政编码|우편번호)\s*:?\s*\d{{5,6}})
    """,
    re.VERBOSE,
)
"""Marks that an address has beside others: a post code with its town, a floor, a building. Alone each may be a rule's
number ("10000 Euro", "unit 5").
"""

# What each match of them holds: most text with a number in it has none of it, which is seen much faster.
_STREET_WORD = re.compile(
    rf"(?:{_any(_STREETS)}|{_any(_STREETS_FIRST)}|{_any(_STREETS_FIRST_IN_SMALL)}|(?i:{_any(_STREETS_AFTER_NUMBER)})|{_any(_STREETS_GERMAN)}"
    rf"|{_any(_STREETS_TURKISH)}|{_any(_STREETS_BEFORE_NUMBER)}|{_any(_STREETS_CYRILLIC)}|{_any(_BOXES)})$"
    rf"|(?:Pol|C|gate|gata|vei|veien|allé|plass|torg|Plot|Sector|Khasra|đường|phố|Đường|Phố|רח)$"
    rf"|.*[{_HAN}가-힣]"
)
_TOWN = re.compile(rf", (?:[A-Z]{{1,2}}-)?{_CODE} ")
_SYLLABIC = re.compile("[\u0900-\u097f\u0e00-\u0e7f]")  # of these scripts no pattern of words finds a whole one
_BEFORE_NUMBER = re.compile(r" \d")
_ENDS_OF_STREETS = tuple(_STREETS_WITHIN.replace("stra(?:ss|ß)e", "strasse straße").split())
_CODE_WORD = re.compile(
    rf"(?:Immeuble|Tour|Bâtiment|Résidence|Edificio|Edifício|Palazzo|Gebäude|lok|стр|оф|офис|корп|кв|пом|nave|planta|piso"
    r"|sala|andar|Col|CP|Quận|TP)$|\d+[ºª]|"
    rf"{_any(_ROOMS)}(?:\d|$)|[Ff]loor$|\d+F$|{_any(_BUILDINGS)}$|\d{{5}}$|\d{{6}}|[A-Z]{{1,2}}\d|\d{{4}}[A-Z]{{2}}$|.*[{_HAN}가-힣]"
)
_CODE_NUMBER = re.compile(r"\d(?:-\d{3}|\d\d(?: \d\d |\d [A-Z][A-Z]\b))")
_TOWN_BEHIND = re.compile(r", \d{4} [^\W\d_a-z]")
_WORD = re.compile(r"\w+")
_CARE_OF = re.compile(r"[Cc] ?/ ?[Oo]")


def _of_which(word: str) -> str:
    """Return whether a word is of a street, of what stands beside one, of both or of neither."""
    return "street" * (_STREET_WORD.match(word) is not None) + "beside" * (_CODE_WORD.match(word) is not None)


_of_words = Remembered(_of_which)


def _ends_a_street(text: str, end: int) -> bool:
    """Return whether a word like ``Hauptstr`` ends here, with a full stop behind it or without."""
    return text.endswith(_ENDS_OF_STREETS, 0, end - 2 if text.endswith(" .", 0, end) else end)


def may_hold(text: str) -> tuple[bool, bool]:
    """Return whether `STREET` may match in tokens joined by spaces, and whether `BESIDE` may."""
    if not text.isascii() and _SYLLABIC.search(text):
        return True, True
    held = "".join(set(map(_of_words.__getitem__, _WORD.findall(text))))
    return (
        "street" in held
        or ("/" in text and _CARE_OF.search(text) is not None)
        or _TOWN.search(text) is not None
        or any(_ends_a_street(text, number.start()) for number in _BEFORE_NUMBER.finditer(text)),
        "beside" in held
        or _CODE_NUMBER.search(text) is not None
        or _TOWN_BEHIND.search(text) is not None
        or "〒" in text,
    )


_IN_ANCHORS = ("/", *_BUILDINGS.split(), "Cad", "Sok", "Mah")
ANCHOR_SIGN = Sign(re.compile("|".join(_IN_ANCHORS)), _IN_ANCHORS)  # it, or a digit, is in each

REGISTERED = re.compile(
    r"(?:\bcompany (?:no|nr|number|reg\w*|id)|\bregistration|\bregistered (?:in|under|with|no|number)\b[^,;\d]{0,40}?"
    r"|\bregister(?! of)\w*(?<!registered)|handelsregister\w*|\bhr[ab]|firmenbuch\w*|\bfn|\bkvk\w*|\bcvr\w*|\bsire[nt]"
    r"|\br ?\.? ?c ?\.? ?s|\bnif|\bcif|\bnipc|\bvat|\btva|\buid|\bust[\w-]*|\bmwst\w*|steuernummer|\bp ?\.? ?iva"
    r"|partita iva|\brea|\bkrs|\bnip|\bregon|\bičo?|\bdič|огрн|инн|кпп|\borg\w* ?\.? ?(?:nr|nummer|number|no)|y-tunnus"
    r"|\bbusiness id|\bein|\babn|\bacn|\bcnpj|\bcrn|\btax (?:id|no|number)|登録番号|法人番号|信用代码|등록번호)"
    r"(?:\W+[^\W\d]+){0,3}\W*$"
)
"""What stands before the number by which a company, or its tax, is registered: another number is another party's."""
