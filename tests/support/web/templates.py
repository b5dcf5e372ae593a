"""Templates compiled once for all applications of a test process: to compile them takes longer than to show them."""

from __future__ import annotations

import functools

import pytest
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from harvester.web import site


class _Kept(BytecodeCache):
    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (bucket.key, bucket.checksum) in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key, bucket.checksum])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


def keep_compiled() -> None:
    """Let every application that is made from now on take what an earlier one has compiled."""
    pytest.MonkeyPatch().setattr(site, "Environment", functools.partial(Environment, bytecode_cache=_Kept()))
