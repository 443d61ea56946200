#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Starts a practice cluster: a real control plane on loopback, two simulated Windows and two simulated Linux nodes.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=cluster.sh
. "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"

usage() {
    cat >&2 <<'END'
usage: practice/up.sh [--dir WORKDIR] [--name NAME] [--owner PID|parent]
  --dir    everything of the cluster is below it (default: build/practice/cluster)
  --name   name of the kubeconfig context (default: practice)
  --owner  the cluster goes when this process does, however it ends (default: it stays until down.sh);
           parent is the process that started up.sh
Progress goes to stderr; stdout holds the two export lines: eval "$(practice/up.sh)"
END
    exit 2
}

dir=$default_dir name=practice owner=
while (($#)); do
    case $1 in
        --dir) dir=${2:?--dir needs a directory}; shift 2 ;;
        --name) name=${2:?--name needs a name}; shift 2 ;;
        --owner) owner=${2:?--owner needs a process id}; shift 2 ;;
        *) usage ;;
    esac
done
dir=$(absolute "$dir")
bin=$(absolute "$bin")
[[ $name =~ ^[a-z0-9][a-z0-9-]{0,40}$ ]] || fail "the name '$name' must be lower-case letters, digits and dashes"
[[ $owner != parent ]] || owner=$PPID
owner_start=
if [[ -n $owner ]]; then
    [[ $owner =~ ^[0-9]+$ ]] && owner_start=$(start_of "$owner")
    [[ -n $owner_start ]] || fail "the owner, process $owner, doesn't exist"
fi
for part in etcd kube-apiserver kube-controller-manager kube-scheduler kubectl kwok kwokctl; do
    [[ -x $bin/$part ]] || fail "$bin/$part is missing; practice/build.sh builds it"
done
for tool in flock setsid ss; do
    command -v "$tool" >/dev/null || fail "'$tool' is missing (Debian: util-linux, iproute2)"
done

say() { printf '[%3ds] %s\n' "$SECONDS" "$*" >&2; }
kubectl() {
    OPREADY_PRACTICE_CLUSTER=$dir KUBECACHEDIR=$dir/cache "$bin/kubectl" --kubeconfig "$dir/kubeconfig" "$@"
}
print_exports() {
    # shellcheck disable=SC2016  # who reads these lines expands $PATH
    printf 'export KUBECONFIG=%q\nexport PATH=%q:$PATH\n' "$dir/kubeconfig" "$bin"
}

# Makes the directory ours, or says why it can't be.
claim() {
    local starter starter_start owner_then owner_then_start
    lock_parent_of "$dir"
    if [[ -n $(id_of "$dir") ]]; then
        read -r _ starter starter_start owner_then owner_then_start <"$dir/practice-cluster"
        if [[ -z $(processes_of "$dir") && $(start_of "$starter") != "$starter_start" ]] ||
            [[ $owner_then != none && $(start_of "$owner_then") != "$owner_then_start" ]]; then
            say "removing what an earlier cluster left in $dir"
            unlock_parent
            tear_down "$dir"
            lock_parent_of "$dir"
        elif [[ -z $owner && -f $dir/ready ]]; then
            say "the cluster in $dir is up already"
            print_exports
            exit 0
        else
            fail "a cluster runs or starts in $dir; stop it with: practice/down.sh --dir $dir"
        fi
    fi
    [[ ! -e $dir ]] || rmdir -- "$dir" 2>/dev/null || fail "$dir exists and isn't a practice cluster's; choose another --dir"
    mkdir -m 0700 -- "$dir"
    echo "$id $$ $(start_of $$) ${owner:-none} ${owner_start:-0}" >"$dir/practice-cluster"
    unlock_parent
}

# kwokctl's flag for extra arguments can't be repeated, so all of them stand in its configuration file.
write_configuration() {
    cat >"$dir/kwokctl.yaml" <<END
apiVersion: config.kwok.x-k8s.io/v1alpha1
kind: KwokctlConfiguration
options:
  runtime: binary
  bindAddress: 127.0.0.1
  securePort: true
  kubeAuthorization: true
  kubeAdmission: true
  kubeVersion: $kubernetes
  etcdBinary: $bin/etcd
  kubeApiserverBinary: $bin/kube-apiserver
  kubeControllerManagerBinary: $bin/kube-controller-manager
  kubeSchedulerBinary: $bin/kube-scheduler
  kwokControllerBinary: $bin/kwok
  kubectlBinary: $bin/kubectl
componentsPatches:
- name: etcd
  extraArgs:
  - key: unsafe-no-fsync
    value: "true"
END
}

# Starts the control plane. kwokctl looks for free ports and lets go of them again, so starts take turns
# from there until all parts listen; a port that somebody else took meanwhile is cause for another attempt.
start_control_plane() {
    local attempt deadline
    exec 9<"$bin/kwokctl"
    flock -n 9 || { say "another cluster is starting, waiting for its turn to end"; flock 9; }
    for attempt in 1 2 3; do
        rm -rf "$dir/kwok"
        if detached env OPREADY_PRACTICE_CLUSTER="$dir" KWOK_WORKDIR="$dir/kwok" KUBECACHEDIR="$dir/cache" \
            "$bin/kwokctl" --config "$dir/kwokctl.yaml" --name "$name" create cluster \
            --kubeconfig "$dir/kwokctl.kubeconfig" --timeout 60s </dev/null >"$dir/kwokctl.log" 2>&1; then
            deadline=$((SECONDS + 40))
            while ((SECONDS < deadline)); do
                if (($(listeners_of "$dir" | wc -l) == 6)); then
                    exec 9<&-
                    return 0
                fi
                sleep 0.1
            done
        fi
        [[ $(id_of "$dir") == "$id" ]] || fail "the cluster was stopped while it started"
        say "attempt $attempt to start the control plane failed"
        processes_of "$dir" | xargs -r kill -KILL 2>/dev/null || true
    done
    tail -n 5 "$dir/kwokctl.log" "$dir/kwok/clusters/$name/logs/"*.log >&2 || true
    fail "the control plane doesn't start"
}

write_kubeconfig() {
    local pki=$dir/kwok/clusters/$name/pki server
    server=$(listeners_of "$dir" | sed -n 's/ kube-apiserver$//p')
    (umask 077 && cat >"$dir/kubeconfig") <<END
apiVersion: v1
kind: Config
current-context: $name
clusters:
- name: $name
  cluster:
    server: https://$server
    certificate-authority-data: $(base64 -w0 "$pki/ca.crt")
contexts:
- name: $name
  context: {cluster: $name, user: $name-admin}
users:
- name: $name-admin
  user:
    client-certificate-data: $(base64 -w0 "$pki/admin.crt")
    client-key-data: $(base64 -w0 "$pki/admin.key")
END
}

# node NAME OS ADDRESS OS_IMAGE KERNEL [EXTRA LABEL]: one simulated node. The addresses are of a range that is
# kept for documentation, so nobody's network has them.
node() {
    cat <<END
---
apiVersion: v1
kind: Node
metadata:
  name: $1
  annotations: {kwok.x-k8s.io/node: fake}
  labels:
    kubernetes.io/arch: amd64
    kubernetes.io/hostname: $1
    kubernetes.io/os: $2
    node.kubernetes.io/instance-type: simulated
    ${6:-}
status:
  addresses:
  - {type: InternalIP, address: $3}
  allocatable: {cpu: "8", memory: 32Gi, ephemeral-storage: 100Gi, pods: "110"}
  capacity: {cpu: "8", memory: 32Gi, ephemeral-storage: 100Gi, pods: "110"}
  nodeInfo:
    architecture: amd64
    operatingSystem: $2
    osImage: $4
    kernelVersion: $5
    containerRuntimeVersion: containerd://2.1.4
    kubeletVersion: $kubernetes
END
}

make_nodes() {
    local number
    {
        for number in 0 1; do
            node "win-$number" windows "192.0.2.1$number" "Windows Server 2022 Datacenter" 10.0.20348.4052 \
                'node.kubernetes.io/windows-build: "10.0.20348"'
            node "linux-$number" linux "192.0.2.2$number" "Debian GNU/Linux 12 (bookworm)" 6.1.0-37-amd64
        done
    } | kubectl create -f - >/dev/null
    kubectl wait --for=condition=Ready node --all --timeout=60s >/dev/null
}

id=$$-$(date +%s%N)
claim
trap 'tear_down "$dir" "$id"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
if [[ -n $owner ]]; then
    detached setsid --fork "$practice/watchdog.sh" "$dir" "$id" "$owner" "$owner_start" </dev/null >/dev/null 2>&1
fi

kubernetes=$("$bin/kubectl" version --client | sed -n 's/^Client Version: //p')
say "starting Kubernetes $kubernetes in $dir"
write_configuration
start_control_plane
write_kubeconfig
make_nodes
beyond=$(listeners_of "$dir" | grep -v '^127\.0\.0\.1:' || true)
[[ -z $beyond ]] || fail "a part listens beyond loopback: $beyond"
touch "$dir/ready"
trap - EXIT
say "cluster '$name' is up: 4 nodes are Ready"
print_exports
