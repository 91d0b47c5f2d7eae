# Prepares .venv, then hands over to tasks.py: every command is described there.

.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
digest := $(firstword $(shell (sha256sum requirements.lock || shasum -a 256 requirements.lock) 2>/dev/null))
stamp := .venv/.installed-$(digest)
# macOS looks for Homebrew's libraries only where it is told to.
python = DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/usr/local/lib:/usr/lib .venv/bin/python
invoke = @$(python) -m invoke

# What has gone from the system, Python or a library, leaves a .venv that is of no use.
ifneq ($(shell $(python) .ci/missing_libraries.py 2>/dev/null || echo python),)
.PHONY: $(stamp)
endif

.PHONY: help build publish check serve test test-alone lint types golden lock clean

help:
	@echo "make build    compile le site dans output/"
	@echo "make serve    compile, sert à http://localhost:8000 et recompile à chaque changement"
	@echo "make check    vérifie le contenu sans compiler"
	@echo "make publish  compile le site à publier, à la date du jour"
	@echo "make test     vérifie tout : style, types, essais"
	@echo "make lint, make types, make test-alone, make golden, make lock, make clean : voir tasks.py"

$(stamp):
	@sh .ci/bootstrap $(stamp)

build check test test-alone lint types golden lock clean: $(stamp)
	$(invoke) $@

publish: $(stamp)
	$(invoke) build --publish

serve: $(stamp)
	$(invoke) serve --port $(PORT)
