.DEFAULT_GOAL := help
.PHONY: help demo test check fix lock pictures bench faults fuzz migration clean

PYTHON ?= python3
BIN := .venv/bin

help:       ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/ready ## Start a practice network in the browser; Ctrl-C stops all of it
	$(BIN)/rapidresponse demo

test: .venv/ready-dev ## Run the tests, on SQLite and PostgreSQL
	$(BIN)/python -m tests.run

check: .venv/ready-dev ## Run everything CI runs: format, lint, types, contracts, tests, browser
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/rapidresponse messages check > /dev/null
	$(BIN)/python -m tests.run

fix: .venv/ready-dev ## Format, and repair what can be repaired
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/ready-dev ## Measure the fan-out, receipts, the rate, a halt and the hook here
	$(BIN)/python -m benchmarks.fanout
	$(BIN)/python -m benchmarks.receipts
	$(BIN)/python -m benchmarks.rate
	$(BIN)/python -m benchmarks.halt
	$(BIN)/python -m benchmarks.hook
	$(BIN)/python -m benchmarks.queries
	$(BIN)/python -m benchmarks.texts_in
	$(BIN)/python -m benchmarks.flood

faults: .venv/ready-dev ## Break everything, with 5 seeds on both databases, and count texts
	$(BIN)/python -m tests.faults

fuzz: .venv/ready-dev ## Text the network 20,000 things that nobody would, on both databases
	FUZZ=20000 $(BIN)/python -m pytest -q tests/web/test_any_text.py

pictures: .venv/ready-dev ## Take the pictures of the pages again
	$(BIN)/python -m tests.browser.pictures

lock:       ## Pin every dependency again, with hashes (needs uv)
	uv pip compile -q --generate-hashes --universal --python-version 3.11 --custom-compile-command "make lock" pyproject.toml --group build -o requirements.lock
	uv pip compile -q --generate-hashes --universal --python-version 3.11 --custom-compile-command "make lock" pyproject.toml --group build --group dev -o requirements-dev.lock

migration: .venv/ready-dev ## Write a migration for the models as they are: make migration for="Add consent"
	$(BIN)/python -m rapidresponse.store.migrations.write "$(for)"

clean:      ## Remove what was installed and what practice left behind
	rm -rf .venv var

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch .venv/ready

.venv/ready-dev: .venv/ready requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch .venv/ready-dev
