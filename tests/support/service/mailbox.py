"""A mail server of its own: takes mail by SMTP, refuses some addresses, and fails when it is told to."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message


class Mailbox:
    """What a server took, and how it is to behave: `refused` addresses, and how many mails it takes before it fails."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.got: list[Message] = []
        self.refused: set[str] = set()
        self.takes: int | None = None

    def to(self, address: str) -> list[Message]:
        return [one for one in self.got if one["To"] == address]

    def link(self, what: str) -> str:
        """The path of a link in the newest mail."""
        found = re.search(rf"https://pages\.example(/subscriptions/{what}/\S+)", text_of(self.got[-1]))
        assert found is not None, self.got[-1]
        return found[1]


def text_of(mail: Message) -> str:
    """The text of a mail; its headers are read as they came."""
    content = mail.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """Serves SMTP on a free port of this machine."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 here")
            while line := self.rfile.readline().decode().strip():
                word = line[:4].upper()
                if word == "QUIT":
                    return self.say("221 bye")
                if word == "RCPT" and any(f"<{one}>" in line for one in box.refused):
                    self.say("550 nobody of that name")
                elif word == "DATA":
                    self.say("354 go on")
                    self.take()
                else:
                    self.say("250 ok")
            return None

        def take(self) -> None:
            lines = list(iter(self.rfile.readline, b".\r\n"))
            if box.takes == 0:
                return self.say("451 not now")
            box.takes = None if box.takes is None else box.takes - 1
            box.got.append(message_from_bytes(b"".join(lines)))
            return self.say("250 taken")

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        box = Mailbox(server.server_address[1])
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield box
        server.shutdown()
