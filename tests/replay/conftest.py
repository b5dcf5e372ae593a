"""Fixtures of the tests of `harvester.replay`."""

from tests.support.exports.fixtures import *  # noqa: F403
