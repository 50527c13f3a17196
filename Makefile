# Two commands: `make run` and `make test`. `make` alone explains them all.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)

.PHONY: help run test prove audit sbom attack torture lint bench i18n minify lock install install-test

help:
	@echo 'make run    start everything on http://127.0.0.1:8000 (PORT=9001 make run moves it)'
	@echo 'make test   run every test, on SQLite, PostgreSQL and in Chromium'
	@echo 'make prove  the twenty requirements of docs/privacy.md in full, one line each with its figure (about half an hour)'
	@echo 'make torture every fault of docs/privacy.md on both databases, in full (about half an hour)'
	@echo 'make attack publish three years of a simulated country, verify and attack it (an hour or more)'
	@echo 'make lint   ruff, mypy, the import contracts and bandit'
	@echo 'make audit  are there known faults in the libraries we use (asks a public list)'
	@echo 'make sbom   write build/sbom.cdx.json, the list of everything we are built of (CycloneDX)'
	@echo 'make bench  measure, as ratios to the bare limit of this machine'
	@echo 'make i18n   bring the catalogues up to date with the sentences in the code'
	@echo 'make minify bring the script of the tablet up to date with its sources'
	@echo 'make lock   write the lock files anew'

run: install
	@exec bin/run

test: install-test
	@bin/test

prove: install-test
	PROVE=full bin/test -m requirement --table

torture: install-test
	PROVE=full $(BIN)/pytest tests/faults tests/privacy/test_keys.py tests/architecture/test_migrations.py -p no:randomly

attack: install-test
	$(BIN)/python benchmarks/run.py three_years

lint: install-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit -q -c pyproject.toml -r app wsgi.py --severity-level medium

bench: install-test
	$(BIN)/python benchmarks/run.py

i18n: install-test
	$(BIN)/pybabel -q extract -F pyproject.toml -k N_ -k say -k say_number:1,2 --no-location --sort-output -o translations/messages.pot app
	$(BIN)/pybabel -q update -i translations/messages.pot -d translations --no-fuzzy-matching --omit-header

minify: install-test
	$(BIN)/python bin/minify

lock: install-test
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --extra test pyproject.toml -o requirements-test.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --extra audit -c requirements-test.txt pyproject.toml -o requirements-audit.txt

audit: .venv/installed-audit
	bin/audit

sbom: .venv/installed-audit
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --mc-type application --output-reproducible --of JSON -o build/sbom.cdx.json requirements.txt
	@echo 'build/sbom.cdx.json'

install: .venv/installed translations/compiled

install-test: .venv/installed-test translations/compiled

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed.'; exit 1; }
	@$(PYTHON) -m venv .venv && touch $@

.venv/installed: .venv/python requirements.txt pyproject.toml
	@echo 'Installing, once ...'
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Everything of the test lock at once; what the tests never import is never compiled.
.venv/installed-test: .venv/python requirements-test.txt pyproject.toml
	@echo 'Installing what runs and what the tests need, once ...'
	@$(BIN)/pip install -qq --disable-pip-version-check --no-compile --require-hashes -r requirements-test.txt
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch .venv/installed $@

.venv/installed-audit: .venv/installed requirements-audit.txt
	@echo 'Installing what the audit needs, once ...'
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements-audit.txt
	@touch $@

translations/compiled: .venv/installed $(CATALOGUES)
	@$(BIN)/pybabel -q compile --use-fuzzy -d translations
	@touch $@
