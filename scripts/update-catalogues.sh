#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes specs/catalogues/: what e2e.test of each supported Kubernetes release says of itself, so that op-readiness knows
# its specs where no e2e.test is at hand.
#
#   scripts/update-catalogues.sh [V...]   build e2e.test of these releases (default: all) and write theirs
#   scripts/update-catalogues.sh --check  fail where the practice cluster's e2e.test says other than its catalogue
#
# A new release: its Go module in practice/releases/V (go.mod of another release with the versions changed, then
# `go mod tidy`), this script, and then the tests, which name each case that now selects nothing, more, or other specs.
# specs/expected/V.txt says what is meant.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
catalogues=$root/specs/catalogues
practice_bin=${OPREADY_PRACTICE_BIN:-$root/build/practice/bin}

# catalogue E2E_TEST: the release; the names of its flags; a line "file:line: name" a spec.
catalogue() {
    # No cluster, no cache and no place of this machine may have a say in it.
    local binary=$1 ask=(env -i HOME=/nonexistent TMPDIR="$scratch" NO_COLOR=1)
    printf 'kubernetes %s\n' "$("${ask[@]}" "$binary" --version)"
    printf 'flags'
    { "${ask[@]}" "$binary" --help 2>&1 || true; } | sed -E 's/\x1b\[[0-9;]*m//g' |
        sed -nE 's/^ *--?([a-z][a-zA-Z0-9.-]*)([ =].*)?$/\1/p' | LC_ALL=C sort -u | sed 's/^/ /' | tr -d '\n'
    printf '\n'
    "${ask[@]}" "$binary" --list-tests | sed -nE 's#^    (.*/)?(test/e2e[^:]*:[0-9]+: )#\2#p'
}

check() {
    local version
    version=$("$1" --version)
    [[ -f $catalogues/$version.zst ]] || {
        echo "update-catalogues: there is no catalogue of $version; run scripts/update-catalogues.sh $version" >&2
        return 1
    }
    diff --label "specs/catalogues/$version.zst" --label "$1" \
        <(zstd -dcq "$catalogues/$version.zst") <(catalogue "$1") | head -n 40 || {
        echo "update-catalogues: the catalogue of $version is not what $1 says" >&2
        return 1
    }
    echo "the catalogue of $version is what $1 says"
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [[ ${1-} == --check ]]; then
    check "$practice_bin/e2e.test"
    exit
fi
main_release=$(sed -nE 's/^\tk8s\.io\/kubernetes (v[0-9.]+)$/\1/p' "$root/practice/go.mod")
releases=("$@")
if ((${#releases[@]} == 0)); then
    mapfile -t releases < <(cd "$root/practice/releases" && printf '%s\n' v* && echo "$main_release")
fi
mkdir -p "$catalogues"
for release in "${releases[@]}"; do
    if [[ $release == "$main_release" ]]; then
        "$root/practice/build.sh"
        binary=$practice_bin/e2e.test
    else
        "$root/practice/build.sh" --release "$release" e2e.test
        binary=$root/build/practice/releases/$release/e2e.test
    fi
    catalogue "$binary" >"$scratch/$release"
    zstd -19 -q -f --no-progress "$scratch/$release" -o "$catalogues/$release.zst"
    echo "$release: $(grep -c '^test/e2e' "$scratch/$release") specs, $(stat -c %s "$catalogues/$release.zst") bytes"
done
