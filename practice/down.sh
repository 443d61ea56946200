#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Stops a practice cluster and removes its directory; does nothing where there is none.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=cluster.sh
. "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"

dir=$default_dir
while (($#)); do
    case $1 in
        --dir) dir=${2:?--dir needs a directory}; shift 2 ;;
        *) echo "usage: practice/down.sh [--dir WORKDIR]" >&2; exit 2 ;;
    esac
done
dir=$(absolute "$dir")

if [[ ! -e $dir && -z $(processes_of "$dir") ]]; then
    echo "no practice cluster in $dir"
    exit 0
fi
[[ ! -e $dir || -n $(id_of "$dir") ]] || fail "$dir is not a practice cluster's directory; left as it is"
tear_down "$dir"
echo "the practice cluster in $dir is stopped and removed"
