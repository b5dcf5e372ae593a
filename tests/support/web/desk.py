"""A person at the desk: a browser's cookies and forms, without a browser."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import httpx
from fastapi import FastAPI

from tests.support.times import sample_clock
from tests.support.web.client import Client

ORIGIN = "http://testserver"


class Hands:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = sample_clock()

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


class Visitor(Client):
    """Keeps cookies as a browser does, and sends forms with what their page hid in them."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(app)
        self.cookies: dict[str, str] = {}

    def request(self, method: str, url: str, **options: Any) -> httpx.Response:
        headers = dict(options.pop("headers", {}))
        if self.cookies and url.startswith("/desk"):
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = super().request(method, url, headers=headers, **options)
        for cookie in answer.headers.get_list("set-cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            if value.strip('"'):
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return answer

    def send(self, page: str, action: str, *, origin: str | None = ORIGIN, **fields: str) -> httpx.Response:
        """Open a page and send its form to `action`, with these fields in place of those it shows."""
        shown = self.get(page)
        assert shown.status_code == 200, (page, shown.status_code)
        hidden = hidden_fields(shown.text, action)
        headers = {} if origin is None else {"Origin": origin}
        return self.post(action, hidden | fields, headers=headers)

    def post(self, action: str, fields: dict[str, str], **options: Any) -> httpx.Response:
        return self.request("POST", action, data=fields, **options)

    def sign_in(self, token: str) -> httpx.Response:
        """Type a token into the form to sign in."""
        return self.send("/desk/sign-in", "/desk/sign-in", token=token)


def hidden_fields(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form of a page that goes to `action`."""
    for found in re.findall(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', page, re.DOTALL):
        if unescape(found[0]) == action:
            pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', found[1])
            return {unescape(name): unescape(value) for name, value in pairs}
    raise AssertionError(f"no form to {action}")
