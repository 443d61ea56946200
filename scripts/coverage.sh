#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Prints which lines the tests run so far with the preset `check` have reached, and fails below 90 %.
#
#   scripts/coverage.sh [GCOVR_OPTIONS...]    such as --html-details FILE
#
# The command line's wiring is left out: it's tested through the whole program, and mostly refuses or forwards.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec gcovr --root . --object-directory build/check --filter src/ --exclude src/cli/ --exclude src/main.cpp \
    --fail-under-line 90 -j "$(nproc)" "$@" build/check/src
