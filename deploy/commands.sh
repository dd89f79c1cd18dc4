# shellcheck shell=bash
# The commands of ./drover that make images and talk to a cluster. Sourced by it.

readonly KIND_CLUSTER=drover
readonly NAMESPACE_DEFAULT=drover
readonly STORE_IMAGE=object-store

# --- Images ----------------------------------------------------------------------------------------------------------

# The first of them that is there and works.
image_tool() {
  local tool
  for tool in docker podman buildah; do
    if command -v "$tool" >/dev/null 2>&1 && "$tool" info >/dev/null 2>&1; then
      printf '%s' "$tool"
      return
    fi
  done
  fail "Images are built with docker, podman or buildah, and none of them works here."
}

# A folder of keys, as JWT_KEYS wants it (docs/operations/keys.md).
make_keys() {
  command -v openssl >/dev/null 2>&1 || fail "Keys are made with openssl, which is not on the PATH."
  mkdir -p "$1"
  (umask 077 && openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1/current.pem" 2>/dev/null &&
    openssl rand -base64 32 >"$1/data.key")
}

main_class() {
  local name=${1%-service}
  printf 'dev.drover.%s.%sService' "$name" "$(tr '[:lower:]' '[:upper:]' <<<"${name:0:1}")${name:1}"
}

# build_image TOOL PREFIX TAG NAME DOCKERFILE [BUILD-ARG…]
build_image() {
  local tool=$1 prefix=$2 tag=$3 name=$4 file=$5 argument
  shift 5
  local -a builder=("$tool" build) arguments=()
  [[ $tool != buildah ]] || builder=(buildah bud)
  for argument in "$@"; do
    arguments+=(--build-arg "$argument")
  done
  [[ -z ${BASE_IMAGE:-} ]] || arguments+=(--build-arg "BASE_IMAGE=$BASE_IMAGE")
  arguments+=(--build-arg "VERSION=$tag" --build-arg "REVISION=$(git -C "$DROVER_HOME" rev-parse HEAD 2>/dev/null || echo unknown)")
  say "  $prefix/$name:$tag"
  "${builder[@]}" -q -f "$DROVER_HOME/deploy/images/$file" -t "$prefix/$name:$tag" "${arguments[@]}" "$DROVER_HOME" >/dev/null
}

build_images() {
  local native=false prefix=drover tag=dev tool service file=Dockerfile.jvm
  while (($#)); do
    case $1 in
      --native) native=true ;;
      --prefix | --tag)
        (($# > 1)) || fail "$1 takes a value: ./drover help"
        [[ $1 == --prefix ]] && prefix=$2 || tag=$2
        shift
        ;;
      *) fail "image has no option $1: ./drover help" ;;
    esac
    shift
  done
  tool=$(image_tool)
  if $native; then
    file=Dockerfile.native
    for service in $SERVICES; do
      compgen -G "$DROVER_HOME/$service-service/target/*-runner" >/dev/null || fail "There is no native $service-service yet: ./drover native"
    done
  else
    is_built || build
    make_keys "$DROVER_HOME/deploy/target/training"
  fi
  say "Building images with $tool"
  for service in $SERVICES; do
    build_image "$tool" "$prefix" "$tag" "$service-service" "$file" "SERVICE=$service-service" "MAIN_CLASS=$(main_class "$service-service")"
  done
  build_image "$tool" "$prefix" "$tag" "$STORE_IMAGE" Dockerfile.object-store
}

# --- A cluster -------------------------------------------------------------------------------------------------------

need() {
  command -v "$1" >/dev/null 2>&1 || fail "This needs $1, which is not on the PATH."
}

random_word() {
  openssl rand -hex "$1"
}

# The Secrets of deploy/overlays/kind in a namespace, made once: a second time leaves them as they are.
make_secrets() {
  local namespace=$1 redis id secret folder
  kubectl -n "$namespace" get secret drover-redis >/dev/null 2>&1 && return
  redis=$(random_word 24)
  id=local-$(random_word 4)
  secret=$(random_word 24)
  folder=$(mktemp -d)
  make_keys "$folder/keys"
  printf 'requirepass %s\n' "$redis" >"$folder/auth.conf"
  printf 's3proxy.identity=%s\ns3proxy.credential=%s\n' "$id" "$secret" >"$folder/s3proxy.properties"
  printf 'AWS_ACCESS_KEY_ID=%s\nAWS_SECRET_ACCESS_KEY=%s\n' "$id" "$secret" >"$folder/object-store.env"
  printf 'REDIS_URL=redis://:%s@redis:6379\n' "$redis" >"$folder/redis.env"
  kubectl -n "$namespace" create secret generic drover-redis-server --from-file="$folder/auth.conf"
  kubectl -n "$namespace" create secret generic drover-object-store-server --from-file="$folder/s3proxy.properties"
  kubectl -n "$namespace" create secret generic drover-object-store --from-env-file="$folder/object-store.env"
  kubectl -n "$namespace" create secret generic drover-signing-keys --from-file="$folder/keys"
  # No mail server, no webhooks' secrets.
  kubectl -n "$namespace" create secret generic drover-jobs
  # Last, because it says that the others are there.
  kubectl -n "$namespace" create secret generic drover-redis --from-env-file="$folder/redis.env"
  rm -r "$folder"
}

# apply_overlay NAMESPACE PREFIX TAG COMPONENT…: the kind overlay with these images, in this namespace.
apply_overlay() {
  local namespace=$1 prefix=$2 tag=$3 folder service component
  shift 3
  folder=$DROVER_HOME/deploy/target/applied
  mkdir -p "$folder"
  {
    printf 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: %s\n' "$namespace"
    printf 'resources: [../../overlays/kind]\ncomponents:\n'
    for component in "$@"; do
      printf '  - ../../components/%s\n' "$component"
    done
    printf 'images:\n'
    for service in $SERVICES; do
      printf '  - {name: drover/%s-service, newName: %s/%s-service, newTag: "%s"}\n' "$service" "$prefix" "$service" "$tag"
    done
    printf '  - {name: drover/%s, newName: %s/%s, newTag: "%s"}\n' $STORE_IMAGE "$prefix" $STORE_IMAGE "$tag"
    for component in ${IMAGES:-}; do
      printf '  - {name: %s, newName: %s, newTag: "%s"}\n' "${component%%=*}" "${component#*=}" "$tag"
    done
    # Another suite may have the node's ports.
    if [[ $namespace != "$NAMESPACE_DEFAULT" ]]; then
      printf 'patches:\n  - target: {kind: Service, name: edge}\n    patch: |-\n'
      printf '      - {op: replace, path: /spec/type, value: ClusterIP}\n'
      printf '      - {op: remove, path: /spec/ports/%d/nodePort}\n' 0 1
    fi
  } >"$folder/kustomization.yaml"
  kubectl apply -f "$DROVER_HOME/deploy/overlays/kind/namespace.yaml" --dry-run=client -o json |
    sed "s/\"name\": \"drover\"/\"name\": \"$namespace\"/" | kubectl apply -f -
  make_secrets "$namespace"
  kubectl apply -k "$folder"
}

wait_until_ready() {
  local namespace=$1 seconds=$2
  kubectl -n "$namespace" rollout status statefulset/redis statefulset/object-store --timeout="${seconds}s"
  kubectl -n "$namespace" wait --for=condition=complete job/object-store-bucket --timeout="${seconds}s"
  kubectl -n "$namespace" rollout status deployment --timeout="${seconds}s"
}

run_kind() {
  need kind
  need kubectl
  build_images --tag dev
  if ! kind get clusters | grep -qx $KIND_CLUSTER; then
    kind create cluster --name $KIND_CLUSTER --config "$DROVER_HOME/deploy/overlays/kind/cluster.yaml"
  fi
  local service
  for service in $SERVICES; do
    kind load docker-image --name $KIND_CLUSTER "drover/$service-service:dev"
  done
  kind load docker-image --name $KIND_CLUSTER "drover/$STORE_IMAGE:dev"
  kubectl config use-context "kind-$KIND_CLUSTER"
  apply_overlay $NAMESPACE_DEFAULT drover dev small
  wait_until_ready $NAMESPACE_DEFAULT 300
  say '' 'The suite is on http://localhost:8080, its object store on http://localhost:8081.' \
    "Remove all of it: kind delete cluster --name $KIND_CLUSTER"
}

# --- End to end ------------------------------------------------------------------------------------------------------

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
  ! desired_replicas | grep -vqE '=1$'
}

# as_stranger IMAGE ARGUMENT…: runs curl in a pod like ours but without our labels.
as_stranger() {
  local image=$1 arguments
  shift
  arguments=$(printf ',"%s"' "$@")
  kubectl -n "$E2E_NAMESPACE" run "stranger-$RANDOM" --rm -i --quiet --restart=Never --image="$image" --overrides='{"spec":{
    "automountServiceAccountToken":false,
    "securityContext":{"runAsNonRoot":true,"runAsUser":65532,"seccompProfile":{"type":"RuntimeDefault"}},
    "containers":[{"name":"stranger","image":"'"$image"'","imagePullPolicy":"IfNotPresent","command":["curl"'"$arguments"'],
      "resources":{"requests":{"cpu":"10m","memory":"32Mi"},"limits":{"cpu":"100m","memory":"32Mi"}},
      "securityContext":{"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,"capabilities":{"drop":["ALL"]}}}]}}' \
    </dev/null >/dev/null 2>&1
}

check_network_policies() {
  local image=$1 target
  # Else a stranger that cannot start would pass for one that is kept out.
  as_stranger "$image" --version || fail "A pod of $image does not run."
  for target in redis:6379 auth-service:80 object-store:9100; do
    if as_stranger "$image" --connect-timeout 4 "telnet://$target"; then
      fail "A pod without our labels reaches $target: does this cluster enforce NetworkPolicies?"
    fi
  done
  say_step 'A stranger in the namespace reaches none of redis, auth-service, object-store'
}

check_pod_security() {
  if kubectl -n "$E2E_NAMESPACE" run root --image=any --dry-run=server >/dev/null 2>&1; then
    fail 'The namespace takes a pod that is not restricted.'
  fi
  say_step 'The namespace refuses a pod that is not restricted'
}

run_e2e() {
  local prefix=drover tag=dev third_party='' curl_image service
  while (($#)); do
    case $1 in
      --images | --tag | --third-party)
        (($# > 1)) || fail "$1 takes a value: ./drover help"
        case $1 in
          --images) prefix=$2 ;;
          --tag) tag=$2 ;;
          *) third_party=$2 ;;
        esac
        shift
        ;;
      *) fail "e2e has no option $1: ./drover help" ;;
    esac
    shift
  done
  need kubectl
  need openssl
  kubectl version >/dev/null 2>&1 || fail 'No cluster answers. Set KUBECONFIG.'
  is_built || build
  check_maven
  curl_image=$(sed -n 's/^ *newName: \(.*curlimages.*\)/\1/p' "$DROVER_HOME/deploy/overlays/kind/kustomization.yaml"):8.16.0
  IMAGES=''
  if [[ -n $third_party ]]; then
    IMAGES="docker.io/valkey/valkey=$third_party/redis docker.io/library/haproxy=$third_party/edge docker.io/curlimages/curl=$third_party/curl"
    curl_image=$third_party/curl:$tag
  fi
  E2E_NAMESPACE=drover-e2e-$(random_word 3)
  E2E_HAD_PRIORITY=$(kubectl get priorityclass drover-service >/dev/null 2>&1 && echo true || echo false)
  trap clean_up_e2e EXIT

  say_step "Applying the kind overlay, small, to $E2E_NAMESPACE"
  apply_overlay "$E2E_NAMESPACE" "$prefix" "$tag" small >/dev/null
  wait_until_ready "$E2E_NAMESPACE" 600 >/dev/null
  say_step 'Every pod is ready'
  check_pod_security
  check_network_policies "$curl_image"

  kubectl -n "$E2E_NAMESPACE" port-forward service/edge 8080:80 8081:8081 >/dev/null 2>&1 &
  await 30 'The edge answers' curl -sf -o /dev/null http://localhost:8080/auth/.well-known/jwks.json
  local folder=$DROVER_HOME/deploy/target/e2e
  mkdir -p "$folder"
  rm -f "$folder/open"
  mkfifo "$folder/open"
  "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx96m -cp "$DROVER_HOME/deploy/target/classes:$DROVER_HOME/lab/target/quarkus-app/app/*:$DROVER_HOME/lab/target/quarkus-app/lib/main/*" \
    dev.drover.deploy.journey.Journey http://localhost:8080 <"$folder/open" >"$folder/journey.txt" 2>&1 &
  local journey=$!
  exec 9>"$folder/open"
  await 240 'The journey is under way' grep -q writing "$folder/journey.txt"
  await 180 'An autoscaler goes up under load' some_scaled_up
  for service in $SERVICES; do
    kill_pods_of "$service-service"
  done
  kill_pods_of jobs-worker
  kill_pods_of redis statefulset
  say_step 'Rolling every service'
  kubectl -n "$E2E_NAMESPACE" rollout restart deployment -l app.kubernetes.io/part-of=drover >/dev/null
  kubectl -n "$E2E_NAMESPACE" rollout status deployment -l app.kubernetes.io/part-of=drover --timeout=600s >/dev/null
  exec 9>&-
  wait "$journey" || fail "The journey lost something:" "$(cat "$folder/journey.txt")"
  say_step "The journey is over: $(tail -n 1 "$folder/journey.txt")"
  await 300 'Every autoscaler is down again' all_scaled_down
}
