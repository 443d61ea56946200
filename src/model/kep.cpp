// SPDX-License-Identifier: Apache-2.0
// What KEP-2578 asks, item by item.
#include "opready/model/kep.hpp"

#include <array>

namespace opready::model {
namespace {

constexpr std::array<KepItem, 46> kItems = {{
    {"Core.Network.1", "A Windows container reaches Linux containers by a service's IP"},
    {"Core.Network.2", "A Linux container reaches Windows containers by a service's IP"},
    {"Core.Network.3", "A Windows container reaches Linux containers by a NodePort"},
    {"Core.Network.4", "A Linux container reaches Windows containers by a NodePort"},
    {"Core.Network.5", "A Windows container reaches a Linux container by its pod IP"},
    {"Core.Network.6", "A Linux container reaches a Windows container by its pod IP"},
    {"Core.Network.7", "Several containers run on one node, each with an IP of its own"},
    {"Core.Network.8", "Services can be deleted and made again, and balance to their pods again"},
    {"Core.Network.9", "Pods of a StatefulSet can be deleted and made again, stay routed endpoints and keep their IPs"},
    {"Core.Network.10", "Pods are reached by the cluster's DNS names of services"},
    {"Core.Network.11", "Services outside are reached by their DNS names (not asked of air-gapped clusters)"},
    {"Core.Network.12", "Pods are reached through DNS records that the pod's specification injects"},
    {"Core.Network.13", "Services route to pods as the EndpointSlice API says"},
    {"Core.Storage.1", "All Windows nodes can be rebooted, and their pods are back within minutes"},
    {"Core.Storage.2",
     "Services can be deleted and made again, and balance to their pods again (the KEP names it twice)"},
    {"Core.Storage.3", "A pod mounts a hostPath volume and writes to it"},
    {"Core.Storage.4", "A pod mounts a hostPath volume and reads from it"},
    {"Core.Storage.5", "A pod mounts volumes of its host"},
    {"Core.Storage.6", "A running pod's service account is rotated, and the pod goes on reaching the API server"},
    {"Core.Storage.7", "Three running Windows containers of one node read and write shared files at the same time"},
    {"Core.Scheduling.1", "CPU and memory limits of pods are honoured over time"},
    {"Core.Scheduling.2", "Pods that ask for more CPU and memory than there is stay Pending"},
    {"Core.Concurrent.1", "A Deployment's pod is rescheduled 50 times in a row while pods are deleted"},
    {"Core.Concurrent.2", "Traffic reaches ten pods behind one ClusterIP"},
    {"Core.Concurrent.3", "Traffic reaches ten pods behind one NodePort"},
    {"Extend.HostProcess.1", "A HostProcess pod reaches the API server with its mounted service account"},
    {"Extend.HostProcess.2", "A HostProcess pod makes and manages host networking (HCN) rules"},
    {"Extend.HostProcess.3", "HostProcess containers share the IP of their Windows node"},
    {"Extend.HostProcess.4",
     "HostProcess containers use other privileged interfaces of Windows (the KEP leaves open which)"},
    {"Extend.HostProcess.5", "Pods bind to network interfaces of their Windows node"},
    {"Extend.HostProcess.6", "Nodes go on taking part in the cluster after a reboot"},
    {"Extend.ActiveDirectory.1", "A pod runs as a GMSA user and reaches only what that user may"},
    {"Extend.ActiveDirectory.2", "With Active Directory credentials local storage can be read and written"},
    {"Extend.ActiveDirectory.3",
     "Without Active Directory credentials protected local storage can't be read or written"},
    {"Extend.ActiveDirectory.4", "The field RunAsUserName works (volume permissions are not promised)"},
    {"Extend.NetworkPolicy.1", "TCP network policies keep IPv4 pods from reaching certain pods"},
    {"Extend.NetworkPolicy.2", "TCP network policies keep IPv4 pods from reaching certain namespaces"},
    {"Extend.Network.1", "Windows pods reach Linux pods by ClusterIP over IPv4 and IPv6"},
    {"Extend.Network.2", "Windows pods reach Linux pods by NodePort over IPv4 and IPv6"},
    {"Extend.Network.3", "Linux pods reach Windows pods by ClusterIP over IPv4 and IPv6"},
    {"Extend.Network.4", "Linux pods reach Windows pods by NodePort over IPv4 and IPv6"},
    {"Extend.Network.5", "Dual-stack networking runs where the Windows release supports it"},
    {"Extend.Worker.1", "Microsoft Defender's exclusions of the container runtime's processes can be assessed"},
    {"Extend.Worker.2", "Nodes ping each other"},
    {"Extend.Worker.3", "Nodes reach TCP and UDP services through NodePorts of their kube-proxy"},
    {"Extend.Worker.4", "Administrators run commands, mount storage and restart services on nodes by SSH or RDP"},
}};

}  // namespace

std::span<const KepItem> kep_items() {
  return kItems;
}

std::string_view category_of(const KepItem& item) {
  return item.id.substr(0, item.id.rfind('.'));
}

}  // namespace opready::model
