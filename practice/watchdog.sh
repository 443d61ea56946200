#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Takes a practice cluster down as soon as the process that owns it is gone; up.sh --owner starts it in a session of its own.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=cluster.sh
. "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"

dir=$1 id=$2 owner=$3 owner_start=$4
trap '' HUP INT TERM

while [[ $(start_of "$owner") == "$owner_start" ]]; do
    [[ $(id_of "$dir") == "$id" ]] || exit 0
    sleep 0.5
done
tear_down "$dir" "$id"
