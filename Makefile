# make help says what there is. Wants Python 3.11 or newer and make; everything else is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help test check demo docs bench clean

help: ## Say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

test: check ## Run everything: style, types, import direction, tests with a real Neo4j
	@$(BIN)/python -m pytest -n 2 --dist loadfile --durations=20 -m "not neo4j" >$(VENV)/tests.log 2>&1 & others=$$!; \
	echo "tests with a server; those without run beside, and are shown after"; \
	$(BIN)/python -m pytest --durations=20 -m neo4j; servers=$$?; \
	wait $$others; status=$$?; cat $(VENV)/tests.log; exit $$((servers + status))

check: $(VENV)/installed-dev ## Check style, types and import direction only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

demo: $(VENV)/installed ## Simulate a small corpus, load it, find its campaigns, write demo/report.html
	$(BIN)/campaign demo --out demo

docs: $(VENV)/installed-dev ## Build the pages as a site into build/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

bench: $(VENV)/installed-dev ## Measure speed and memory (minutes; by hand)
	$(BIN)/python benchmarks/run.py

clean: ## Remove what was made here: the virtual environment, caches, the demo
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: an installation is repeated when pyproject.toml has changed. The code itself is installed editable. The same
# script installs it in the image.
$(VENV)/installed: pyproject.toml docker/install.sh
	sh docker/install.sh $(PYTHON) $(VENV) -e .
	@touch $@

$(VENV)/installed-dev: pyproject.toml docker/install.sh
	sh docker/install.sh $(PYTHON) $(VENV) -e '.[dev]'
	@touch $@ $(VENV)/installed
