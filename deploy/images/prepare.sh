#!/bin/sh
# Writes the arguments a service is started with to /app/java.args, and records its start to /app/service.aot. The recording is only good for the same
# JVM and the same class path, so both are settled here. A start that cannot be recorded leaves an image that starts a little slower.
set -eu
main_class=$1
seconds=${TRAINING_SECONDS:-240}

# From a plain class path: Quarkus' own class loader would keep most classes out of the recording.
class_path=
for jar in /app/quarkus/transformed-bytecode.jar /app/quarkus/generated-bytecode.jar /app/app/*.jar /app/lib/boot/*.jar /app/lib/main/*.jar; do
  if [ -f "$jar" ]; then
    class_path="$class_path${class_path:+:}$jar"
  fi
done
cat "$(dirname "$0")/jvm.options" >/app/java.args
printf '%s\n' -cp "$class_path" "$main_class" >/app/training.tail

cat /app/java.args >/app/training.args
printf '%s\n' -XX:AOTCacheOutput=/app/service.aot >>/app/training.args
cat /app/training.tail >>/app/training.args

# The addresses lead nowhere: a service starts without its stores, and serves 503.
REDIS_URL=redis://127.0.0.1:1 JWT_ISSUER=training PUBLIC_BASE_URL=http://127.0.0.1 JWKS_URL=http://127.0.0.1:1/keys \
  S3_ENDPOINT=http://127.0.0.1:1 S3_REGION=us-east-1 S3_BUCKET=training AWS_ACCESS_KEY_ID=training AWS_SECRET_ACCESS_KEY=training \
  JWT_KEYS=/build/keys BIND_HOST=127.0.0.1 DRAIN_DELAY=PT0S java @/app/training.args >/build/training.log 2>&1 &
pid=$!
waited=0
while [ "$waited" -lt "$seconds" ] && kill -0 "$pid" 2>/dev/null && ! grep -q 'warmed up in' /build/training.log; do
  sleep 1
  waited=$((waited + 1))
done
kill -TERM "$pid" 2>/dev/null || true
wait "$pid" || true
if [ -s /app/service.aot ]; then
  printf '%s\n' -XX:AOTCache=/app/service.aot >>/app/java.args
else
  echo 'The start could not be recorded:' >&2
  cat /build/training.log >&2
  : >/app/service.aot
fi
cat /app/training.tail >>/app/java.args
rm /app/training.args /app/training.tail
