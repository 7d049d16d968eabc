#!/usr/bin/env bash
# Everything that can be told about the code without running it; reports all failures at the end.
set -uo pipefail
cd "$(dirname "$0")/.."
source tools/steps.sh

# settings are loaded here and there; they must not touch the data of whoever works here
KHEO_DATA_DIR=$(mktemp -d)
export KHEO_DATA_DIR
trap 'rm -rf "$KHEO_DATA_DIR"' EXIT

templates() {
    find src -name '*.html' -print0 | xargs -0 djade --check
}
export -f templates

step "lint (ruff)" 120 ruff check .
step "format (ruff)" 120 ruff format --check .
step "templates (djade)" 120 bash -c templates
step "types (mypy)" 600 mypy
step "contracts (import-linter)" 300 lint-imports
step "migrations" 120 python manage.py makemigrations --check --dry-run
step "catalogues" 120 python tools/messages.py --extract

sum_up "make check"
