# Everything runs in .venv, which is made from requirements.lock when it is first needed.
# Only Python 3.11 or later (with venv) and make have to be there.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
OUT    ?= out
INPUT  ?= $(sort $(wildcard fixtures/*/input*))

PACKAGES := schemas extract normalize audit ingest xiada
BENCHES  := $(subst /,.,$(patsubst %/__main__.py,%,$(sort $(wildcard benchmarks/*/__main__.py))))
LINTED   := $(PACKAGES) tests benchmarks examples

.DEFAULT_GOAL := help
.PHONY: help run test check format accept bench soak lock clean

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 16

run: $(READY) ## turn the example notices into tables in out/ and show what came of them
	@$(BIN)/xiada extract $(INPUT) --output $(OUT) --format csv,xlsx || test $$? -eq 3
	@$(BIN)/python -m examples.show $(OUT)

test: check ## check, then run all tests
	$(BIN)/python -m pytest

check: $(READY) ## style, types, and which package may import which
	$(BIN)/ruff check $(LINTED)
	$(BIN)/ruff format --check $(LINTED)
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## put the style right where a program can
	$(BIN)/ruff check --fix $(LINTED)
	$(BIN)/ruff format $(LINTED)

accept: $(READY) ## show how results differ from the expected tables; YES=1 then overwrites those
	$(BIN)/python -m tests.golden $(if $(YES),--accept,--show)

soak: $(READY) ## run the nightly job on thousands of documents and kill it again and again (an hour)
	$(BIN)/python -m benchmarks.soak.run

bench: $(READY) ## measure accuracy, speed and memory, beside other programs
	@for bench in $(BENCHES); do $(BIN)/python -m $$bench || exit 1; done

lock: $(READY) ## resolve requirements.lock again; UPGRADE=1 takes the newest versions
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --group dev \
	  --no-emit-index-url --no-annotate --custom-compile-command "make lock" \
	  $(if $(UPGRADE),--upgrade) pyproject.toml --output-file requirements.lock

clean: ## remove the environment, results and caches
	rm -rf $(VENV) $(OUT) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@
