#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Sets everything up and runs every check: all tests under sanitizers, their line coverage, fuzzing, format, clang-tidy.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

while (($#)); do
    case $1 in
        --soak) export OPREADY_SOAK=1; shift ;;
        --) shift; break ;;
        *)
            echo "usage: scripts/test.sh [--soak] [-- CTEST_ARGUMENTS...]" >&2
            echo "  --soak runs the tests with the label 'soak' in full; without it they're shortened" >&2
            exit 2
            ;;
    esac
done

finish() {
    local code=$?
    ((code == 0)) || echo "test: FAILED after $(elapsed) in: $current_step" >&2
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

cd "$root"
step "Debian packages" install_packages "${build_packages[@]}" "${test_packages[@]}"
step "format" configure_and_build check check-format
step "Python packages that read what we write" install_test_readers
step "playwright-core and axe-core, which drive Chromium" install_browser_driver
step "Go toolchain" find_go
step "Prow's and Sonobuoy's readers of JUnit files" tests/readers/build.sh
step "practice cluster, e2e.test and ginkgo" practice/build.sh
step "op-readiness as users have it, whose speed and memory are measured (preset release)" configure_and_build release
step "op-readiness with its tests and sanitizers (preset check)" configure_and_build check
find build/check -name '*.gcda' -delete
step "all tests (ctest --preset check)" ctest --preset check "$@"
# A choice of tests covers what it may.
(($#)) || step "line coverage" scripts/coverage.sh
step "fuzzers (preset fuzz)" configure_and_build fuzz
step "fuzzing, ${OPREADY_FUZZ_SECONDS:-60} s each (ctest --preset fuzz)" ctest --preset fuzz
step "clang-tidy (preset tidy)" configure_and_build tidy
echo
echo "all tests passed in $(elapsed)"
