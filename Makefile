# Needs Python 3.11 or newer with venv, git and make; the rest is installed into .venv.
PYTHON ?= python3
# A file's tests stay in one process, so that it builds its site once.
PYTEST_ARGS ?= --numprocesses=auto --dist=loadfile
UV_VERSION := 0.13.9

BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CHECKERS := tests/checkers
NPM := $(BIN)/npm --prefix $(CHECKERS)

# Silences the banner about MkDocs 2 on every build.
export NO_MKDOCS_2_WARNING := 1

.PHONY: site intake test check bench lock clean
# A half-made venv must not count as made.
.DELETE_ON_ERROR:

site: .venv/site.stamp
	$(BIN)/report-site build

# What `report-site new --source report.pdf` (or .docx) needs beside the rest.
intake: .venv/intake.stamp

test: .venv/test.stamp $(CHECKERS)/node_modules/.package-lock.json
	scripts/ensure_browser.sh
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict
	$(BIN)/lint-imports
	$(BIN)/report-site convert --check
	$(BIN)/pytest $(PYTEST_ARGS)

check: site
	$(BIN)/report-site check

# Ratios of time and memory; no test. BENCH="1 10" is one run, with ten times the report at the most.
bench: .venv/site.stamp
	$(BIN)/python benchmarks/bench.py $(BENCH)

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0] + ": make PYTHON=...")'
	$(PYTHON) -m venv .venv

# Without isolation: the build would otherwise fetch a setuptools that no lock names.
.venv/site.stamp: .venv/pyvenv.cfg requirements.lock pyproject.toml
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --check-build-dependencies --editable .
	@touch $@

.venv/intake.stamp: .venv/site.stamp requirements-intake.lock
	$(INSTALL) --require-hashes -r requirements-intake.lock
	@touch $@

.venv/test.stamp: .venv/site.stamp requirements-test.lock
	$(INSTALL) --require-hashes -r requirements-test.lock
	@touch $@

$(CHECKERS)/node_modules/.package-lock.json: $(CHECKERS)/package-lock.json .venv/test.stamp
	$(NPM) ci --loglevel=error
	@touch $@

# One lock for every platform and Python from 3.11 on. `make lock LOCK_ARGS=--upgrade` renews what we don't pin.
lock:
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && \
	$(PYTHON) -m venv "$$tools" && \
	"$$tools/bin/python" -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION) && \
	compile="$$tools/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group build $(LOCK_ARGS)" && \
	export UV_CUSTOM_COMPILE_COMMAND='make lock' && \
	$$compile pyproject.toml --output-file requirements.lock && \
	$$compile pyproject.toml --extra intake --constraints requirements.lock --output-file requirements-intake.lock && \
	$$compile pyproject.toml --extra test --constraints requirements.lock --output-file requirements-test.lock
	$(MAKE) .venv/test.stamp
	$(NPM) install --package-lock-only --loglevel=error

clean:
	rm -rf .venv site build $(CHECKERS)/node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	rm -rf scripts/*.egg-info
	find scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
