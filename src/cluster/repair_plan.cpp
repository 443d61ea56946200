// SPDX-License-Identifier: Apache-2.0
// Decides whose run is dead, and what of it is left.
#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "opready/cluster/namespaces.hpp"
#include "opready/cluster/repair.hpp"
#include "opready/cluster/taint_placer.hpp"

#include "json_text.hpp"
#include "ownership_json.hpp"
#include "placement_spec.hpp"
#include "taint_patch.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;

/// Nothing where that's no list.
std::optional<std::vector<Json>> read_list(const std::string& list) {
  const Json json = Json::parse(list, nullptr, false);
  return json.is_object() && json.contains("items") && json.at("items").is_array()
             ? std::optional(json.at("items").get<std::vector<Json>>())
             : std::nullopt;
}

std::vector<Json> items_of(const std::string& list) {
  return read_list(list).value_or(std::vector<Json>());
}

bool is_going(const Json& object) {
  return object.contains(Json::json_pointer("/metadata/deletionTimestamp"));
}

/// An object that carries our label.
struct OwnObject {
  std::string what;
  std::string path;
  Json json;
  std::optional<OwnerRecord> record;
  bool holds_record = false;
};

/// What all objects of a run say together.
struct Run {
  OwnerRecord record;
  bool dead = false;
  bool ended = false;  ///< Its process has, certainly.
};

class Planner {
 public:
  Planner(const ClusterObjects& objects, const Liveness& liveness, const std::optional<OwnerRecord>& only)
      : liveness_(liveness),
        only_run_(only ? only->owner.run : ""),
        hearts_read_(read_list(objects.namespaces).has_value()),
        namespaces_(items_of(objects.namespaces)),
        nodes_(items_of(objects.nodes)) {
    const std::string policies = kPolicyPaths;
    add(items_of(objects.policies), "admission policy", policies + "mutatingadmissionpolicies/", false);
    add(items_of(objects.bindings), "admission policy binding", policies + "mutatingadmissionpolicybindings/", false);
    add(items_of(objects.leases), "Lease",
        fmt::format("/apis/coordination.k8s.io/v1/namespaces/{}/leases/", kPlacementLeaseNamespace), true);
    add(namespaces_, "namespace", "/api/v1/namespaces/", true);
    if (only) {
      add_to_run(*only);
    }
    for (auto& [id, run] : runs_) {
      run.dead = is_dead(run.record, liveness_);
      run.ended = liveness_.life_of(run.record.owner.process) == process::Life::ended;
    }
  }

  [[nodiscard]] RepairPlan plan() && {
    for (const OwnObject& object : objects_) {
      judge(object);
    }
    for (const Json& node : nodes_) {
      judge_node(node);
    }
    for (const Json& item : namespaces_) {
      judge_test_namespace(item);
    }
    std::stable_partition(plan_.actions.begin(), plan_.actions.end(),
                          [](const RepairAction& action) { return !action.is_record; });
    return std::move(plan_);
  }

 private:
  void add(const std::vector<Json>& items, const std::string& kind, const std::string& path, bool holds_record) {
    for (const Json& item : items) {
      if (label_of(item, kManagedByLabel) != kManagedByValue) {
        continue;
      }
      std::optional<OwnerRecord> record = read_record(item);
      if (record) {
        if (!holds_record && !hearts_read_) {
          record->heartbeat = liveness_.now;  // Its heart beats in a namespace, which may be there.
        }
        if (is_going(item)) {
          record->e2e_runs.clear();  // What an orderly end left standing is meant to stay.
          record->nodes.clear();
        }
        add_to_run(*record);
      }
      if (!is_going(item)) {
        const std::string name = text_at(item, "/metadata/name");
        objects_.push_back({fmt::format("{} {}", kind, name), path + name, item, std::move(record), holds_record});
      }
    }
  }

  void add_to_run(const OwnerRecord& record) {
    auto [entry, is_new] = runs_.try_emplace(record.owner.run, Run{record});
    if (!is_new) {
      OwnerRecord& known = entry->second.record;
      known.heartbeat = std::max(known.heartbeat, record.heartbeat);
      known.e2e_runs.insert(known.e2e_runs.end(), record.e2e_runs.begin(), record.e2e_runs.end());
      known.nodes.insert(known.nodes.end(), record.nodes.begin(), record.nodes.end());
    }
  }

  [[nodiscard]] bool is_asked_for(const std::string& run) const { return only_run_.empty() || run == only_run_; }

  void judge(const OwnObject& object) {
    if (!object.record) {
      plan_.left.push_back(object.what + ": it doesn't say whose it is");
      return;
    }
    const Run& run = runs_.at(object.record->owner.run);
    if (!is_asked_for(run.record.owner.run)) {
      return;
    }
    if (!run.dead) {
      plan_.left.push_back(fmt::format("{}: {} {}", object.what, describe(run.record.owner),
                                       hearts_read_ || object.holds_record ? "is alive" : "may be alive"));
      return;
    }
    const std::string uid = text_at(object.json, "/metadata/uid");
    // A heart that beats after all changes it.
    const std::string version = text_at(object.json, "/metadata/resourceVersion");
    plan_.actions.push_back({.what = object.what,
                             .run = run.record.owner.run,
                             .path = object.path,
                             .body = deletion_of(uid, version),
                             .is_record = object.holds_record,
                             .trial = object.holds_record && !run.ended ? trial_deletion_of(uid, version) : ""});
  }

  void judge_node(const Json& node) {
    for (const std::string& value : placement_taint_values(node)) {
      judge_taint(node, value);
    }
  }

  void judge_taint(const Json& node, const std::string& value) {
    const std::string name = text_at(node, "/metadata/name");
    const std::string what = fmt::format("taint {}={} of node {}", kPlacementTaint, value, name);
    const auto run = runs_.find(value);
    const auto patch = untainting_patch(node, value);
    if (run == runs_.end() || !is_recorded(run->second, name) || !patch) {
      if (only_run_.empty()) {
        plan_.left.push_back(what + ": no run says that it set it");
      }
    } else if (run->second.dead && is_asked_for(value)) {
      plan_.actions.push_back({.what = what, .run = value, .node = name, .body = *patch});
    }
  }

  static bool is_recorded(const Run& run, const std::string& node) {
    return std::find(run.record.nodes.begin(), run.record.nodes.end(), node) != run.record.nodes.end();
  }

  /// A namespace that e2e.test made for a dead run.
  void judge_test_namespace(const Json& item) {
    const std::string e2e_run = label_of(item, kE2eRunLabel);
    for (const auto& [id, run] : runs_) {
      const std::vector<std::string>& own = run.record.e2e_runs;
      if (!is_going(item) && run.dead && is_asked_for(id) && std::find(own.begin(), own.end(), e2e_run) != own.end()) {
        const std::string name = text_at(item, "/metadata/name");
        plan_.actions.push_back({.what = "namespace " + name,
                                 .run = id,
                                 .path = "/api/v1/namespaces/" + name,
                                 .body = deletion_of(text_at(item, "/metadata/uid"))});
        return;
      }
    }
  }

  const Liveness& liveness_;
  std::string only_run_;
  bool hearts_read_;  ///< Those of runs with policies; a Lease is itself what has a heart.
  std::vector<Json> namespaces_;
  std::vector<Json> nodes_;
  std::vector<OwnObject> objects_;
  std::map<std::string, Run> runs_;
  RepairPlan plan_;
};

}  // namespace

RepairPlan plan_repair(const ClusterObjects& objects, const Liveness& liveness,
                       const std::optional<OwnerRecord>& only) {
  return Planner(objects, liveness, only).plan();
}

}  // namespace opready::cluster
