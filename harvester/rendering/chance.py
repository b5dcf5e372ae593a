"""Randomness that is the same each time a page is rendered."""

from __future__ import annotations

import zlib

_SCRIPT = """(() => {
  let state = SEED;
  const next = () => {  // mulberry32
    state = (state + 0x6D2B79F5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  Math.random = () => next() / 4294967296;
  if (!window.crypto) return;
  const fill = (values) => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    for (let i = 0; i < bytes.length; i++) bytes[i] = next() & 255;
    return values;
  };
  Crypto.prototype.getRandomValues = fill;
  Crypto.prototype.randomUUID = () => {
    const b = fill(new Uint8Array(16));
    b[6] = (b[6] & 15) | 64;
    b[8] = (b[8] & 63) | 128;
    const hex = Array.from(b, (one) => one.toString(16).padStart(2, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  };
})()"""


def fixed_chance(address: str) -> str:
    """Return the script that gives a page the chance that belongs to its address."""
    return _SCRIPT.replace("SEED", str(zlib.crc32(address.encode())), 1)
