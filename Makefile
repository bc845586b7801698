# Every command is a script that needs no make: `make demo` is scripts/demo.sh.
.PHONY: help demo test lint setup lock bench clean

help:  ## what there is
	@sed -n 's/^\([a-z]*\):  ## /  make \1	/p' Makefile

demo:  ## the main job on an example world, from a refusal to a signed rider
	@scripts/demo.sh

test:  ## everything that CI checks
	@scripts/test.sh

lint:  ## of that, only what can be read from the source
	@scripts/test.sh lint

setup:  ## the environment in .venv and the native libraries
	@scripts/setup.sh

lock:  ## requirements.txt and requirements-dev.txt anew from pyproject.toml
	@scripts/lock.sh

bench:  ## how long a cold check, a document and a whole schedule take, as ratios
	@scripts/setup.sh && .venv/bin/python bench/cold_start.py && .venv/bin/python bench/documents.py && \
		.venv/bin/python bench/schedule.py

clean:  ## what the above left behind
	rm -rf .venv demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
