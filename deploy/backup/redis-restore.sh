#!/usr/bin/env bash
# Makes a data folder of a backup, for a Redis that is not running: redis-restore.sh FILE FOLDER
# The folder must be empty. A server that is started on it with `appendonly yes` has what the backup had; without this step it would see no
# append-only file and start with nothing.
set -euo pipefail

file=${1:?usage: redis-restore.sh FILE FOLDER}
folder=${2:?usage: redis-restore.sh FILE FOLDER}
seconds=${RESTORE_SECONDS:-600}

server=$(command -v valkey-server || command -v redis-server)
cli=$(command -v valkey-cli || command -v redis-cli)

[[ -f $file ]] || { echo "There is no $file" >&2 && exit 1; }
mkdir -p "$folder"
[[ -z $(ls -A "$folder") ]] || { echo "$folder is not empty: a restore never overwrites" >&2 && exit 1; }

umask 077
# Paths of sockets are short.
socket=$(mktemp -d)/redis
cp "$file" "$folder/dump.rdb"
"$server" --port 0 --unixsocket "$socket" --dir "$folder" --dbfilename dump.rdb --appendonly no --save '' --logfile "$folder/restore.log" &
pid=$!
trap 'kill "$pid" 2>/dev/null || true' EXIT

ask() { "$cli" -s "$socket" "$@" 2>/dev/null; }

# await WHAT COMMAND…
await() {
  local what=$1 waited=0
  shift
  until "$@"; do
    if ((waited >= seconds * 5)) || ! kill -0 "$pid" 2>/dev/null; then
      echo "$what did not succeed:" >&2
      tail -n 5 "$folder/restore.log" >&2
      exit 1
    fi
    waited=$((waited + 1))
    sleep 0.2
  done
}

is_loaded() { [[ $(ask PING) == PONG ]]; }
is_written() {
  local info
  info=$(ask INFO persistence)
  [[ $info == *aof_enabled:1* && $info == *aof_rewrite_in_progress:0* && $info == *aof_rewrite_scheduled:0* && $info == *aof_last_bgrewrite_status:ok* ]]
}

await 'Reading the backup' is_loaded
ask CONFIG SET appendonly yes >/dev/null
await 'Writing the append-only file' is_written
keys=$(ask DBSIZE)
ask SHUTDOWN NOSAVE >/dev/null || true
wait "$pid" || true
trap - EXIT
rm -f "$folder/dump.rdb" "$folder/restore.log"
echo "$folder: $keys keys"
