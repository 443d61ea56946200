// SPDX-License-Identifier: Apache-2.0
// An API server for tests of cleaning up: lists of objects that can be read and deleted.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "fake_kubectl.hpp"

namespace opready::cluster {

inline constexpr const char* kNamespaces = "/api/v1/namespaces";
inline constexpr const char* kRoles = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
inline constexpr const char* kBindings = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
inline constexpr const char* kMutating = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
inline constexpr const char* kValidating = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
inline constexpr const char* kApis = "/apis/apiregistration.k8s.io/v1/apiservices";
inline constexpr const char* kRequests = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

class FakeObjects {
 public:
  using Json = nlohmann::json;

  void add(const std::string& collection, const std::string& name, Json rest = Json::object()) {
    rest["metadata"]["name"] = name;
    rest["metadata"]["uid"] = "uid-" + name;
    objects_[collection].emplace_back(std::move(rest));
  }
  void add_namespace(const std::string& name, const std::string& e2e_run) {
    add(kNamespaces, name, {{"metadata", {{"labels", {{"e2e-run", e2e_run}}}}}});
  }
  void add_going(const std::string& name, const std::string& e2e_run, Json rest = Json::object()) {
    rest["metadata"]["labels"] = {{"e2e-run", e2e_run}};
    rest["metadata"]["deletionTimestamp"] = "2026-01-31T08:15:30Z";
    add(kNamespaces, name, std::move(rest));
  }
  void remove(const std::string& path) {
    const std::string name = path.substr(path.rfind('/') + 1);
    std::erase_if(objects_[path.substr(0, path.rfind('/'))],
                  [&](const Json& object) { return object.at("metadata").at("name") == name; });
  }

  [[nodiscard]] KubectlReply answer(const KubectlCall& call) {
    if (failures_ > 0) {
      --failures_;
      return {"", "The connection to the server was refused - did you specify the right host or port?"};
    }
    const std::string path = call.command.substr(call.command.rfind(' ') + 1);
    if (forbidden.contains(path)) {
      return {"", "Error from server (Forbidden): not you"};
    }
    if (call.command.starts_with("get ")) {
      return unserved.contains(path) ? KubectlReply{"", "Error from server (NotFound): none"}
                                     : KubectlReply{Json{{"items", objects_[path]}}.dump(), ""};
    }
    deleted.push_back(path + ' ' + Json::parse(call.body).at("preconditions").at("uid").get<std::string>());
    remove(path);
    return {"{}", ""};
  }

  /// The next so many requests find no server.
  void fail(int requests) { failures_ = requests; }

  std::set<std::string> forbidden;
  std::set<std::string> unserved;
  std::vector<std::string> deleted;  ///< "path uid"

 private:
  std::map<std::string, std::vector<Json>> objects_;
  int failures_ = 0;
};

}  // namespace opready::cluster
