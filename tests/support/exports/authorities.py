"""Time-stamping authorities (RFC 3161) of ``openssl ts``, and ones that answer wrongly."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import NamedTuple

from harvester.settings import EvidenceSettings, Settings

CONFIGURATION = """
[ req ]
distinguished_name = name
prompt = no
[ name ]
CN = Stamps for tests
[ root ]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[ stamps ]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[ tsa ]
default_tsa = authority
[ authority ]
serial = serial
signer_cert = signer.pem
signer_key = key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class Authority(NamedTuple):
    """Where an authority answers, and its certificate."""

    url: str
    certificate: Path


class Stamped(NamedTuple):
    """A package with a time stamp, the certificate of its authority, and that authority's address."""

    file: Path
    certificate: Path
    url: str


def with_authority(url: str) -> Settings:
    """Settings with a time-stamping authority."""
    return Settings(evidence=EvidenceSettings(timestamp_authority=url))


@contextmanager
def authority(folder: Path, bad: str = "") -> Iterator[Authority]:
    """An authority with a key of its own; `bad`: one that ``refuses``, sends ``garbage``, stamps ``other`` bytes or is
    ``away``."""
    folder.mkdir()
    (folder / "tsa.cnf").write_text(CONFIGURATION)
    (folder / "serial").write_text("01\n")
    new = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650")
    _openssl(folder, *new, "-config", "tsa.cnf", "-extensions", "root", "-keyout", "root.pem", "-out", "ca.pem")
    signed = ("-CA", "ca.pem", "-CAkey", "root.pem", "-extensions", "stamps", "-subj", "/CN=Signer of stamps")
    _openssl(folder, *new, "-config", "tsa.cnf", *signed, "-keyout", "key.pem", "-out", "signer.pem")

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            if bad == "other":
                _openssl(folder, "ts", "-query", "-data", "tsa.cnf", "-sha512", "-cert", "-out", "query.tsq")
            else:
                (folder / "query.tsq").write_bytes(query[:-4] if bad == "refuses" else query)
            body = b"<html>maintenance</html>"
            if bad != "garbage":
                _openssl(folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr")
                body = (folder / "reply.tsr").read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Answers)
    if bad == "away":
        server.server_close()
        yield Authority(f"http://127.0.0.1:{server.server_port}/", folder / "ca.pem")
        return
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield Authority(f"http://127.0.0.1:{server.server_port}/", folder / "ca.pem")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)
