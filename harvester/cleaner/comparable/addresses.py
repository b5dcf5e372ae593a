"""Targets of links that lead to the same page: each function returns the standard form."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

_HTTP = re.compile(r"http://", re.IGNORECASE)
_ORIGIN = re.compile(r"(https?)://([^/?#\s@]*)", re.IGNORECASE)
_PORT = re.compile(r":(?:80|443)?$")
_MAIL = re.compile("mailto:", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# The number of a click ends its name in most makers' parameters; campaigns begin theirs with the maker's letters.
_SESSION = re.compile(
    r"(?:\w*cl(?:ic)?k?_?id|gclsrc|(?:utm|mtm|matomo|piwik|otm|gad|vero|bsft|guce|trk|_branch)_\w+|hsa_\w+|_?_hs\w+"
    r"|(?:pk|at|wt|sc|ml)_(?:campaign|cid|content|creation|kwd|keyword|medium|mc|source|subscriber)\w*|wt\.mc_id"
    r"|fb_(?:action_(?:id|type)s|source|ref)|igsh(?:id)?|[gw]braid|mc_[ce]id|_ga|_gl|_kx|hsctatracking|mkt_tok"
    r"|oly_\w+_id|s_(?:kw)?cid|ef_id|spm|srsltid|epik|xtor|li_fat_id|sccid|rdt_cid|elqtrack\w*|cjevent|ref_src|dm_i"
    r"|wickedid|zanpid|_openstat|mkwid|pcrid|guccounter|cmpid|ncid|tduid|dicbo|tblci|wprov|trk|__cf_chl_\w+"
    r"|sid|phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken|session_?id|sessid|oscsid|zenid"
    r"|(?:csrf|xsrf|authenticity_)\w*|nonce|sig|label|cb|cachebuster|_t|nocache)",
    re.IGNORECASE,
)
# A long value that is drawn by lot, as signatures are: no page is called so.
_DRAWN = re.compile(r"(?=(?:[^=]*[A-Z]){4})(?=(?:[^=]*[a-z]){4})(?=(?:[^=]*\d){4})[\w.~-]{32,}=*", re.ASCII)
_FORWARDS = r"(?:l|r|u|url|go|goto|out(?:bound|going)?|away|redir(?:ect(?:or|ion)?)?|exit|leave|clk|click|track|link)"
_FORWARDER = re.compile(rf"https?://[^/?#]+(?:/|/(?:[^?#]*/)?{_FORWARDS}(?:\.\w{{2,4}})?/?)?\?", re.IGNORECASE)
# What a pattern may take is divided in one way, or a long address would be read as often as there are ways.
# Where a page leads on to; where it leads back to when a reader is done is another matter.
_BACK = r"back|cancel|continue|from|next|origin|ref(?:er\w{0,4})?|return|source|callback"
_FORWARDED = re.compile(
    rf"[?&](?!(?:\w*[_-])?(?:{_BACK})(?:[_-]?(?:to|url|uri|link|page|path))?=)[^=&#]{{0,100}}+="
    r"(https?(?:://|%3A%2F%2F)[^&#]+)",
    re.IGNORECASE,
)
_VISIT = re.compile(
    rf"(?<=/){_FORWARDS}/[\w.-]*[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}[\w.-]*(?=/)", re.IGNORECASE
)
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
_ASSET = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|ico|css|m?js|woff2?|pdf|docx?)$", re.IGNORECASE)
_BUSTER = re.compile(
    r"(?:(?:v|ver|version|t|ts|rev|_|hash|h|time|timestamp|mtime)=)?(?=[a-f.]*\d)[0-9a-f.]++", re.IGNORECASE
)
_GENERATED = re.compile(
    r"#(?:!?/?|:~:text=.*|_{2}\w+"
    r"|(?:ember|react|vue|ext-gen|yui|ui-id|collapse|accordion|tab|panel|elementor)s?(?![a-z])[\w:-]*\d"  # no `table2`
    r"|elementor-action.*|[0-9a-f]{12,}|\d{5,})"
)


def lead_on(target: str) -> str:
    """Return where a page leads that only counts the click: the address that stands in its own, or its path without
    the number of the visit.
    """
    if _FORWARDER.match(target) and (found := _FORWARDED.search(target)):
        return quote(unquote(found[1].replace("\\", "")), safe="%/:?#[]@!$&'*+,;=~")
    return _VISIT.sub(lambda found: found[0].partition("/")[0], target)


def one_scheme(target: str) -> str:
    """Return the target with https: sites answer on both, and redirect the one to the other."""
    return _HTTP.sub("https://", target, count=1) if _HTTP.match(target) else target


def plain_host(target: str) -> str:
    """Return the target with its host in lower case, without the port that its scheme has anyway."""
    return _ORIGIN.sub(lambda found: f"{found[1].lower()}://{_PORT.sub('', found[2].lower())}", target, count=1)


def plain_escapes(target: str) -> str:
    """Return the target with unreserved characters unescaped, and capital digits (RFC 3986, 6.2.2); an e-mail address
    with its sign, however it is written.
    """
    if "%" not in target:
        return target
    plain_ones = _UNRESERVED | {"@"} if _MAIL.match(target) else _UNRESERVED

    def plain(found: re.Match[str]) -> str:
        character = chr(int(found[1], 16))
        return character if character in plain_ones else found[0].upper()

    return _ESCAPE.sub(plain, target)


def drop_parameters(target: str) -> str:
    """Return the target without parameters that identify the reader or the copy, not the page."""
    path, mark, fragment = target.partition("#")
    path, _, query = path.partition("?")
    path = _PATH_SESSION.sub("", path)
    pairs = [(part, *part.partition("=")[::2]) for part in query.split("&") if part]
    kept = [part for part, name, value in pairs if not (_SESSION.fullmatch(name) or _DRAWN.fullmatch(value))]
    if _ASSET.search(path):
        kept = [part for part in kept if not _BUSTER.fullmatch(part)]
    return path + ("?" + "&".join(kept) if kept else "") + mark + fragment


def drop_fragment(target: str) -> str:
    """Return the target without a fragment that is empty or made by a script."""
    at = target.find("#")
    return target[:at] if at >= 0 and _GENERATED.fullmatch(target, at) else target


def drop_slash(target: str) -> str:
    """Return the target without a slash at the end of its path: servers redirect the one to the other."""
    end = min((at for at in (target.find("?"), target.find("#")) if at >= 0), default=len(target))
    path = target[:end]
    return (
        path.rstrip("/") + target[end:] if path.endswith("/") and "://" in path[:-1] and path[-3:] != "://" else target
    )
