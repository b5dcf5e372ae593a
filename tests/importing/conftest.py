"""Fixtures of the tests of `harvester.importing`."""

from tests.support.exports.fixtures import *  # noqa: F403
