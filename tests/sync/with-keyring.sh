#!/bin/sh
# with-keyring.sh PROGRAM [ARGUMENT...]: runs a test on a session bus of its own with a GNOME Keyring of its own, open,
# in a home that goes with it. Ends with 77, skipped, where they are not installed.
set -eu

command -v dbus-run-session >/dev/null && command -v gnome-keyring-daemon >/dev/null || { echo "no keyring"; exit 77; }
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -m 700 "$home/run"
status=0
HOME=$home XDG_DATA_HOME=$home/data XDG_RUNTIME_DIR=$home/run XDG_CONFIG_HOME=$home/config \
  dbus-run-session -- sh -c '
    printf password | gnome-keyring-daemon --unlock --foreground --components=secrets >/dev/null 2>&1 &
    daemon=$!
    status=0
    "$@" || status=$?
    kill "$daemon" 2>/dev/null || :
    exit "$status"' sh "$@" || status=$?
exit "$status"
