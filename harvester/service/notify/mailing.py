"""Mail to readers: asking to confirm, and telling of changes, each with the link that ends it (RFC 8058)."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import quote

from harvester.clock import Clock
from harvester.service.notify.delivery import NotDelivered
from harvester.settings import Settings
from harvester.store.subscriptions import Asked

SECONDS = 20.0
"""To connect to the server, and for each of its answers."""

POLICY = policy.SMTP.clone(max_line_length=998)
"""Lines as long as SMTP allows: in shorter ones the links of headers would be encoded, which no program reads."""

Send = Callable[[EmailMessage], bool]
"""Hands one mail to the server; False when it refuses the address for good."""


def confirmation(settings: Settings, clock: Clock, address: str, what: str, asked: Asked) -> EmailMessage:
    """Return the mail that asks whether an address is to be subscribed; who is so already is told that."""
    if asked.confirmed:
        text = f"You get mail about {what} already: somebody, perhaps you, asked for it again.\n"
        return _mail(settings, clock, address, f"You follow {what}", text, what, asked.token)
    text = (
        f"Somebody, perhaps you, wants this address to get mail about {what}.\n\n"
        f"To confirm it, open this page within three days and press the button:\n"
        f"{_link(settings, 'confirm', asked.token)}\n\n"
        "If it was not you, do nothing: you will get no mail, and the address is forgotten.\n"
    )
    return _mail(settings, clock, address, f"Confirm that you want to follow {what}", text, what, asked.token)


def news(settings: Settings, clock: Clock, address: str, title: str, text: str, what: str, token: str) -> EmailMessage:
    """Return the mail that tells a reader of changes."""
    return _mail(settings, clock, address, title, f"{text}\n", what, token)


def deliver(settings: Settings, message: EmailMessage) -> None:
    """Send one mail; raise `NotDelivered`."""
    with opened(settings) as send:
        send(message)


@contextmanager
def opened(settings: Settings) -> Iterator[Send]:
    """Give what hands mails to the server of the settings; raise `NotDelivered` when that cannot be used just now.

    No error names an address.
    """
    mail = settings.mail
    try:
        kind = smtplib.SMTP_SSL if mail.security == "tls" else smtplib.SMTP
        with kind(mail.host, mail.port, timeout=SECONDS) as server:
            if mail.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if mail.password is not None:
                server.login(mail.user, mail.password.get_secret_value())
            yield lambda message: _handed(server, message)
    except (smtplib.SMTPException, OSError) as error:
        raise NotDelivered(f"the mail server {mail.host}:{mail.port} took no mail ({type(error).__name__})") from None


def _handed(server: smtplib.SMTP, message: EmailMessage) -> bool:
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        if all(500 <= code < 600 for code, _ in error.recipients.values()):
            server.rset()
            return False
        raise
    return True


def _mail(settings: Settings, clock: Clock, address: str, title: str, text: str, what: str, token: str) -> EmailMessage:
    end = _link(settings, "end", token)
    message = EmailMessage(POLICY)
    message["From"], message["To"] = settings.mail.sender, address
    message["Subject"] = " ".join(title.split())[:200]
    message["Date"] = format_datetime(clock())
    message["Message-ID"] = make_msgid(domain=settings.mail.sender.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<{end}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(f"{text}\n-- \nThis is about {what}. To get no more of it:\n{end}\n")
    return message


def _link(settings: Settings, what: str, token: str) -> str:
    return f"{settings.web.base_url.rstrip('/')}/subscriptions/{what}/{quote(token, safe='')}"
