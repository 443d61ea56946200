#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the practice cluster's parts, e2e.test and ginkgo from the Go modules that go.mod pins.
#
# practice/build.sh                        every part, into $OPREADY_PRACTICE_BIN or build/practice/bin
# practice/build.sh --release V PART...    these parts of another release of Kubernetes, pinned in releases/V,
#                                          into build/practice/releases/V
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bin=${OPREADY_PRACTICE_BIN:-$here/../build/practice/bin}
module=$here
parts=(e2e.test kubectl ginkgo kube-apiserver etcd kube-controller-manager kube-scheduler kwok kwokctl)
if [[ ${1-} == --release ]]; then
    module=$here/releases/$2
    bin=$here/../build/practice/releases/$2
    parts=("${@:3}")
    [[ -d $module && ${#parts[@]} -gt 0 ]] || {
        echo "usage: practice/build.sh [--release V PART...]; releases here: $(cd "$here/releases" && echo *)" >&2
        exit 2
    }
fi
cd "$module"

say() { printf '[%4ds] practice parts: %s\n' "$SECONDS" "$*"; }

command -v go >/dev/null || {
    echo "practice/build.sh: no Go in PATH; go.mod asks for $(sed -n 's/^go //p' go.mod) or newer" >&2
    exit 3
}
export CGO_ENABLED=0

mkdir -p "$bin"
bin=$(cd "$bin" && pwd)
exec 9<"$bin"
flock -n 9 || { say "another build is at work, waiting for it"; flock 9; }

stamp=$({ go version && echo "${parts[@]}" && cat go.mod go.sum pins.go "$here/etcd/main.go" "$here/build.sh"; } | sha256sum | cut -d' ' -f1)
up_to_date() {
    local part
    [[ -f $bin/.stamp && $(<"$bin/.stamp") == "$stamp" ]] || return 1
    for part in "${parts[@]}"; do [[ -x $bin/$part ]] || return 1; done
}
if up_to_date; then
    say "up to date in $bin"
    exit 0
fi

kubernetes=$(go list -m -f '{{.Version}}' k8s.io/kubernetes)
IFS=. read -r major minor _ <<<"${kubernetes#v}"
ldflags="-s -w"
for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    ldflags+=" -X $package.gitVersion=$kubernetes -X $package.gitTreeState=clean"
    ldflags+=" -X $package.gitMajor=$major -X $package.gitMinor=$minor"
done
flags=(-trimpath -buildvcs=false -mod=readonly -ldflags "$ldflags")

# build PART PACKAGE COMMAND...: puts a part into place only when it's whole, so that others may wait for its name.
build() {
    local part=$1 package=$2 begin=$SECONDS
    shift 2
    say "$part ..."
    "$@" "${flags[@]}" -o "$bin/.$part.new" "$package"
    mv "$bin/.$part.new" "$bin/$part"
    say "$part in $((SECONDS - begin)) s, $(($(stat -c %s "$bin/$part") / 1000000)) MB"
}

rm -f "$bin/.stamp"
say "building ${parts[*]} of Kubernetes $kubernetes with $(go env GOVERSION) into $bin; all of it takes about ten minutes and 5 GB of Go caches at first"
for part in "${parts[@]}"; do
    case $part in
        e2e.test) build "$part" k8s.io/kubernetes/test/e2e go test -c ;;
        ginkgo) build "$part" github.com/onsi/ginkgo/v2/ginkgo go build ;;
        etcd) build "$part" ./etcd go build ;;
        kwok | kwokctl) build "$part" "sigs.k8s.io/kwok/cmd/$part" go build ;;
        *) build "$part" "k8s.io/kubernetes/cmd/$part" go build ;;
    esac
done
echo "$stamp" >"$bin/.stamp"
say "all built"
