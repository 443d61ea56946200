#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds other projects' readers of JUnit files, from their own sources: Prow's Spyglass lens, Sonobuoy's results.
#
# tests/readers/build.sh    prow, prow-lens/template.html and sonobuoy into $OPREADY_READERS or build/readers
#
# The packages that read are taken from their modules as they are (sources/go.mod pins them). What they import of the
# rest, which would be a thousand packages, is a few lines in stubs.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bin=${OPREADY_READERS:-$here/../../build/readers}

command -v go >/dev/null || {
    echo "tests/readers/build.sh: no Go in PATH; scripts/test.sh installs one" >&2
    exit 3
}
export CGO_ENABLED=0

mkdir -p "$bin"
bin=$(cd "$bin" && pwd)
exec 9<"$bin"
flock 9

stamp=$({ go version && find "$here" -type f -print0 | sort -z | xargs -0 cat; } | sha256sum | cut -d' ' -f1)
if [[ -f $bin/.stamp && $(<"$bin/.stamp") == "$stamp" ]]; then
    echo "readers: up to date in $bin"
    exit 0
fi
rm -rf "$bin/.stamp" "$bin/src"
cp -r "$here" "$bin/src"

# directory_of MODULE: its sources, checked against sources/go.sum.
directory_of() {
    local version answer
    version=$(sed -n "s|^\t$1 ||p" "$here/sources/go.mod")
    # It tells of errors in JSON too.
    answer=$(cd "$here/sources" && go mod download -json "$1@$version") || {
        echo "tests/readers/build.sh: cannot download $1 $version: $answer" >&2
        exit 3
    }
    sed -n 's/^\t"Dir": "\(.*\)",$/\1/p' <<<"$answer"
}

# take MODULE NAME FILE...: puts files of a module beside what stands in for the rest of it.
take() {
    local directory file
    directory=$(directory_of "$1")
    for file in "${@:3}"; do
        install -D -m 644 "$directory/$file" "$bin/src/stubs/$2/$file"
    done
}

lens=pkg/spyglass/lenses/junit
take sigs.k8s.io/prow prow pkg/spyglass/api/spyglass.go pkg/spyglass/lenses/lenses.go "$lens/lens.go" \
    "$lens/template.html"
take github.com/GoogleCloudPlatform/testgrid testgrid metadata/junit/junit.go
take github.com/vmware-tanzu/sonobuoy sonobuoy \
    pkg/client/results/{gojson,item,junit,manual,processing,raw}.go

go build -C "$bin/src" -trimpath -buildvcs=false -mod=readonly -o "$bin/" ./prow ./sonobuoy
install -D -m 644 "$bin/src/stubs/prow/$lens/template.html" "$bin/prow-lens/template.html"
echo "$stamp" >"$bin/.stamp"
echo "readers: built in $SECONDS s into $bin"
