# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What up.sh, down.sh, status.sh and watchdog.sh share: where a practice cluster is and which processes are its own.
#
# A cluster is one directory. Its file `practice-cluster` holds one line: an id, then process id and start time of
# the up.sh that started it and of its owner. Each of its processes has the directory in its environment: so
# they're found without trusting process ids that may have been used again.

practice=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck disable=SC2034  # used by who sources this file
default_dir=$practice/../build/practice/cluster
# shellcheck disable=SC2034  # as above
bin=${OPREADY_PRACTICE_BIN:-$practice/../build/practice/bin}

fail() {
    echo "practice/$(basename "$0"): $*" >&2
    exit 1
}

absolute() { realpath -m -- "$1"; }

# Holds a lock on the directory above the cluster's while the cluster's directory is claimed or removed.
lock_parent_of() {
    mkdir -p "$(dirname "$1")"
    exec 8<"$(dirname "$1")"
    flock 8
}

unlock_parent() { exec 8<&-; }

id_of() {
    local id=
    [[ ! -f $1/practice-cluster ]] || read -r id _ <"$1/practice-cluster" || true
    echo "$id"
}

# Process ids of a cluster, one a line.
processes_of() {
    { grep -lzxF "OPREADY_PRACTICE_CLUSTER=$1" /proc/[0-9]*/environ 2>/dev/null || true; } | cut -d/ -f3
}

# "<address>:<port> <program>" of each socket that a cluster listens on.
listeners_of() {
    local pids
    pids=$(processes_of "$1" | paste -sd'|')
    [[ -z $pids ]] || ss -Hltnp | sed -nE "s/^\S+ +\S+ +\S+ +(\S+) .*\(\(\"([^\"]+)\",pid=($pids),.*/\1 \2/p" | sort -u
}

# The time at which a process started, in clock ticks since boot; nothing where it's gone or a zombie.
start_of() {
    local stat fields
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
    read -ra fields <<<"${stat##*) }"
    [[ ${fields[0]} == [ZX] ]] || echo "${fields[19]}"
}

# Runs a command that leaves long-lived processes behind without any file that our caller has open: who reads
# our output until its end must not wait for a cluster to end.
detached() (
    local fd
    for fd in /proc/"$BASHPID"/fd/*; do
        fd=${fd##*/}
        ((fd <= 2)) || eval "exec $fd>&-"
    done
    exec "$@"
)

# Ends a cluster's processes and removes its directory; with an id, not if
# the directory is another cluster's by now.
tear_down() {
    local dir=$1 id=${2:-} pid pids starter started
    [[ ! -d $(dirname "$dir") ]] || lock_parent_of "$dir"
    if [[ -z $id || ! -e $dir || $(id_of "$dir") == "$id" ]]; then
        { read -r _ starter started _ <"$dir/practice-cluster"; } 2>/dev/null || true
        if [[ -n ${started:-} && $starter != "$$" && ! -e $dir/ready && $(start_of "$starter") == "$started" ]]; then
            kill -TERM "$starter" 2>/dev/null || true
        fi
        # Nothing in it is worth an orderly end, and a lone SIGKILL leaves no wait to time out.
        while pids=$(processes_of "$dir") && [[ -n $pids ]]; do
            xargs -r kill -KILL <<<"$pids" 2>/dev/null || true
            for pid in $pids; do
                while [[ -n $(start_of "$pid") ]]; do sleep 0.02; done
            done
        done
        rm -rf -- "$dir"
    fi
    unlock_parent
}
