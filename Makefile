# Thin on purpose: packaging/dev.py does the work, on Windows and macOS too (python packaging/dev.py run).
PYTHON ?= $(shell command -v python3.11 || command -v python3)
DEV = $(PYTHON) packaging/dev.py

.PHONY: run test quick lint bench package samples pictures setup clean

run: ## start the program on a sample; FILE=path opens that record
	@$(DEV) run $(if $(FILE),"$(FILE)")

test: ## the whole suite; ARGS="tests/core -k lead" for a part of it
	@$(DEV) test $(ARGS)

quick: ## style and the fast tests, in half a minute
	@$(DEV) quick $(ARGS)

lint bench package samples pictures setup:
	@$(DEV) $@ $(ARGS)

clean: ## everything that can be made again, except .venv
	rm -rf out build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.json
