PYTHON ?= python3

.venv: .venv/ready
.venv/ready: setup.cfg pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --editable '.[test,lint,bench,llm]'
	mkdir -p .venv/types && ln -sfn ../.. .venv/types/firstyes
	touch $@
.PHONY: .venv
