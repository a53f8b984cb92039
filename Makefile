# Two commands: `make audit` shows the main job on the bundled corpus, `make check` runs everything that must hold.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
TESTED := $(VENV)/.tested
FONT   := /usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf
SAMPLES := corpus/child-mental-health corpus/social-assistance

.PHONY: audit check lint types test gate fonts ocr clean
.DEFAULT_GOAL := audit

# Installed anew only when what is to be installed changes.
$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "vnplan needs Python 3.11 or newer; name one with PYTHON=...")'
	$(PYTHON) -m venv $(VENV)

$(STAMP): setup.cfg pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --config-settings editable_mode=compat --editable .
	touch $(STAMP)

$(TESTED): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --config-settings editable_mode=compat --editable '.[test]'
	touch $(TESTED)

# Tesseract reads scans. It is no Python package: installed where that works without a question, else named, and all else goes on.
$(VENV)/.ocr: | $(VENV)/bin/python
	@if ! tesseract --list-langs 2>/dev/null | grep -qx vie && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing tesseract-ocr and tesseract-ocr-vie, which read scans ..."; \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	      tesseract-ocr tesseract-ocr-vie; } >/dev/null 2>&1 || true; \
	fi
	@touch $@

ocr: $(VENV)/.ocr
	@tesseract --list-langs 2>/dev/null | grep -qx vie || echo "Scans cannot be read here, everything else can. To read them:" \
	    "apt-get install tesseract-ocr tesseract-ocr-vie (Debian, Ubuntu)," \
	    "dnf install tesseract tesseract-langpack-vie (Fedora), brew install tesseract tesseract-lang (macOS)."

audit: $(STAMP) ocr
	$(BIN)/vnplan audit $(SAMPLES)
	$(BIN)/vnplan audit $(SAMPLES) --format html --output report
	@echo "The report with the evidence: report/index.html"

check: lint types test gate

lint: $(TESTED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TESTED)
	$(BIN)/mypy

test: $(TESTED) fonts ocr
	$(BIN)/pytest -n auto

gate: $(TESTED)
	$(BIN)/python tests/gate.py

# The fonts of the sample PDFs, where they can be installed; tests that need them are skipped without.
fonts:
	@test -e $(FONT) || test "$$(id -u)" != 0 || ! command -v apt-get >/dev/null \
		|| apt-get install -y -qq --no-install-recommends fonts-dejavu-core || true

clean:
	rm -rf $(VENV) report build *.egg-info
