# Everything that one does with this repository. `make help` lists it.

export PORT ?= 8000

.PHONY: run test check bench soak lock help

run: export CLASSROOM_ENV = development
run: ## serve on http://127.0.0.1:8000 (PORT=) with demo people; the first time, install what is needed
	@.ci/environment requirements.lock
	@.venv/bin/classroom db upgrade
	@.venv/bin/classroom demo fill
	@exec .venv/bin/classroom serve

test: ## everything that the CI checks
	@.ci/environment requirements-dev.lock
	@.ci/tools
	@.venv/bin/python .ci/checks.py all

check: ## the quick part of it, under half a minute
	@.ci/environment requirements-dev.lock
	@.venv/bin/python .ci/checks.py quick

bench: ## figures, as ratios to bare pages; a table, bench/latest.json, and an error when a gate is missed
	@.ci/environment requirements-dev.lock
	@.ci/tools
	@.venv/bin/python -m bench.run $(ARGS)

soak: ## the long runs: rushes and kills; figures go to docs/performance.md
	@.ci/environment requirements-dev.lock
	@.venv/bin/python -m bench.soak $(ARGS)

lock: ## work out the lock files anew from pyproject.toml (needs uv)
	@.ci/lock

help: ## this list
	@awk -F ': ## ' '/^[a-z]+: ## / { printf "  make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
