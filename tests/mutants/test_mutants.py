"""The alterations of `tests.mutants` still fit the program, so that a run of them measures what it says."""

from __future__ import annotations

import ast
import re

import pytest

from tests.mutants.generated import ROOMS, Alteration, alterations, modules
from tests.mutants.listed import EQUIVALENT, LISTED
from tests.mutants.mutant import Mutant
from tests.mutants.nearest import nearest
from tests.support.paths import ROOT


@pytest.mark.parametrize("mutant", LISTED, ids=str)
def test_a_listed_alteration_fits_the_program_and_its_tests_are_there(mutant: Mutant) -> None:
    text = (ROOT / mutant.path).read_text()
    assert text.count(mutant.old) == 1
    ast.parse(mutant.applied(text))
    for test in mutant.tests:
        file, _, name = test.partition("::")
        assert re.search(rf"^def {name}\(", (ROOT / file).read_text(), re.MULTILINE), test


def test_what_is_known_as_equivalent_is_still_in_the_program() -> None:
    for path, old, _ in EQUIVALENT:
        assert old in " ".join((ROOT / path).read_text().split()), (path, old)


@pytest.mark.parametrize("room", ROOMS)
def test_a_generated_alteration_is_another_program(room: str) -> None:
    path = max(modules(room), key=lambda one: one.read_text().count(" if "))
    text = path.read_text()
    found = list(alterations(path))
    for one in found[:: len(found) // 4]:
        altered = one.mutant().applied(text)
        assert ast.dump(ast.parse(altered)) != ast.dump(ast.parse(text)), one


def test_the_same_piece_twice_is_told_apart() -> None:
    path = ROOT / "harvester/archive/limiter/rules.py"
    data = path.read_bytes()
    second = data.index(b'"cdx"', data.index(b'"cdx"') + 1)
    mutant = Alteration(path, second, second + 5, '"other"').mutant()
    assert mutant.nth == 1
    assert mutant.applied(data.decode()).encode() == data[:second] + b'"other"' + data[second + 5 :]


def test_the_tests_of_the_folders_above_are_nearer_than_those_of_another() -> None:
    of_the_form = next(alterations(ROOT / "harvester/web/desk/sections/watch_form.py")).mutant()
    assert "tests/web/desk/test_watches.py" in nearest(of_the_form)
