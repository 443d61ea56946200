// SPDX-License-Identifier: Apache-2.0
// Knows what upstream's specs make outside of namespaces, and how they name it.
//
// Judged from Kubernetes v1.32 to v1.36. Of the shipped cases' specs only those of "GMSA Full"
// (test/e2e/windows/gmsa_full.go) make such objects, and leave some of them even when they pass: a ClusterRole, a
// ClusterRoleBinding, a CertificateSigningRequest, and by windows-gmsa's deploy-gmsa-webhook.sh a namespace, one more
// role and binding, and two webhook configurations. Their CustomResourceDefinition has the same name whoever made it,
// and stays. Bindings, webhooks and API services of other specs refer to the spec's namespace likewise.
// PersistentVolumes stay: Kubernetes removes those that it provisioned for a claim, and retained ones are meant to
// stay.
#include "ties.hpp"

#include <algorithm>
#include <array>

#include "opready/cluster/namespaces.hpp"

#include "json_text.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;

constexpr const char* kGmsaPrefix = "gmsa-full-test-windows-";
constexpr const char* kWebhook = "gmsa-webhook";

/// All of the array at `path` are so, and it isn't empty.
template <typename Condition>
bool all_of(const Json& object, const char* path, Condition condition) {
  const Json::json_pointer pointer(path);
  return object.contains(pointer) && object.at(pointer).is_array() && !object.at(pointer).empty() &&
         std::all_of(object.at(pointer).begin(), object.at(pointer).end(), condition);
}

bool binds_only_them(const Json& binding, const Ties& ties) {
  return all_of(binding, "/subjects", [&](const Json& subject) {
    return text_at(subject, "/kind") == "ServiceAccount" && ties.namespaces.contains(text_at(subject, "/namespace"));
  });
}

bool calls_only_them(const Json& configuration, const Ties& ties) {
  return all_of(configuration, "/webhooks", [&](const Json& webhook) {
    return ties.namespaces.contains(text_at(webhook, "/clientConfig/service/namespace"));
  });
}

bool is_served_by_them(const Json& api, const Ties& ties) {
  return ties.namespaces.contains(text_at(api, "/spec/service/namespace"));
}

bool is_their_role(const Json& role, const Ties& ties) {
  return ties.cluster_roles.contains(text_at(role, "/metadata/name"));
}

bool is_their_request(const Json& request, const Ties& ties) {
  return ties.signing_requests.contains(text_at(request, "/metadata/name"));
}

/// What hinders others goes first: a webhook without its server makes requests fail, an API without one keeps every
/// namespace from being removed.
constexpr std::array<TiedKind, 6> kKinds = {{
    {"MutatingWebhookConfiguration", "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
     calls_only_them},
    {"ValidatingWebhookConfiguration", "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
     calls_only_them},
    {"APIService", "/apis/apiregistration.k8s.io/v1/apiservices", is_served_by_them},
    {"ClusterRoleBinding", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", binds_only_them},
    {"ClusterRole", "/apis/rbac.authorization.k8s.io/v1/clusterroles", is_their_role},
    {"CertificateSigningRequest", "/apis/certificates.k8s.io/v1/certificatesigningrequests", is_their_request},
}};

}  // namespace

Ties::Ties(const std::vector<Json>& all, const E2eTraces& traces)
    : e2e_runs(traces.e2e_runs.begin(), traces.e2e_runs.end()),
      namespaces(traces.namespaces.begin(), traces.namespaces.end()) {
  for (const Json& item : all) {
    const std::string name = text_at(item, "/metadata/name");
    if (is_namespace(item)) {
      namespaces.insert(name);
    } else {
      namespaces.erase(name);
    }
  }
  for (const std::string& name : namespaces) {
    if (name.starts_with(kGmsaPrefix)) {
      const std::string server = name + "-webhook";
      webhook_namespaces.insert(server);
      cluster_roles.insert({name + "-rbac-role", server + '-' + kWebhook + "-rbac-role"});
      signing_requests.insert(std::string(kWebhook) + '.' + server);
    }
  }
  namespaces.insert(webhook_namespaces.begin(), webhook_namespaces.end());
}

bool Ties::is_namespace(const Json& object) const {
  const std::string e2e_run = label_of(object, kE2eRunLabel);
  return (!e2e_run.empty() && e2e_runs.contains(e2e_run)) ||
         (webhook_namespaces.contains(text_at(object, "/metadata/name")) &&
          label_of(object, "gmsa-webhook") == "disabled");
}

std::span<const TiedKind> tied_kinds() {
  return kKinds;
}

}  // namespace opready::cluster
