# `make publish` and `make test` need nothing else to be done first; `make help` lists the rest.
#
# Set-up leaves stamps in .stamps/. Those of packages carry a checksum of what they depend on in
# their name; that of the program is compared with the sources by time. When nothing changed,
# neither apt nor the compiler is called, nor is anything printed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PREFIX := /usr/local
ARGS :=
# Recipes take them from the environment, whatever letters are in them.
export PREFIX DESTDIR

# cron's PATH has no toolchain in it: the usual places of one come last.
export PATH := $(PATH):/usr/local/bin:/usr/bin:/bin:$(HOME)/.local/share/swiftly/bin:$(HOME)/.swiftly/bin$(subst $() ,,$(addprefix :,$(wildcard /opt/swift*/usr/bin /usr/local/swift*/usr/bin)))

checksum = $(shell cat $(1) /etc/os-release 2>/dev/null | cksum | cut -d ' ' -f 1)
PACKAGES := .stamps/packages-$(call checksum,Scripts/setup)
PYTHON := .stamps/python-$(call checksum,Scripts/setup Scripts/python Tests/requirements.txt)
ENGINES := .stamps/engines-$(call checksum,Scripts/setup Scripts/python Engines/requirements.txt)
BENCH := .stamps/bench-$(call checksum,Scripts/setup Scripts/python Benchmarks/requirements.txt)
PROGRAM := .build/release/tidemark
BUILT := .stamps/built
# Folders too: a file that is gone changes its folder.
SOURCES := Package.swift $(shell find Sources ! -name '.*')

.PHONY: publish test engines test-engines check build serve bench fuzz faults kills install format lint clean help FORCE

publish: ## Take the due snapshots, build the site, upload it: what cron runs. ARGS="--window.top 5"
	@exec Scripts/publish $(ARGS)

test: $(PACKAGES) $(PYTHON) ## Run every test. ARGS="--filter SettingsTests"
	@Scripts/test $(ARGS)

engines: $(PACKAGES) $(ENGINES)
	@:

test-engines: $(PACKAGES) $(PYTHON) $(ENGINES) ## Count on a cluster of Spark's on this machine; 500 MB of packages.
	@TIDEMARK_ENGINES=all Scripts/test --filter SparkStoryTests $(ARGS)

check: lint test ## Lint and test, warnings as errors: run it before a commit.

build: $(BUILT) ## Build the program.
	@:

serve: $(BUILT) ## Preview public/ in a browser. ARGS="--port 0"
	@exec $(PROGRAM) serve $(ARGS)

bench: $(BUILT) $(BENCH) ## Measure: print the tables of Benchmarks/.
	@for script in Benchmarks/*; do [ -d "$$script" ] || [ ! -x "$$script" ] || "$$script"; done

fuzz: $(PACKAGES) ## Look for inputs that break the rules in Fuzzing/. ARGS="-max_total_time=600"
	@Scripts/fuzz $(ARGS)

faults: $(BUILT) $(PYTHON) ## Meet every fault of bucket and network, then make kills.
	@TIDEMARK_FAULTS=all Scripts/test --filter "FaultTests|JetstreamFaultsTests|ProxyFaultTests"
	@Scripts/kills $(ARGS)

kills: $(BUILT) ## Kill a thousand publishes, and let calls fail in as many. ARGS="failures folder 100 7"
	@Scripts/kills $(ARGS)

install: $(BUILT) ## Copy the program and its templates below PREFIX (/usr/local).
	@install -D -m 755 $(PROGRAM) "$$DESTDIR$$PREFIX/bin/tidemark"
	@rm -rf "$$DESTDIR$$PREFIX/share/tidemark/Templates"
	@to=$$(realpath -m -- "$$DESTDIR$$PREFIX") && cd Templates && find . -type f -exec \
	    install -D -m 644 {} "$$to/share/tidemark/Templates/{}" \;
	@install -D -m 644 -t "$$DESTDIR$$PREFIX/share/tidemark/Engines/spark" Engines/spark/tidemark_job.py

format: ## Format the sources.
	@swift format format --in-place --recursive Package.swift Sources Tests Fuzzing

lint: ## Check the format of the sources.
	@swift format lint --strict --recursive Package.swift Sources Tests Fuzzing

clean: ## Remove what make made; archive/, public/ and tidemark.yaml stay.
	@rm -rf .build .stamps .venv .venv-bench .venv-engines

help: ## List the targets.
	@awk -F ': .*## |: ## ' '/^[a-z-]+: .*## /{ printf "make %-12s %s\n", $$1, $$2 }' Makefile

$(PACKAGES):
	@./setup swift
	@Scripts/once $@ Scripts/quietly "Installing packages" Scripts/setup build

$(PYTHON): $(if $(wildcard .venv/bin/python),,FORCE)
	@Scripts/once $@ Scripts/quietly "Preparing Python for the tests" Scripts/python test

$(ENGINES): $(if $(wildcard .venv-engines/bin/python),,FORCE)
	@Scripts/once $@ Scripts/quietly "Preparing Python for the engines" Scripts/python engines

$(BENCH): $(if $(wildcard .venv-bench/bin/python),,FORCE)
	@Scripts/once $@ Scripts/quietly "Preparing what to compare with" Scripts/python bench

$(BUILT): $(PACKAGES) $(SOURCES) $(if $(wildcard $(PROGRAM)),,FORCE)
	@./setup swift
	@Scripts/once $@ Scripts/quietly "Building tidemark" \
	    swift build -c release --product tidemark --static-swift-stdlib -Xlinker -s
	@ln -f $(PROGRAM) .stamps/tidemark
