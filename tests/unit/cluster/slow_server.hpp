// SPDX-License-Identifier: Apache-2.0
// An API server for tests of placement by policy: kubectl's commands for the run "r1", and what is made of them.
#pragma once

#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "fake_kubectl.hpp"

namespace opready::cluster {

inline constexpr const char* kPolicies = "/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicies";
inline constexpr const char* kMakeNamespace = "create --raw /api/v1/namespaces";
inline constexpr const char* kProbe = "create --raw '/api/v1/namespaces/op-readiness-r1/pods?dryRun=All'";
inline constexpr const char* kWriteRecord = "patch namespace op-readiness-r1 --type merge -o name";
inline constexpr const char* kWritePolicy = "patch mutatingadmissionpolicy op-readiness-r1 --type merge -o name";
inline constexpr const char* kRemovePolicy =
    "delete mutatingadmissionpolicybinding/op-readiness-r1 mutatingadmissionpolicy/op-readiness-r1 --ignore-not-found "
    "--wait=false -o name";
inline constexpr const char* kRemoveNamespace =
    "delete namespace/op-readiness-r1 --ignore-not-found --wait=false -o name";

inline const std::string kMakePolicy = std::string("create --raw ") + kPolicies;
inline const std::string kMakeBinding =
    "create --raw /apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicybindings";

/// Keeps what is made, and acts by a bound policy only from the `lag`th probe on after it was written.
class SlowServer {
 public:
  KubectlReply answer(const KubectlCall& call) {
    if (!outage.empty() && call.command.starts_with(outage)) {
      return {"", "Error from server (Forbidden): not you"};
    }
    if (down) {
      return {"", "The connection to the server was refused - did you specify the right host or port?"};
    }
    const KubectlReply reply = call.command == kProbe ? probe() : change(call);
    if (!lost.empty() && call.command.starts_with(lost)) {
      lost.clear();
      return {"", "Unable to connect to the server: EOF"};
    }
    return reply;
  }

  int lag = 1;
  std::string os = "windows";
  std::string outage;           ///< Commands that begin so are forbidden.
  std::string lost;             ///< The answer to the first command that begins so is lost.
  bool down = false;            ///< Nothing is answered.
  std::set<std::string> there;  ///< "namespace", ...

 private:
  KubectlReply probe() {
    acting_ = ++probes_ >= lag ? stored_ : acting_;
    const bool acts = there.contains("mutatingadmissionpolicy") && there.contains("mutatingadmissionpolicybinding");
    return {nlohmann::json{{"metadata", {{"annotations", {{"op-readiness/probe", acts ? acting_ : ""}}}}},
                           {"spec", {{"nodeSelector", {{"kubernetes.io/os", os}}}}}}
                .dump(),
            ""};
  }

  KubectlReply change(const KubectlCall& call) {
    const std::string& command = call.command;
    if (command.starts_with("delete ")) {
      std::erase_if(there,
                    [&](const std::string& kind) { return command.find(' ' + kind + '/') != std::string::npos; });
      return {"", ""};
    }
    const bool creates = command.starts_with("create ");
    const std::string kind = kind_of(command);
    if (creates == there.contains(kind)) {
      return {"", creates ? "Error from server (AlreadyExists): there is one" : "Error from server (NotFound): none"};
    }
    there.insert(kind);
    if (call.body.find("JSONPatch") != std::string::npos) {
      stored_ = generation_in(call.body);
      probes_ = 0;
    }
    return {"{}", ""};
  }

  static std::string kind_of(const std::string& command) {
    if (command.starts_with("patch ")) {
      return command.substr(6, command.find(' ', 6) - 6);
    }
    return command == kMakeNamespace ? "namespace"
           : command == kMakePolicy  ? "mutatingadmissionpolicy"
                                     : "mutatingadmissionpolicybinding";
  }

  static std::string generation_in(const std::string& body) {
    const std::string mark = "value: '";
    const std::size_t begin = body.rfind(mark) + mark.size();
    return body.substr(begin, body.find('\'', begin) - begin);
  }

  std::string stored_;
  std::string acting_;
  int probes_ = 0;
};

}  // namespace opready::cluster
