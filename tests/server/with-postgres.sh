#!/bin/sh
# with-postgres.sh [--durable] PROGRAM [ARGUMENT...]: runs a test with a PostgreSQL of its own, in DURE_TEST_POSTGRES as a URI
# without a database. It listens on a socket in a directory that goes with it, whatever becomes of the test.
# Ends with 77, skipped, where no PostgreSQL is installed. --durable keeps it on the disk of the temporary directory and
# waits for that disk, as a city's would: for measurements.
set -eu

durable=
[ "$1" = --durable ] && { durable=yes; shift; }

bin=
for directory in /usr/local/bin /usr/bin /usr/lib/postgresql/*/bin; do
  [ -x "$directory/initdb" ] && [ -x "$directory/pg_isready" ] && bin=$directory
done
[ -n "$bin" ] || { echo "PostgreSQL is not installed"; exit 77; }

# Memory rather than disk, where there is some.
place=
[ -n "$durable" ] || place=$(mktemp -d /dev/shm/dure-pg-XXXXXX 2>/dev/null) || :
[ -n "$place" ] || place=$(mktemp -d)
quick="-c fsync=off -c full_page_writes=off -c autovacuum=off -c max_wal_size=64MB"
[ -z "$durable" ] || quick=
server=
program=
finish () {
  [ -z "$program" ] || kill -KILL -- "-$program" 2>/dev/null || :
  if [ -n "$server" ]; then
    kill -QUIT "$server" 2>/dev/null || :
    wait "$server" 2>/dev/null || :
  fi
  rm -rf "$place"
}
trap finish EXIT
trap 'exit 143' HUP INT TERM

# PostgreSQL does not run as root.
as=
if [ "$(id -u)" = 0 ]; then
  user=nobody
  id postgres >/dev/null 2>&1 && user=postgres
  chown "$user" "$place"
  as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups --pdeathsig QUIT"
fi
cd "$place"
# shellcheck disable=SC2086
$as "$bin/initdb" -D "$place/data" -U dure -A trust -E UTF8 --locale=C --no-sync --wal-segsize=1 \
  >"$place/initdb.log" 2>&1 </dev/null || { cat "$place/initdb.log" >&2; exit 1; }
# shellcheck disable=SC2086
$as "$bin/postgres" -D "$place/data" -k "$place" -c listen_addresses= $quick \
  -c jit=off -c shared_buffers=32MB >"$place/server.log" 2>&1 </dev/null &
server=$!
tries=0
until "$bin/pg_isready" -q -h "$place" -U dure; do
  tries=$((tries + 1))
  [ "$tries" -lt 200 ] && kill -0 "$server" 2>/dev/null || { cat "$place/server.log" >&2; exit 1; }
  sleep 0.05
done
cd - >/dev/null

# In a session of its own, so that what it leaves behind when it fails is ended, too.
status=0
DURE_TEST_POSTGRES="postgres:postgresql://dure@/?host=$place" setsid "$@" &
program=$!
wait "$program" || status=$?
exit "$status"
