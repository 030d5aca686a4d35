# Antragswerk: everything a person types; the work is done by scripts/.
.DEFAULT_GOAL := help
.PHONY: help run test check format bench token lock

help: ## Diese Übersicht zeigen
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: ## Den Probebetrieb einrichten und starten (PORT=8123 für einen anderen Port)
	@scripts/run

test: ## Alle Tests ausführen (ARGS="tests/unit -k frist" für einzelne)
	@scripts/test $(ARGS)

check: ## Format, Regeln, Typen, Importe und Vorlagen prüfen
	@scripts/check

format: ## Quelltexte und Vorlagen formatieren
	@scripts/format

bench: ## Messen, wie schnell alles ist
	@scripts/bench

token: ## Ein Zugriffstoken des Probebetriebs ausgeben (PERSONA=citizen)
	@scripts/token "$(PERSONA)"

lock: ## Die Versionen aller Pakete neu festschreiben
	@scripts/lock
