# make demo   installe l'outil et vérifie un dossier d'exemple
# make test   installe ce qu'il faut et passe toute la suite de tests
# make bench  mesure les temps (rapports entre commandes, sur cette machine)
# make precision  mesure la lecture sur de vraies pièces (CORPUS=dossier) et récrit docs/precision.md
# make fuzz   éprouve chaque lecteur avec des fichiers altérés (SECONDS=120 par format)

.PHONY: demo test bench precision fuzz clean
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
# A name may exist and not run (version managers leave such shims): each candidate is tried, not looked up.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
  $$p -c '$(USABLE)' >/dev/null 2>&1 && { echo $$p; break; }; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

demo: $(VENV)/.demo
	@$(BIN)/achats-check samples/espaces-verts --acheteur samples/profils/region.yaml --echec-si jamais
	@printf '\n%s\n' "Pour vérifier vos pièces : $(BIN)/achats-check DOSSIER (voir docs/guide-acheteur.md)"

# Three workers for two cores: many tests wait for processes that they start, or kill.
test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -n 3

bench: $(VENV)/.test
	@set -e; for script in benchmarks/[!_]*.py; do $(BIN)/python $$script; done

SECONDS ?= 120
fuzz: $(VENV)/.test
	@$(PIP) install -r requirements-fuzz.lock || echo "atheris n'est pas disponible ici : la campagne se fera à l'aveugle." >&2
	@$(BIN)/python tests/fuzz/campaign.py --seconds $(SECONDS)

precision: $(VENV)/.test
	@$(BIN)/python benchmarks/extraction.py --ecrire $(if $(CORPUS),--corpus $(CORPUS))

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .fuzz

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "achats-check : il faut Python 3.11 ou plus récent, avec le module venv (Debian, Ubuntu : paquet python3-venv). Pour en désigner un : make demo PYTHON=/chemin/vers/python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c '$(USABLE)' || { echo "achats-check : $(PYTHON) n'est pas un Python 3.11 ou plus récent avec le module venv." >&2; exit 1; }
	@echo "Création de l'environnement $(VENV)…" >&2
	@"$(PYTHON)" -m venv $(VENV)

$(VENV)/.demo: requirements.lock requirements-build.lock pyproject.toml | $(BIN)/python
	@echo "Installation des versions verrouillées…" >&2
	@$(PIP) install -r requirements.lock -r requirements-build.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements-dev.lock $(VENV)/.demo
	@echo "Installation des outils de test…" >&2
	@$(PIP) install -r requirements-dev.lock
	@touch $@
