# Two commands on a fresh machine with python3 (3.11 or newer), make and a network:
#   make harvest                  the five services of config/services.toml, from the Internet Archive, into data/
#   make harvest ARCHIVE=sample   the same offline, from the small archive in data/sample/
#   make test                     all tests
#   make quick                    the fast ones

PYTHON ?= python3
ARCHIVE ?=
VENV := .venv
BIN := $(VENV)/bin
TESTS ?= tests
# Per cent of lines and branches that the tests must run; raise it to what `make coverage` measures, rounded down.
FLOOR ?= 95
# Processes that share the tests; 1 runs them in this one. Many tests wait for a server or a browser: one process more
# than there are processors keeps these busy.
AT_ONCE ?= $(shell $(PYTHON) -c 'import os; print(os.cpu_count() + 1)')
# Tests start hundreds of processes, which must not each compile every module.
unexport PYTHONDONTWRITEBYTECODE

# What `make quick` runs, but for the modules that tests/conftest.py calls slow.
QUICK := $(wildcard tests/test_*.py) tests/cleaner tests/diffing tests/archive tests/store tests/insight

.PHONY: docs harvest test quick quick-lowest coverage lint lock conformance bench-cleaner clean

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "harvester needs Python 3.11 or newer: make PYTHON=python3.12 ..." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# pywb, the peer of many tests, asks for a redis client of 2017: it lives in an environment of its own, with py-wacz.
$(VENV)/pywb/done: requirements-pywb.lock | $(VENV)/bin/python
	$(PYTHON) -m venv $(VENV)/pywb
	$(VENV)/pywb/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-pywb.lock
	@touch $@

harvest: $(VENV)/run
ifeq ($(ARCHIVE),sample)
	@scripts/harvest-sample $(BIN)/harvester
else
	$(BIN)/harvester backfill $(if $(ARCHIVE),--archive '$(ARCHIVE)')
endif

test: $(VENV)/dev $(VENV)/pywb/done
	$(BIN)/python -m pytest -n $(AT_ONCE) --dist loadfile --no-loadscope-reorder $(TESTS)

quick: $(VENV)/dev
	$(BIN)/python -m pytest -n $(AT_ONCE) --dist loadfile --no-loadscope-reorder -m 'not slow' $(QUICK)

# The same with the lowest versions that pyproject.toml allows, in an environment of its own.
quick-lowest: $(VENV)/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)/lowest
	$(BIN)/uv pip compile pyproject.toml --resolution lowest-direct --quiet --extra workers --extra notify \
	  --extra research -o $(VENV)/lowest/requirements.txt
	$(BIN)/uv pip install --quiet --python $(VENV)/lowest/bin/python --constraint $(VENV)/lowest/requirements.txt \
	  --editable '.[workers,notify,research,dev]'
	$(VENV)/lowest/bin/python -m pytest -n $(AT_ONCE) --dist loadfile --no-loadscope-reorder -m 'not slow' $(QUICK)

coverage: $(VENV)/dev $(VENV)/pywb/done
	$(BIN)/python -m pytest -n $(AT_ONCE) --dist loadfile --no-loadscope-reorder --cov --cov-report=term --cov-fail-under=$(FLOOR) -m 'not costs' $(TESTS)

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell
	$(BIN)/python scripts/banned_phrases.py

conformance: $(VENV)/run
	$(BIN)/harvester conformance ../shared/cleaner/corpus
	$(BIN)/harvester conformance ../shared/cleaner/reference-pages.jsonl.gz

# The peers of the bench are in no lock file: they are measured, not used. uv, since pip 23 fails on their extras.
bench-cleaner: $(VENV)/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --editable '.[bench]'
	$(BIN)/python bench/cleaner.py

# The lock files name versions and hashes, no index.
lock: $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-emit-index-url \
	  --no-emit-find-links --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-emit-index-url \
	  --no-emit-find-links --quiet --extra workers --extra notify -c requirements.lock -o requirements-service.lock
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-emit-index-url \
	  --no-emit-find-links --quiet --extra dev --extra browser --extra workers --extra notify \
	  --extra research --extra evidence \
	  -c requirements-service.lock -o requirements-dev.lock
	echo 'mkdocs>=1.6,<2' | $(BIN)/uv pip compile - --universal --generate-hashes --no-header --no-emit-index-url \
	  --no-emit-find-links --quiet --python-version 3.11 -o requirements-docs.lock
	printf 'pywb>=2.8\nwacz>=0.6\n' | $(BIN)/uv pip compile - --universal --generate-hashes --no-header --no-emit-index-url \
	  --no-emit-find-links --quiet --python-version 3.11 -o requirements-pywb.lock

# The site of the documentation, in an environment of its own, as pywb: nothing that runs needs it.
$(VENV)/docs/done: requirements-docs.lock | $(VENV)/bin/python
	$(PYTHON) -m venv $(VENV)/docs
	$(VENV)/docs/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-docs.lock
	@touch $@

docs: $(VENV)/docs/done
	$(VENV)/docs/bin/mkdocs build --strict --quiet

clean:
	rm -rf $(VENV) build *.egg-info
