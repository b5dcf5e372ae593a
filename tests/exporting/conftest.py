"""Fixtures of the tests of `harvester.exporting`."""

from tests.support.exports.fixtures import *  # noqa: F403
