#!/usr/bin/env bash
# Runs a command with DATABASE_URL pointing at a PostgreSQL of its own, which is gone afterwards.
set -euo pipefail

[ $# -gt 0 ] || { echo "usage: with_postgresql.sh COMMAND…" >&2; exit 2; }

# Debian keeps the programs of each version apart and off the PATH
initdb=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1 || true)
initdb=${initdb:-$(command -v initdb || true)}
[ -n "$initdb" ] || { echo "PostgreSQL is not installed (initdb is missing)" >&2; exit 1; }
programs=$(dirname "$initdb")

home=$(mktemp -d "${TMPDIR:-/tmp}/kheo-postgresql-XXXXXX")
as_owner=()
if [ "$(id -u)" -eq 0 ]; then
    # PostgreSQL refuses to run as root; Debian's package brings this user
    owner=postgres
    id "$owner" >/dev/null 2>&1 || owner=nobody
    chown "$owner" "$home"
    as_owner=(runuser -u "$owner" --)
fi
cluster=$home/cluster

stop() {
    if [ -f "$cluster/postmaster.pid" ]; then
        "${as_owner[@]}" "$programs/pg_ctl" -D "$cluster" -m immediate -w -t 30 stop >/dev/null || true
    fi
    rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT TERM

cd "$home"
"${as_owner[@]}" "$programs/initdb" -D "$cluster" -U kheo --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --no-sync >"$home/initdb.log" 2>&1 || { cat "$home/initdb.log" >&2; exit 1; }

# what is written here is thrown away, so nothing waits for the disk
options="-c listen_addresses=127.0.0.1 -c unix_socket_directories=$home -c fsync=off
    -c synchronous_commit=off -c full_page_writes=off -c max_connections=100
    -c shared_buffers=${KHEO_PG_BUFFERS:-256MB} -c jit=off"
for _attempt in 1 2 3; do
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    # shellcheck disable=SC2086 # pg_ctl takes the options as one string
    if "${as_owner[@]}" "$programs/pg_ctl" -D "$cluster" -l "$home/log" -w -t 60 \
        -o "$(echo $options) -p $port" start >/dev/null; then
        break
    fi
    [ "$_attempt" -lt 3 ] || { cat "$home/log" >&2; exit 1; }
done
cd - >/dev/null
"${as_owner[@]}" "$programs/createdb" -h 127.0.0.1 -p "$port" -U kheo kheo

DATABASE_URL="postgres://kheo@127.0.0.1:$port/kheo" "$@"
