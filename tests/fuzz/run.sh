#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs one fuzzer for OPREADY_FUZZ_SECONDS (60) from its seeds, and from what earlier runs found in the same build.
#
#   tests/fuzz/run.sh FUZZER TARGET [LIBFUZZER_OPTIONS...]
set -euo pipefail

fuzzer=$1 target=$2
shift 2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
found=$(dirname "$fuzzer")/found/$target
crashes=$(dirname "$fuzzer")/crashes
mkdir -p "$found" "$crashes"

code=0
"$fuzzer" -max_total_time="${OPREADY_FUZZ_SECONDS:-60}" -max_len=8192 -timeout=10 -rss_limit_mb=2048 \
    -print_final_stats=1 -dict="$here/dictionaries/$target.dict" -artifact_prefix="$crashes/$target-" \
    "$@" "$found" "$here/corpus/$target" || code=$?
if ((code != 0)); then
    echo "fuzz: $target broke a promise. Mend it, and keep the input named above (its Base64 will do) as a file of" \
        "tests/fuzz/corpus/$target: the test fuzz.Fuzz/ReplayTest then holds the code to it." >&2
fi
exit "$code"
