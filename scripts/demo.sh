#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Shows op-readiness at work: sets everything up, starts a practice cluster, tests its Core.Network category.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

keep=
case ${1:-} in
    '') ;;
    --keep) keep=yes ;;
    *)
        echo "usage: scripts/demo.sh [--keep]    --keep leaves the practice cluster running" >&2
        exit 2
        ;;
esac

cluster=$root/build/demo/cluster
reports=$root/build/demo/$(date -u +%Y%m%dT%H%M%SZ)

# Ctrl-C ends op-readiness first, which writes its reports, and then this script.
trap 'exit 130' INT
trap 'exit 143' TERM HUP
started=
stop_cluster() { "$root/practice/down.sh" --dir "$cluster"; }
give_up() {
    local code=$?
    [[ -z $started ]] || stop_cluster
    echo "demo: failed after $(elapsed) in: $current_step" >&2
    exit "$code"
}
trap give_up EXIT

start_cluster() {
    local owner=(--owner $$) exports
    [[ -z $keep ]] || owner=()
    exports=$("$root/practice/up.sh" --dir "$cluster" "${owner[@]}")
    started=yes
    eval "$exports"
}

run_op_readiness() {
    local code=0 command=("$root/build/release/op-readiness" --category Core.Network --place
        --e2e-binary "$OPREADY_PRACTICE_BIN/e2e.test" --case-timeout 90s --report-dir "$reports")
    printf '%s\n' "${command[*]}"
    "${command[@]}" || code=$?
    # 1: some cases failed, which is what simulated nodes make of them.
    ((code <= 1)) || exit "$code"
}

step "Debian packages" install_packages "${build_packages[@]}"
step "op-readiness (preset release)" configure_and_build release
step "Go toolchain" find_go
step "practice cluster, e2e.test and ginkgo" "$root/practice/build.sh"
step "starting the practice cluster" start_cluster
step "op-readiness against it: about four minutes, since no case gets more than 90 s here" run_op_readiness

cat <<END

The report is in $reports
  summary.json and junit_op-readiness.xml for machines, the logs of each case below cases/.
Simulated nodes run no containers, so every case that needs one to answer fails here, honestly; real nodes can pass it.
END
if [[ -n $keep ]]; then
    cat <<END
The practice cluster still runs. Reach it:  export KUBECONFIG=$cluster/kubeconfig PATH=$OPREADY_PRACTICE_BIN:\$PATH
Stop it:  practice/down.sh --dir $cluster
END
else
    stop_cluster
fi
trap - EXIT
echo "demo: done after $(elapsed)"
