# Prepares .venv, then hands over to tasks.py: every command is described there.

.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
digest := $(firstword $(shell (sha256sum requirements.lock || shasum -a 256 requirements.lock) 2>/dev/null))
stamp := .venv/.installed-$(digest)
invoke = @.venv/bin/python -m invoke

# A Python that has gone from the system leaves a .venv that points to nothing.
ifeq ($(wildcard .venv/bin/python),)
.PHONY: $(stamp)
endif

.PHONY: help build publish check serve test lint types golden lock clean

help:
	@echo "make build    compile le site dans output/"
	@echo "make serve    compile, sert à http://localhost:8000 et recompile à chaque changement"
	@echo "make check    vérifie le contenu sans compiler"
	@echo "make publish  compile le site à publier, à la date du jour"
	@echo "make test     vérifie tout : style, types, essais"
	@echo "make lint, make types, make golden, make lock, make clean : voir tasks.py"

$(stamp):
	@sh .ci/bootstrap $(stamp)

build check test lint types golden lock clean: $(stamp)
	$(invoke) $@

publish: $(stamp)
	$(invoke) build --publish

serve: $(stamp)
	$(invoke) serve --port $(PORT)
