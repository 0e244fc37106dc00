# Everything here works in a fresh clone, whatever its folder is called, and needs
# Python >= 3.11 with venv, git, make and a package index.

PYTHON ?= python3
BIN := .venv/bin
SAMPLE := sample/sample_data.json

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run demo twilio test lint types format bench count score simulate screenshots prove tables clean .venv FORCE

help: ## this list
	@awk -F ':.*## ' '/^[a-z.]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/base ## serve on 127.0.0.1:8080 with the sample data and simulated phones
	$(BIN)/firstyes serve --load $(SAMPLE) --soon

demo: .venv/base ## play three shifts in the terminal, from the call-off to the yes or the alarm
	@$(BIN)/firstyes demo

twilio: .venv/ready ## a server that speaks Twilio's protocol, on 127.0.0.1:8090; others: ARGS="--port 9000"
	@cd tests && ../$(BIN)/python -m twilio_server $(ARGS)

# Two at a time, because many tests wait for a disk or for another process; whoever has nothing left takes from the other.
# Each of the many processes that tests start would compile all our code anew where nothing compiled may be kept.
test: export PYTHONDONTWRITEBYTECODE =
test: .venv/ready ## every test; fails when a branch of domain/ is not tried
	@rm -f .coverage .coverage.*
	$(BIN)/pytest tests -n 2 --dist worksteal --cov --cov-report= --record=var/evidence/tests.json
	@echo "domain/, every branch:"
	@$(BIN)/coverage report --fail-under=100 --show-missing --skip-covered

lint: .venv/ready ## ruff, its formatter, and strict types
	@verdict=0; \
	$(BIN)/ruff check . || verdict=1; \
	$(BIN)/ruff format --check . || verdict=1; \
	$(MAKE) --no-print-directory types || verdict=1; \
	exit $$verdict

# mypy names files by the link it finds them under; cut off, they can be opened with a click.
types: .venv/ready
	@$(BIN)/mypy .venv/types/firstyes tests > .venv/types.log 2>&1; verdict=$$?; \
	sed 's,^\.venv/types/firstyes/,,' .venv/types.log; exit $$verdict

format: .venv/ready ## let ruff put the code in order
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

bench: .venv/ready ## an hour and ten minutes (ARGS="--quick": minutes): firstyes beside a bare route and beside the classic design
	cd tests && ../$(BIN)/python -m bench $(ARGS)

score: .venv/ready ## how well replies are read, on the repository's own labelled replies
	cd tests && ../$(BIN)/python -m bench.score $(ARGS)

count: .venv/ready ## how much code there is, and how much of it a winning yes goes through
	cd tests && ../$(BIN)/python -m bench.counts

simulate: .venv/ready ## a year of an agency, checked at every step; others: ARGS="--seed 2 --years 3"
	cd tests && ../$(BIN)/python -m simulation $(ARGS)

screenshots: .venv/ready ## pictures of every page of the console, in var/screenshots; needs a Chromium
	cd tests && ../$(BIN)/python -m browser.screenshots ../var/screenshots $(ARGS)

prove: .venv/ready ## the whole evidence, gathered anew; says first how long it will take
	cd tests && ../$(BIN)/python -m evidence $(ARGS)

tables: .venv/ready ## docs/faults.md and docs/promises.md, with the results of the last make test and make prove
	cd tests && ../$(BIN)/python -m evidence.tables --take

clean: ## remove what make made; the journal under var/ stays
	rm -rf .venv build dist *.egg-info .coverage .coverage.* htmlcov \
	  .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv: .venv/ready ## the virtual environment, with all that tests, lint and bench need

# Two steps, so that `make run` fetches only what the service itself needs.
.venv/base: setup.cfg
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "firstyes needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Name another one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) has no venv module. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@test "$$(cat $@ 2>/dev/null || echo '$(CURDIR)')" = '$(CURDIR)' || rm -rf .venv
	@echo "Installing firstyes into .venv (once)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@mkdir -p .venv/types && ln -sfn ../.. .venv/types/firstyes
	@echo '$(CURDIR)' > $@

.venv/ready: .venv/base
	@echo "Installing what tests, lint and bench need into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,lint,bench,llm]'
	@touch $@

# A virtual environment holds absolute paths: in a clone that was moved or copied it is made anew.
ifneq ($(wildcard .venv/base),)
ifneq ($(shell cat .venv/base),$(CURDIR))
.venv/base: FORCE
endif
endif
