# Commands for people who work on Khéo. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV ?= .venv
PYTHON := $(VENV)/bin/python
KHEO := $(VENV)/bin/kheo
STAMP := $(VENV)/.installed
export PATH := $(abspath $(VENV))/bin:$(PATH)
PORT ?= 8000
SIZE ?= small

.PHONY: help demo run test check journeys golden bench fmt docs messages constraints clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(STAMP) ## build an invented province with its years of work, and serve it (PORT=8000)
	rm -rf .data/demo
	$(KHEO) --data .data/demo demo
	$(KHEO) --data .data/demo serve --port $(PORT)

run: $(STAMP) ## serve an empty Khéo from this checkout (PORT=8000)
	KHEO_DEBUG=1 $(KHEO) --data .data/run serve --port $(PORT)

test: $(STAMP) ## every test: SQLite, PostgreSQL, papers, journeys in Chromium
	tools/system_packages.sh
	tools/test.sh

check: $(STAMP) ## lint, format, templates, types, contracts, migrations, catalogues
	tools/check.sh

journeys: $(STAMP) ## the journeys in Chromium, on SQLite
	tools/system_packages.sh
	pytest -n 2 --dist loadfile -m journey

golden: $(STAMP) ## compare whole papers with the approved ones
	tools/system_packages.sh
	pytest -m golden -n 2

bench: $(STAMP) ## measure speed on SQLite and PostgreSQL (SIZE=large: a million registrations)
	tools/system_packages.sh
	tools/with_postgresql.sh python -m bench --size $(SIZE)

fmt: $(STAMP) ## put code and templates in the common form
	ruff check --fix --quiet . || true
	ruff format .
	git ls-files '*.html' | xargs --no-run-if-empty djade || true

docs: $(STAMP) ## write docs/reference/, which follows from the code
	python tools/docs.py

messages: $(STAMP) ## compile the catalogues and tell what they lack
	python tools/messages.py
	python tools/messages.py --extract

constraints: ## pin what is installed in the environment
	{ grep '^#' constraints.txt; $(PYTHON) -m pip freeze --exclude kheo --exclude-editable; } > constraints.new
	mv constraints.new constraints.txt

clean: ## remove the environment and all that was built, but no data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis tests/journeys/shots

$(STAMP): pyproject.toml constraints.txt hatch_build.py
	tools/make_environment.sh $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@
