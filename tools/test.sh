#!/usr/bin/env bash
# Every test, on both databases, each part within a time limit; reports all failures at the end.
set -uo pipefail
cd "$(dirname "$0")/.."
source tools/steps.sh

fast=(pytest -q -n 2 -m "not journey and not golden" -p no:cacheprovider)
# lib knows no database and the tests of the house read code: once is enough
with_database=("${fast[@]}" --ignore=tests/lib --ignore=tests/house)
golden=(pytest -q -n 2 -m golden -p no:cacheprovider)
journeys=(pytest -q -n 2 --dist loadfile -m journey -p no:cacheprovider)

unset DATABASE_URL
# the parts on SQLite follow one another on the same databases, which each leaves empty
KHEO_TEST_DATABASES=$(mktemp -d "${TMPDIR:-/tmp}/kheo-databases-XXXXXX")
export KHEO_TEST_DATABASES
trap 'rm -rf "$KHEO_TEST_DATABASES"' EXIT
step "catalogues compiled" 120 python tools/messages.py
step "fast tests, SQLite" 1200 "${fast[@]}" --reuse-db
step "fast tests, PostgreSQL" 1500 tools/with_postgresql.sh "${with_database[@]}"
step "papers" 400 "${golden[@]}" --reuse-db
step "journeys, SQLite" 1800 "${journeys[@]}" --reuse-db
step "journeys, PostgreSQL" 1500 tools/with_postgresql.sh "${journeys[@]}"

sum_up "make test"
