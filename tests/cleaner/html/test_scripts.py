"""What inline scripts of fixed form write stands in the document as Chromium, with scripts on, leaves it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.cleaner import clean
from harvester.cleaner.html.scripts import decode_protected, with_written
from tests.support.web.browser import started

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORDS = "We keep what you tell us for as long as the law allows us to, and not a day longer. " * 12


def key_of(address: str, first: int = 0x5A) -> str:
    """The key under which Cloudflare hides an address."""
    return bytes([first, *(one ^ first for one in address.encode())]).hex()


CLOUDFLARE = (
    "<script data-cfhash='f9e31' type=\"text/javascript\">/* <![CDATA[ */!function(t,e,r,n,c,a,p){try{t=document."
    "currentScript||function(){for(t=document.getElementsByTagName('script'),e=t.length;e--;)if(t[e].getAttribute("
    "'data-cfhash'))return t[e]}();if(t&&(c=t.previousSibling)){p=t.parentNode;if(a=c.getAttribute('data-cfemail'))"
    "{for(e='',r='0x'+a.substr(0,2)|0,n=2;a.length-n;n+=2)e+='%'+('0'+('0x'+a.substr(n,2)^r).toString(16)).slice(-2)"
    ";p.replaceChild(document.createTextNode(decodeURIComponent(e)),c)}p.removeChild(t)}}catch(u){}}()/* ]]> */"
    "</script>"
)
CLOUDFLARE_LINKS = (
    '<script type="text/javascript">/* <![CDATA[ */(function(d,s,a,i,j,r,l,m,t){try{l=d.getElementsByTagName("a");'
    't=d.createElement("textarea");for(i=0;l.length-i;i++){try{a=l[i].href;s=a.indexOf("/cdn-cgi/l/email-protection");'
    'm=a.length;if(a&&s>-1&&m>28){j=28+s;s="";if(j<m){r="0x"+a.substr(j,2)|0;for(j+=2;j<m&&a.charAt(j)!="X";j+=2)'
    's+="%"+("0"+("0x"+a.substr(j,2)^r).toString(16)).slice(-2);j++;s=decodeURIComponent(s)+a.substr(j,m-j)}'
    't.innerHTML=s.replace(/</g,"&lt;").replace(/>/g,"&gt;");l[i].href="mailto:"+t.value}}catch(e){}}}catch(e){}})'
    "(document);/* ]]> */</script>"
)
JOOMLA = r"""<script type='text/javascript'>
 <!--
 var prefix = '&#109;a' + 'i&#108;' + '&#116;o';
 var path = 'hr' + 'ef' + '=';
 var addy57016 = 't&#101;chs&#117;pp&#111;rt' + '&#64;';
 addy57016 = addy57016 + '&#101;x&#97;mpl&#101;' + '&#46;' + 'c&#111;m';
 document.write('<a ' + path + '\'' + prefix + ':' + addy57016 + '\'>');
 document.write(addy57016);
 document.write('<\/a>');
 //-->
 </script><script type='text/javascript'>
 <!--
 document.write('<span style=\'display: none;\'>');
 //-->
 </script>This e-mail address is being protected from spambots. You need JavaScript enabled to view it
 <script type='text/javascript'>
 <!--
 document.write('</');
 document.write('span>');
 //-->
 </script>"""
JOOMLA_3 = r"""<span id="cloak50318">This email address is being protected from spambots. You need JavaScript enabled to
 view it.</span><script type='text/javascript'>
 //<!--
 document.getElementById('cloak50318').innerHTML = '';
 var prefix = '&#109;a' + 'i&#108;' + '&#116;o';
 var path = 'hr' + 'ef' + '=';
 var addy50318 = '&#105;nf&#111;' + '&#64;';
 addy50318 = addy50318 + '&#101;x&#97;mpl&#101;' + '&#46;' + 'c&#111;m';
 var addy_text50318 = addy50318;
 document.getElementById('cloak50318').innerHTML += '<a ' + path + '\'' + prefix + ':' + addy50318 + '\'>' +
  addy_text50318+'<\/a>';
 //-->
 </script>"""
ROT13 = (
    '<script type="text/javascript">document.write("<n uers=\\"znvygb:vasb@rknzcyr.pbz\\">vasb</n>".replace('
    '/[a-zA-Z]/g, function(c){return String.fromCharCode((c<="Z"?90:122)>=(c=c.charCodeAt(0)+13)?c:c-26);}));</script>'
)
HIDDEN = "[email&#160;protected]"
ASCII, OTHER = (f'class="__cf_email__" data-cfemail="{key_of(name + "@b.example")}"' for name in "aä")
LINK = f"/cdn-cgi/l/email-protection#{key_of('a@b.example')}"
SCRIPTS = {
    "joomla": JOOMLA,
    "joomla of 2014": JOOMLA_3,
    "cloudflare, the whole link": f'<a href="/x" {ASCII}>{HIDDEN}</a>{CLOUDFLARE}',
    "cloudflare, inside its link": f'<a href="/y"><span {OTHER}>{HIDDEN}</span>{CLOUDFLARE}</a>',
    "cloudflare, a space before the script": f"<span {ASCII}>{HIDDEN}</span> {CLOUDFLARE}",
    "cloudflare, the targets of links": f'<a href="{LINK}X?subject=data">write</a>{CLOUDFLARE_LINKS}',
    "constant strings": "<script>document.write('<b>info' + '@' + \"example.com</b>\");</script>",
    "writeln": "<script language=javascript>document.writeln('one'); document.writeln('two')</script>",
    "codes": "<script>document.write(String.fromCharCode(105,110,102,111,64,101,46,99,111,109))</script>",
    "unescape": "<script>document.write(unescape('%3Ca%20href%3D%22mailto%3Ax@e.com%22%3Ex%u2019s%3C/a%3E'))</script>",
    "rot13": ROT13,
    "reversed": "<script>var r = 'moc.elpmaxe@ofni'; document.write(r.split('').reverse().join(''));</script>",
    "reversed in place": '<script>document.write(\'moc.elpmaxe@ofni\'.split("").reverse().join(""));</script>',
    "a variable that is added to": "<script>var a = 'in'; a += 'fo', b = 'x'</script><p>x</p>",
    "two variables": "<script>var a='info', b='example.com'; document.write(a + '@' + b)</script>",
    "a module does not write": "<script type='module'>document.write('no')</script>",
    "a template does not run": "<script type='text/template'>document.write('no')</script>",
    "a script in a comment": "<!-- <script>document.write('no')</script> -->",
    "a script in a text area": "<textarea><script>document.write('no')</script></textarea>",
    "an unknown variable": "<script>document.write('yes' + nothing)</script>",
}


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    """A tab of Debian's Chromium, with scripts on; each page in turn is opened in it."""
    pytest.importorskip("playwright")
    with started() as browser:
        yield browser.new_page()


def document_of(page: bytes, *, scripts_ran: bool) -> str:
    return clean(
        page,
        url="http://e.org/privacy",
        timestamp="20140101000000",
        domain="e.org",
        content_type="text/html; charset=utf-8",
        scripts_ran=scripts_ran,
    ).text


def page_with(script: str) -> str:
    body = f"<p>{WORDS}</p><p>Write: {script}.</p><p>{WORDS}</p>"
    return f"<!DOCTYPE html><html><head><title>T</title></head><body>{body}</body></html>"


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_of_fixed_form_leaves_what_chromium_leaves(name: str, tab: Page) -> None:
    page = page_with(SCRIPTS[name])
    tab.route("**/*", lambda route: route.fulfill(body=page, content_type="text/html; charset=utf-8"))
    tab.goto("http://e.org/privacy")
    shown = tab.content()
    tab.unroute("**/*")
    expected = document_of(shown.encode(), scripts_ran=True)
    assert document_of(page.encode(), scripts_ran=False) == expected
    # The corpus stores the page after its scripts: they do not write a second time.
    assert document_of(shown.encode(), scripts_ran=False) == expected


def test_the_cloaked_addresses_can_be_read() -> None:
    for name, address in (
        ("joomla", "[techsupport@example.com](mailto:techsupport@example.com)"),
        ("joomla of 2014", "[info@example.com](mailto:info@example.com)"),
        ("cloudflare, inside its link", "[ä@b.example](https://web.archive.org/y)"),
        ("rot13", "[info](mailto:info@example.com)"),
    ):
        text = document_of(page_with(SCRIPTS[name]).encode(), scripts_ran=False)
        assert address in text, name
        assert "spambots" not in text
        assert "protected]" not in text


@pytest.mark.parametrize(
    "code",
    [
        "document.write('a'); alert(1)",
        "if (x) document.write('a')",
        "for (;;) document.write('a')",
        "document.write(document.cookie)",
        "document.write(a)",
        "var a = 'x'; " + "a += a; " * 40 + "document.write(a)",
        "document.write(" + "(" * 10_000 + "'a'" + ")" * 10_000 + ")",
        "document.write('a",
        "document.write(String.fromCharCode(55296))",
        "document.write(String.fromCharCode('\u00b2'))",
        "document.write(String.fromCharCode(" + "9" * 5_000 + "))",
    ],
)
def test_a_script_that_does_anything_else_writes_nothing(code: str) -> None:
    page = page_with(f"<script>{code}</script>")
    assert with_written(page) == page


def test_a_long_s_makes_no_script() -> None:
    page = page_with("<\u017fcript>document.write('a')</\u017fcript>")
    assert with_written(page) == page


def test_a_key_is_read_only_where_it_is_one() -> None:
    assert decode_protected(key_of("privacy@example.org")) == "privacy@example.org"
    assert decode_protected("") is None
    assert decode_protected("5a3") is None
    assert decode_protected("zz33") is None
    assert decode_protected("00ff") is None


@given(st.text("<>!-/'\"scriptypanode.we()+=;#@ \n", max_size=300))
def test_any_page_is_read_to_its_end(text: str) -> None:
    page = "document.write" + text
    assert with_written(page).startswith("document.write")


@pytest.mark.costs
@pytest.mark.parametrize(
    "code",
    [
        "document.write('a'.replace(/[a-zA-Z]/g,function(c){" + "+13" * 1_500 + "26" * 3_000,
        "a='%41';" + "a+=a;" * 14 + "b=unescape(a);" * 1_000 + "document.write(b)",
        "a='%41';" + "a+=a;" * 14 + "b=a.split('').reverse().join('');" * 400 + "document.write(b)",
    ],
)
def test_a_script_that_makes_much_of_little_costs_little(code: str) -> None:
    began = time.process_time()
    with_written(page_with(f"<script>{code}</script>"))
    assert time.process_time() - began < 0.3
