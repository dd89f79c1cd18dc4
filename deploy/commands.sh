# shellcheck shell=bash
# The commands of ./drover that make images and talk to a cluster. Sourced by it.

readonly KIND_CLUSTER=drover
readonly NAMESPACE_DEFAULT=drover
readonly STORE_IMAGE=object-store
readonly LAB_IMAGE=lab

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
  # The lab and the object store are on the JVM in any case.
  is_built || build
  if $native; then
    file=Dockerfile.native
    for service in $SERVICES; do
      compgen -G "$DROVER_HOME/$service-service/target/*-runner" >/dev/null || fail "There is no native $service-service yet: ./drover native"
    done
  else
    make_keys "$DROVER_HOME/deploy/target/training"
  fi
  say "Building images with $tool"
  for service in $SERVICES; do
    build_image "$tool" "$prefix" "$tag" "$service-service" "$file" "SERVICE=$service-service" "MAIN_CLASS=$(main_class "$service-service")"
  done
  # What native executables stand on has no JVM.
  ! $native || BASE_IMAGE=
  build_image "$tool" "$prefix" "$tag" "$STORE_IMAGE" Dockerfile.object-store
  build_image "$tool" "$prefix" "$tag" "$LAB_IMAGE" Dockerfile.lab
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
  # The control room's, and of the account it has in the suite.
  random_word 24 >"$folder/token"
  random_word 24 >"$folder/admin.password"
  kubectl -n "$namespace" create secret generic drover-lab --from-file="$folder/token" --from-file="$folder/admin.password"
  # Last, because it says that the others are there.
  kubectl -n "$namespace" create secret generic drover-redis --from-env-file="$folder/redis.env"
  rm -r "$folder"
}

# apply_overlay NAMESPACE PREFIX TAG COMPONENT…: the kind overlay with these images, in this namespace. SETTINGS and STORE_SETTINGS are variables (NAME=value,
# separated by blanks) that are other there; IMAGES are third-party images (name=newName) that come from elsewhere.
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
    for component in $STORE_IMAGE $LAB_IMAGE; do
      printf '  - {name: drover/%s, newName: %s/%s, newTag: "%s"}\n' "$component" "$prefix" "$component" "$tag"
    done
    for component in ${IMAGES:-}; do
      printf '  - {name: %s, newName: %s, newTag: "%s"}\n' "${component%%=*}" "${component#*=}" "$tag"
    done
    if [[ -n ${SETTINGS:-} ]]; then
      printf 'configMapGenerator:\n'
      printf '  - {name: drover, behavior: merge, literals: [%s]}\n' "${SETTINGS// /, }"
      printf '  - {name: drover-object-store, behavior: merge, literals: [%s]}\n' "${STORE_SETTINGS// /, }"
    fi
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
  # Its settings may be others now, and a Job cannot be changed.
  kubectl -n "$namespace" delete job object-store-bucket --ignore-not-found
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
  kind load docker-image --name $KIND_CLUSTER "drover/$LAB_IMAGE:dev"
  kubectl config use-context "kind-$KIND_CLUSTER"
  apply_overlay $NAMESPACE_DEFAULT drover dev small lab lab-mailbox
  wait_until_ready $NAMESPACE_DEFAULT 300
  say '' 'The suite is on http://localhost:8080 with its control room, its object store on http://localhost:8081.' \
    "The room's token: kubectl -n $NAMESPACE_DEFAULT get secret drover-lab -o jsonpath='{.data.token}' | base64 -d" \
    "Remove all of it: kind delete cluster --name $KIND_CLUSTER"
}
