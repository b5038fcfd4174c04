# Needs Python 3.11 or newer with venv, git and make; the rest is installed into .venv.
PYTHON ?= python3
PYTEST_ARGS ?=
# Small tests go where there is room.
SPREAD := --numprocesses=auto --dist=worksteal
# A file's tests share what they build, so they stay in one process, in the order of tests/gears.py; one process more
# than there are cores, since a test in a browser waits for it half of its time. The site is built once a run.
SHARED := --numprocesses=$(shell expr $$(getconf _NPROCESSORS_ONLN) + 1) --dist=loadfile --no-loadscope-reorder
UV_VERSION := 0.13.9

BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CHECKERS := tests/checkers
NPM := $(BIN)/npm --prefix $(CHECKERS)
LINTS := lint-types lint-python lint-theme

# Silences the banner about MkDocs 2 on every build.
export NO_MKDOCS_2_WARNING := 1
# Ace by DAISY drives the browser that the tests have, and would fetch one of its own.
export PUPPETEER_SKIP_DOWNLOAD := 1
# Where the environment forbids it, each of a hundred processes of the tests would compile our modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: site intake archive parquet guide unit test lint $(LINTS) unchanged audit orca statement bench fuzz check lock clean
# A half-made venv must not count as made.
.DELETE_ON_ERROR:

site: .venv/site.stamp
	$(BIN)/report-site build

# What `report-site new --source report.pdf` (or .docx) needs beside the rest.
intake: .venv/intake.stamp

# What `report-site archive` needs beside the rest.
archive: .venv/archive.stamp

# What `data: {parquet: true}` in report.yml needs beside the rest.
parquet: .venv/parquet.stamp

# The guide for editors, to build/guide. Its screenshots are committed: `PYTHONPATH=scripts python -m user_guide pictures`.
guide: .venv/site.stamp
	PYTHONPATH=scripts $(BIN)/python -m user_guide

# --- three gears: what a change can break at once, all that it can break, every page in every way ---

# Neither browser nor Node.js nor Java: within a minute.
unit: .venv/test.stamp
	$(BIN)/pytest --gear=unit $(SPREAD) $(PYTEST_ARGS)

# What has to be green before every commit.
test: .venv/test.stamp $(CHECKERS)/node_modules/.package-lock.json
	@$(MAKE) --no-print-directory --jobs=2 $(LINTS) unchanged
	scripts/run_gear.sh test $(SHARED) $(PYTEST_ARGS)

# Every page, language, scheme, width and engine, and Lighthouse; what `test` has run isn't run again.
audit: .venv/test.stamp $(CHECKERS)/node_modules/.package-lock.json
	scripts/run_gear.sh audit $(SHARED) $(PYTEST_ARGS)

# The tasks of a reader as Orca speaks them, in both languages; what was heard goes to build/orca/. ORCA_ARGS=--renew-transcripts keeps it.
orca: .venv/test.stamp
	scripts/run_orca.sh $(ORCA_ARGS)

# What `make test` and `make audit` found goes into accessibility/results.json, and from there into the pages about accessibility.
statement: .venv/test.stamp
	PYTHONPATH=tests $(BIN)/python -m statement build/earl/*.json
	$(BIN)/report-site convert

lint: .venv/test.stamp $(CHECKERS)/node_modules/.package-lock.json
	@$(MAKE) --no-print-directory --jobs=2 $(LINTS)

# Two at a time: types take as long as all others.
lint-types:
	$(BIN)/mypy --strict

lint-python:
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

lint-theme:
	$(BIN)/djlint overrides --lint --quiet
	PATH="$(CURDIR)/$(BIN):$$PATH" $(NPM) run --silent lint

# docs/ is what report/ gives.
unchanged:
	$(BIN)/report-site convert --check

# Ten minutes of mutated sources: no crash, no lost line. `make fuzz FUZZ_ARGS="--seed 7 --minutes 1"` repeats and shortens.
fuzz: .venv/test.stamp
	$(BIN)/python tests/fuzz.py $(FUZZ_ARGS)

check: site
	$(BIN)/report-site check

# Ratios of time and memory; no test. BENCH="1 10" is one run, with ten times the report at the most.
bench: .venv/bench.stamp
	$(BIN)/python benchmarks/bench.py $(BENCH)

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0] + ": make PYTHON=...")'
	$(PYTHON) -m venv .venv

# Without isolation: the build would otherwise fetch a setuptools that no lock names.
.venv/site.stamp: .venv/pyvenv.cfg requirements.lock pyproject.toml
	scripts/install_locked.sh "site" 430 requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --check-build-dependencies --editable .
	@touch $@

.venv/intake.stamp: .venv/site.stamp requirements-intake.lock
	scripts/install_locked.sh "intake of PDF and Word" 250 requirements-intake.lock
	@touch $@

.venv/archive.stamp: .venv/site.stamp requirements-archive.lock
	scripts/install_locked.sh "archive" 280 requirements-archive.lock
	@touch $@

.venv/parquet.stamp: .venv/site.stamp requirements-parquet.lock
	scripts/install_locked.sh "parquet" 35 requirements-parquet.lock
	@touch $@

.venv/bench.stamp: .venv/site.stamp requirements-bench.lock
	scripts/install_locked.sh "pandoc for the benchmarks" 160 requirements-bench.lock
	@touch $@

.venv/test.stamp: .venv/site.stamp requirements-test.lock
	scripts/install_locked.sh "tests" 820 requirements-test.lock
	@touch $@

$(CHECKERS)/node_modules/.package-lock.json: $(CHECKERS)/package-lock.json .venv/test.stamp
	@echo "checkers: $$(grep -c '"node_modules/' $(CHECKERS)/package-lock.json) npm packages, about 350 MB on disk"
	$(NPM) ci --loglevel=error
	@du -sm $(CHECKERS)/node_modules | awk '{print "checkers: done, " $$1 " MB"}'
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
	$$compile pyproject.toml --extra archive --constraints requirements.lock --output-file requirements-archive.lock && \
	$$compile pyproject.toml --extra parquet --constraints requirements.lock --output-file requirements-parquet.lock && \
	$$compile pyproject.toml --extra bench --constraints requirements.lock --output-file requirements-bench.lock && \
	$$compile pyproject.toml --extra test --constraints requirements.lock --output-file requirements-test.lock
	$(MAKE) .venv/test.stamp
	$(NPM) install --package-lock-only --loglevel=error

clean:
	rm -rf .venv site build $(CHECKERS)/node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	rm -rf scripts/*.egg-info
	find scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
