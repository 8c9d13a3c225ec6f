# Two commands on a fresh machine: make run, make test.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
BUILD := build

.PHONY: run test bench gallery clean setup lint types lock
.DELETE_ON_ERROR:

run: setup
	$(PY) installer/first_run.py

setup: $(VENV)/ready resources/locale/zh_CN/LC_MESSAGES/lantai.mo

$(VENV)/ready: requirements.lock installer/system-packages.sh
	installer/system-packages.sh
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(PY) -m compileall -q desktop models views  # the walled worker writes nothing, so nobody else would ever compile what it alone imports
	touch $@

resources/locale/zh_CN/LC_MESSAGES/lantai.mo: $(wildcard resources/locale/zh_CN/*.po) installer/compile_locale.py | $(VENV)/ready
	$(PY) installer/compile_locale.py

lint: setup
	$(PY) -m ruff check .

types: setup
	$(PY) -m mypy

test: setup
	installer/system-packages.sh --test
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 0 -q  # in the order of tests/conftest.py; a crash ends it

bench: setup
	installer/system-packages.sh --bench
	$(PY) benchmarks/run.py

gallery: setup
	$(PY) installer/gallery.py $(BUILD)/gallery

lock:
	uv pip compile --group dev pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-annotate --no-header -o requirements.lock

clean:
	rm -rf $(BUILD) $(VENV) .mypy_cache .ruff_cache .pytest_cache resources/locale/*/LC_MESSAGES
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
