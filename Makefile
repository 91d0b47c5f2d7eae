# Prepares .venv, then hands over to plugins/build, whose commands are the tasks of tasks.py.

.DEFAULT_GOAL := aide
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

digest := $(firstword $(shell (sha256sum requirements.lock || shasum -a 256 requirements.lock) 2>/dev/null))
stamp := .venv/.installed-$(digest)
# macOS looks for Homebrew's libraries only where it is told to.
python = DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/usr/local/lib:/usr/lib .venv/bin/python
quote = '$(subst ','\'',$(1))'
# Each NAME=value that make was given: the command takes it, or says that it does not know it.
options = $(foreach name,$(.VARIABLES),$(if $(filter command,$(origin $(name))),$(call quote,$(name)=$(value $(name)))))
run = @$(python) -m plugins.build $(call quote,$@) $(options)

# What has gone from the system, Python or a library, leaves a .venv that is of no use.
ifneq ($(shell $(python) .ci/missing_libraries.py 2>/dev/null || echo python),)
.PHONY: $(stamp)
endif

maintenance = test test-alone bench lint types contracts golden docs lock clean
english = serve check build publish announce letter send export
french = apercu verifier compiler publier annoncer lettre envoyer exporter \
	nouveau enregistrer recevoir annuler

.PHONY: aide help $(french) $(english) $(maintenance)

# A command's text stands in docs/aide/; to read it nothing has to be installed.
text = docs/aide/$(or $(value COMMANDE),commandes).txt
aide:
	@cat $(call quote,$(text)) 2>/dev/null || { \
	echo $(call quote,make aide ne connaît pas « $(value COMMANDE) ». Pour voir toutes les commandes : make) >&2; \
	exit 2; }

help:
	@echo "For editors, in French: make aide. Their commands have English names too:"
	@echo "  make serve, check, build, publish, announce, letter, send, export"
	@echo "For maintainers:"
	@echo "  make test        checks all: style, types, layers, tests"
	@echo "  make test-alone  runs each test file by itself"
	@echo "  make bench       times the build, beside Pelican's and Hugo's"
	@echo "    SIZES=200,2000           with these numbers of articles"
	@echo "    ROUNDS=3                 in as many rounds"
	@echo "    SEED=1                   with other contents for another number"
	@echo "    PROFILE=oui              shows where the time goes, step by step"
	@echo "  make lint, types, contracts, golden, docs, clean: see tasks.py"
	@echo "  make lock        writes requirements.lock anew"
	@echo "    UPGRADE=oui              with the newest versions"

$(stamp):
	@sh .ci/bootstrap $(stamp) >&2

$(french) $(english) $(maintenance): $(stamp)
	$(run)

.DEFAULT:
	@$(MAKE) --silent $(stamp)
	$(run)
