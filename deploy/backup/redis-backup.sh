#!/usr/bin/env bash
# Writes everything a Redis holds to a file, while it goes on serving: redis-backup.sh FILE
# REDIS_URL says which one, as for the services. A cluster: once for each primary.
set -euo pipefail

file=${1:?usage: redis-backup.sh FILE}
: "${REDIS_URL:?REDIS_URL is not set}"

cli=$(command -v valkey-cli || command -v redis-cli)
check=$(command -v valkey-check-rdb || command -v redis-check-rdb)

# A password without a user is the default user's; redis-cli takes it for a user without a name.
url=${REDIS_URL/:\/\/:/:\/\/default:}
umask 077
"$cli" -u "$url" --no-auth-warning --rdb "$file.part" >&2
# A copy nobody can read back is none.
"$check" "$file.part" >/dev/null
mv "$file.part" "$file"
echo "$file: $(wc -c <"$file") bytes"
