# Two commands: `make audit` shows the main job on the bundled corpus, `make check` runs everything that must hold.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
TESTED := $(VENV)/.tested
SAMPLES := corpus/child-mental-health corpus/social-assistance

.PHONY: audit check lint types test gate clean
.DEFAULT_GOAL := audit

# Installed anew only when what is to be installed changes.
$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "vnplan needs Python 3.11 or newer; name one with PYTHON=...")'
	$(PYTHON) -m venv $(VENV)

$(STAMP): setup.cfg pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $(STAMP)

$(TESTED): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	touch $(TESTED)

audit: $(STAMP)
	$(BIN)/vnplan audit $(SAMPLES)
	$(BIN)/vnplan audit $(SAMPLES) --format html --output report
	@echo "The report with the evidence: report/index.html"

check: lint types test gate

lint: $(TESTED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TESTED)
	$(BIN)/mypy

test: $(TESTED)
	$(BIN)/pytest -n auto

gate: $(TESTED)
	$(BIN)/python tests/gate.py

clean:
	rm -rf $(VENV) report build *.egg-info
