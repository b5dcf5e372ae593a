"""How tests start Debian's Chromium: no sandbox (tests run as root), and nothing asked of its maker's hosts."""

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
