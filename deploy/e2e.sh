# shellcheck shell=bash
# shellcheck disable=SC2034 # what it sets is read by commands.sh and ./drover
# ./drover e2e: the suite in somebody's cluster, in a namespace of its own. Sourced by ./drover, after commands.sh.

say_step() {
  printf '%s  %s\n' "$(date +%T)" "$*"
}

# Leaves the cluster as it was.
clean_up_e2e() {
  local status=$?
  set +e
  if ((status != 0)); then
    kubectl -n "$E2E_NAMESPACE" get pods,hpa
    kubectl -n "$E2E_NAMESPACE" get events --sort-by=.lastTimestamp | tail -n 15
  fi
  # shellcheck disable=SC2046
  kill $(jobs -p) 2>/dev/null
  wait 2>/dev/null
  say_step "Removing the namespace $E2E_NAMESPACE"
  kubectl delete namespace "$E2E_NAMESPACE" --wait=true --timeout=180s
  [[ $E2E_HAD_PRIORITY == true ]] || kubectl delete priorityclass drover-service
  exit "$status"
}

# Kills every pod of a Deployment without a warning, and waits for its successors.
kill_pods_of() {
  say_step "SIGKILL to every pod of $1"
  kubectl -n "$E2E_NAMESPACE" delete pods -l "app.kubernetes.io/name=$1" --grace-period=0 --force >/dev/null 2>&1
  kubectl -n "$E2E_NAMESPACE" rollout status "${2:-deployment}/$1" --timeout=300s >/dev/null
}

desired_replicas() {
  kubectl -n "$E2E_NAMESPACE" get hpa -o jsonpath='{range .items[*]}{.metadata.name}={.status.desiredReplicas}{"\n"}{end}'
}

# await SECONDS WHAT COMMAND…
await() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    ((SECONDS < end)) || fail "$what did not happen in time."
    sleep 3
  done
  say_step "$what"
}

some_scaled_up() {
  desired_replicas | grep -qE '=[2-9]'
}

all_scaled_down() {
  local replicas
  replicas=$(desired_replicas)
  [[ -n $replicas ]] && ! grep -vqE '=1$' <<<"$replicas"
}

# Runs in a pod like ours but without our labels. Exit code 0: it reaches nobody of whom it should not, and says who it reached.
check_network_policies() {
  local image=$1 said
  # shellcheck disable=SC2016
  said=$(kubectl -n "$E2E_NAMESPACE" run "stranger-$RANDOM" --rm -i --quiet --restart=Never --image="$image" --overrides='{"spec":{
    "automountServiceAccountToken":false,
    "securityContext":{"runAsNonRoot":true,"runAsUser":65532,"seccompProfile":{"type":"RuntimeDefault"}},
    "containers":[{"name":"stranger","image":"'"$image"'","imagePullPolicy":"IfNotPresent","command":["sh","-c",
      "for at in redis:6379 auth-service:80 object-store:9100; do curl -sv --connect-timeout 4 --max-time 6 telnet://$at </dev/null 2>&1 | sed -n \"s/^.*Connected to.*/reached $at/p\"; done; echo tried"],
      "resources":{"requests":{"cpu":"10m","memory":"32Mi"},"limits":{"cpu":"100m","memory":"32Mi"}},
      "securityContext":{"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,"capabilities":{"drop":["ALL"]}}}]}}' </dev/null)
  # Else a stranger that cannot start would pass for one that is kept out.
  grep -q tried <<<"$said" || fail "A pod of $image does not run: $said"
  ! grep -q reached <<<"$said" || fail "A pod without our labels gets through: does this cluster enforce NetworkPolicies?" "$said"
  say_step 'A stranger in the namespace reaches none of redis, auth-service, object-store'
}

check_pod_security() {
  if kubectl -n "$E2E_NAMESPACE" run root --image=any --dry-run=server >/dev/null 2>&1; then
    fail 'The namespace takes a pod that is not restricted.'
  fi
  say_step 'The namespace refuses a pod that is not restricted'
}

# For docs/operations/scale-out.md.
say_usage() {
  say_step "What pods use, $1:"
  kubectl -n "$E2E_NAMESPACE" top pods --containers --no-headers | awk '{ printf "          %-40s %6s %8s\n", $1, $3, $4 }' || true
}

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf '%s' "$port"
      return
    fi
  done
}

# post PATH BODY: what the suite answers when it says yes.
post() {
  curl -sf --max-time 20 -H 'Content-Type: application/json' -H "Idempotency-Key: $(random_word 12)" -d "$2" "$E2E_URL$1"
}

sign_up_admin() {
  E2E_ADMIN=$(post /auth/signup "{\"email\":\"$DROVER_ADMIN_EMAIL\",\"password\":\"$DROVER_ADMIN_PASSWORD\"}" | sed -n 's/.*"id" *: *"\(usr_[^"]*\)".*/\1/p')
  [[ -n $E2E_ADMIN ]]
}

# Confirms the address as its owner would. No mail server is here: the link is in the letter, which waits in Redis.
confirm_admin() {
  local token
  # shellcheck disable=SC2016
  token=$(kubectl -n "$E2E_NAMESPACE" exec redis-0 -- sh -c '
    export REDISCLI_AUTH=$(sed -n "s/^requirepass //p" /run/secrets/redis/auth.conf)
    valkey-cli --scan --pattern "drover:{$1}:letter:*" | while read -r letter; do valkey-cli hvals "$letter"; done' letters "$E2E_ADMIN" |
    sed -n 's/.*#token=\([A-Za-z0-9_.-]*\).*/\1/p' | head -n 1)
  [[ -n $token ]] && post /auth/verify-email "{\"token\":\"$token\"}" >/dev/null
}

# The suite's first admin.
make_admin() {
  await 60 'Somebody has signed up' sign_up_admin
  await 60 'and is the admin now' confirm_admin
}

# The autoscalers' least, and wait until so many are there: one that goes shall find another.
at_least() {
  local name
  for name in $(kubectl -n "$E2E_NAMESPACE" get hpa -o jsonpath='{.items[*].metadata.name}'); do
    kubectl -n "$E2E_NAMESPACE" patch hpa "$name" --type=merge -p "{\"spec\":{\"minReplicas\":$1}}" >/dev/null
  done
  await 300 "There are at least $1 of each" has_ready_replicas "$1"
}

has_ready_replicas() {
  local ready
  ready=$(kubectl -n "$E2E_NAMESPACE" get deployments -l app.kubernetes.io/part-of=drover -o jsonpath='{range .items[*]}{.status.readyReplicas}{"\n"}{end}')
  awk -v least="$1" '$1 < least { short = 1 } END { exit short || NR == 0 }' <<<"$ready"
}

# How far the journey is, and the writers' pause from now on.
ask_journey() {
  local lines
  lines=$(wc -l <"$1/journey.txt")
  printf '%s\n' "$2" >&9
  await 30 'The journey answers' has_more_lines "$1/journey.txt" "$lines"
  E2E_SAID=$(tail -n 1 "$1/journey.txt")
}

has_more_lines() {
  (($(wc -l <"$1") > $2))
}

# Reads "…, not done: {503 store_unavailable=3, 503 of the edge=1, no answer=2}".
edge_failures() {
  grep -oE '([0-9]+ of the edge|no answer)=[0-9]+' | awk -F= '{ sum += $2 } END { print sum + 0 }' || true
}

# Writes through the edge while the suite grows, is rolled and loses its stores.
journey() {
  local folder=$DROVER_HOME/deploy/target/e2e path journey before
  path="$DROVER_HOME/lab/target/quarkus-app/app/*:$DROVER_HOME/lab/target/quarkus-app/lib/main/*"
  mkdir -p "$folder"
  rm -f "$folder/open"
  mkfifo "$folder/open"
  "$JAVA_HOME/bin/javac" -proc:none -d "$folder/classes" -cp "$path" "$DROVER_HOME"/deploy/src/main/java/dev/drover/deploy/journey/*.java
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx96m -cp "$folder/classes:$path" \
    dev.drover.deploy.journey.Journey "$E2E_URL" <"$folder/open" >"$folder/journey.txt" 2>&1 &
  journey=$!
  exec 9>"$folder/open"
  await 240 'The journey is under way' grep -q writing "$folder/journey.txt"
  await 180 'An autoscaler goes up under load' some_scaled_up
  say_usage 'profile-service under load'
  # Slower from here on: what is tried is the rollout, not the node.
  ask_journey "$folder" 150
  say_step "So far: $E2E_SAID"
  before=$(edge_failures <<<"$E2E_SAID")
  say_step 'Rolling every service'
  kubectl -n "$E2E_NAMESPACE" rollout restart deployment -l app.kubernetes.io/part-of=drover >/dev/null
  kubectl -n "$E2E_NAMESPACE" rollout status deployment -l app.kubernetes.io/part-of=drover --timeout=600s >/dev/null
  ask_journey "$folder" 150
  say_step "Every service was rolled: $E2E_SAID"
  # A service's own 503 is the node's: too small for what starts on it. Anything else a client met is the rollout's.
  (($(edge_failures <<<"$E2E_SAID") == before)) || fail 'Requests failed while services were rolled.'
  kill_pods_of redis statefulset
  kill_pods_of object-store statefulset
  exec 9>&-
  wait "$journey" || fail 'The journey lost something:' "$(cat "$folder/journey.txt")"
  say_step "The journey is over: $(tail -n 1 "$folder/journey.txt")"
  await 300 'Every autoscaler is down again' all_scaled_down
}

e2e_options() {
  while (($#)); do
    case $1 in
      --images | --tag | --third-party | --prove)
        (($# > 1)) || fail "$1 takes a value: ./drover help"
        case $1 in
          --images) E2E_PREFIX=$2 ;;
          --tag) E2E_TAG=$2 ;;
          --prove) E2E_PROVE=$2 ;;
          *) E2E_THIRD_PARTY=$2 ;;
        esac
        shift
        ;;
      *) fail "e2e has no option $1: ./drover help" ;;
    esac
    shift
  done
}

run_e2e() {
  E2E_PREFIX=drover E2E_TAG=dev E2E_THIRD_PARTY='' E2E_PROVE=60s
  e2e_options "$@"
  local curl_image api_port store_port
  need kubectl
  need openssl
  need curl
  kubectl version >/dev/null 2>&1 || fail 'No cluster answers. Set KUBECONFIG.'
  is_built || build
  curl_image=$(sed -n 's/^ *newName: \(.*curlimages.*\)/\1/p' "$DROVER_HOME/deploy/overlays/kind/kustomization.yaml"):8.16.0
  IMAGES=''
  if [[ -n $E2E_THIRD_PARTY ]]; then
    IMAGES="docker.io/valkey/valkey=$E2E_THIRD_PARTY/redis docker.io/library/haproxy=$E2E_THIRD_PARTY/edge docker.io/curlimages/curl=$E2E_THIRD_PARTY/curl"
    curl_image=$E2E_THIRD_PARTY/curl:$E2E_TAG
  fi
  api_port=$(free_port)
  store_port=$(free_port)
  E2E_URL=http://localhost:$api_port
  E2E_NAMESPACE=drover-e2e-$(random_word 3)
  export DROVER_ADMIN_EMAIL=admin@example.org DROVER_ADMIN_PASSWORD
  DROVER_ADMIN_PASSWORD=$(random_word 16)
  # All of the load comes from one address.
  SETTINGS="PUBLIC_BASE_URL=$E2E_URL JWT_ISSUER=$E2E_URL BOOTSTRAP_ADMIN_EMAIL=$DROVER_ADMIN_EMAIL"
  SETTINGS+=' RATE_LIMIT_LOGIN=1200/PT1M RATE_LIMIT_LOGIN_ACCOUNT=1200/PT1M RATE_LIMIT_SIGNUP=1200/PT1M RATE_LIMIT_SIGNUP_NETWORK=1200/PT1M RATE_LIMIT_MAIL=1200/PT1M'
  SETTINGS+=' RATE_LIMIT_READ=60000/PT1M RATE_LIMIT_WRITE=12000/PT1M RATE_LIMIT_ENQUEUE=60000/PT1M RATE_LIMIT_PUBLISH=60000/PT1M'
  STORE_SETTINGS=S3_PUBLIC_ENDPOINT=http://localhost:$store_port
  E2E_HAD_PRIORITY=$(kubectl get priorityclass drover-service >/dev/null 2>&1 && echo true || echo false)
  trap clean_up_e2e EXIT

  say_step "Applying the kind overlay, small, to $E2E_NAMESPACE"
  apply_overlay "$E2E_NAMESPACE" "$E2E_PREFIX" "$E2E_TAG" small >/dev/null
  wait_until_ready "$E2E_NAMESPACE" 600 >/dev/null
  say_step 'Every pod is ready'
  check_pod_security
  check_network_policies "$curl_image"
  kubectl -n "$E2E_NAMESPACE" port-forward service/edge "$api_port:80" "$store_port:8081" >/dev/null 2>&1 &
  await 60 'The edge answers' curl -sf -o /dev/null "$E2E_URL/auth/.well-known/jwks.json"
  make_admin
  await 300 'Every autoscaler is at its least' all_scaled_down
  say_usage idle
  journey
  at_least 2
  say_step 'The tour'
  # A 503 means "try again", and what has just started on a small node may say so.
  lab tour --namespace "$E2E_NAMESPACE" --url "$E2E_URL" || lab tour --namespace "$E2E_NAMESPACE" --url "$E2E_URL" || fail 'The tour failed twice.'
  say_step 'The proof'
  lab_heap=384m
  lab prove --namespace "$E2E_NAMESPACE" --url "$E2E_URL" --data "$DROVER_HOME/deploy/target/e2e" --duration "$E2E_PROVE" --rate 12 --users 8 \
    --faults kill,drain,rolling,scale --fault-interval 8000 ||
    fail 'The proof failed.'
  say_usage 'after the proof'
}
