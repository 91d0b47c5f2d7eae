# Prepares .venv, then hands over to plugins/build, whose commands are the tasks of tasks.py.

.DEFAULT_GOAL := help
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

.PHONY: help serve check build publish announce letter send export test test-alone lint types contracts golden docs bench lock clean

help:
	@echo "Écrire et publier"
	@echo "  make serve       montre le site et suit chaque changement"
	@echo "    PORT=8001                à un autre port que 8000"
	@echo "  make check       vérifie le contenu sans compiler"
	@echo "    MEND=oui                 corrige ce qui n’a qu’une forme possible"
	@echo "    FILES=content/pages      avis de ce dossier, ou de fichiers, seuls"
	@echo "    STAGED=oui               avis des fichiers que git va enregistrer"
	@echo "    FORMAT=json              ou github, gitlab : les fautes pour une machine"
	@echo "  make build       compile le site dans output/"
	@echo "  make publish     compile le site à publier, à la date du jour"
	@echo "    SITEURL=https://…        à cette adresse"
	@echo "  make announce    prévient le concentrateur des flux, une fois le site en ligne"
	@echo ""
	@echo "Envoyer la lettre, ici le numéro 1"
	@echo "  make letter N=1  prépare courriel, texte, PDF et message dans exports/"
	@echo "  make send N=1    montre ce qui partirait à la liste, et ce qui reste à régler"
	@echo "    TEST=boite@exemple.fr    à cette boîte, comme essai, au lieu de la liste"
	@echo "    CONFIRM=oui              envoie ; sans cela, rien ne part"
	@echo "    AGAIN=oui                à la liste, une fois de plus"
	@echo "  make export N=1  prépare dans exports/ ce que prend un autre outil d’envoi"
	@echo "    FOR=listmonk             ou brevo, zip"
	@echo "    LISTS=3,4                numéros des listes de l’outil"
	@echo "    INLINE=oui               images dans le HTML, au lieu du site"
	@echo ""
	@echo "Entretenir le code"
	@echo "  make test        vérifie tout : style, types, couches, essais"
	@echo "  make test-alone  passe chaque fichier d’essai à part"
	@echo "  make bench       mesure la compilation, à côté de Pelican et de Hugo"
	@echo "    SIZES=200,2000           avec ces nombres d’articles"
	@echo "    ROUNDS=3                 en autant de tours"
	@echo "    SEED=1                   avec d’autres contenus pour un autre nombre"
	@echo "    PROFILE=oui              montre où passe le temps, étape par étape"
	@echo "  make lint, types, contracts, golden, docs, clean : voir tasks.py"
	@echo "  make lock        réécrit requirements.lock"
	@echo "    UPGRADE=oui              avec les versions les plus récentes"

$(stamp):
	@sh .ci/bootstrap $(stamp) >&2

serve check build publish announce letter send export test test-alone lint types contracts golden docs bench lock clean: $(stamp)
	$(run)

.DEFAULT:
	@$(MAKE) --silent $(stamp)
	$(run)
