# huiqi: every command a developer needs. `make help` lists them.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check

# Chinese text in sources, data and output: UTF-8 whatever the shell's locale is.
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test lint types bench clean

help: ## list the targets
	@sed -n 's/^\([a-z][a-z]*\):.*## \(.*\)$$/  make \1	\2/p' Makefile

# The runtime (and the build backend the editable install needs), pinned and hashed.
$(VENV)/.run-ok: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# What tests, lint, types and benchmarks need on top of it.
$(VENV)/.dev-ok: $(VENV)/.run-ok requirements-dev.txt
	$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

run: $(VENV)/.run-ok ## serve the web page and print its address
	@$(BIN)/huiqi serve

test: $(VENV)/.dev-ok ## run the tests
	$(BIN)/pytest

lint: $(VENV)/.dev-ok ## check style, format, import layers and the policy data
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/huiqi lint

types: $(VENV)/.dev-ok ## check the types
	$(BIN)/mypy

bench: $(VENV)/.dev-ok ## run the benchmarks
	$(BIN)/pytest tests/benchmarks -s

clean: ## remove the environment, caches and build output
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -path ./.git -prune -o -type d -name __pycache__ -exec rm -rf {} +
