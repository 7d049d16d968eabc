#!/usr/bin/env bash
# Sees to it that the programs the tests drive are there; as root on Debian it installs them.
set -euo pipefail

# a program that each package brings (PostgreSQL's own are not on the PATH)
declare -A package_of=(
    [chromium]=chromium
    [soffice]="libreoffice-writer libreoffice-calc"
    [pdftoppm]=poppler-utils
    [msgfmt]=gettext
    [initdb]=postgresql
)

is_there() {
    command -v "$1" >/dev/null || compgen -G "/usr/lib/postgresql/*/bin/$1" >/dev/null
}

missing=()
for program in "${!package_of[@]}"; do
    # shellcheck disable=SC2206 # one entry may name two packages
    is_there "$program" || missing+=(${package_of[$program]})
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests need these Debian packages: ${missing[*]}" >&2
    echo "Install them with: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
timeout 300 apt-get update -qq </dev/null
timeout 900 apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >/dev/null
