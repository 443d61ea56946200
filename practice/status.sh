#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Shows a practice cluster's processes, memory, sockets and nodes; exit 1 where it doesn't answer.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=cluster.sh
. "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"

dir=$default_dir
while (($#)); do
    case $1 in
        --dir) dir=${2:?--dir needs a directory}; shift 2 ;;
        *) echo "usage: practice/status.sh [--dir WORKDIR]" >&2; exit 2 ;;
    esac
done
dir=$(absolute "$dir")

pids=$(processes_of "$dir" | paste -sd,)
if [[ -z $pids ]]; then
    echo "no practice cluster runs in $dir"
    exit 1
fi
echo "practice cluster in $dir"
ps -o pid,rss,etime,comm -p "$pids" | awk '
    NR > 1 { printf "  %-24s pid %-8s %4d MB  up %s\n", $4, $1, $2 / 1024, $3; sum += $2 }
    END { printf "  %-24s %17d MB\n", "together", sum / 1024 }'
echo "listens on"
listeners_of "$dir" | sed 's/^/  /'
KUBECACHEDIR=$dir/cache "$bin/kubectl" --kubeconfig "$dir/kubeconfig" --request-timeout=5s get nodes -o wide
