// SPDX-License-Identifier: Apache-2.0
// Writes and reads the Leases that stand for turns.
#include "turn_lease.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "opready/cluster/taint_placer.hpp"

#include "json_text.hpp"
#include "ownership_json.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;

constexpr const char* kPlanLabel = "op-readiness/plan";
constexpr const char* kTurnLabel = "op-readiness/turn";
constexpr const char* kShardAnnotation = "op-readiness/shard";
constexpr const char* kShared = "shared";
constexpr const char* kExclusive = "exclusive";

std::optional<Turn> parse_turn(const std::string& word) {
  if (word == kShared) {
    return Turn::shared;
  }
  return word == kExclusive ? std::optional(Turn::exclusive) : std::nullopt;
}

OwnerRecord record_of(const TurnTaker& taker, base::Timestamp now) {
  return {.owner = taker.owner, .heartbeat = now, .e2e_runs = {}, .nodes = {}};
}

}  // namespace

std::string turn_leases_path() {
  return fmt::format("/apis/coordination.k8s.io/v1/namespaces/{}/leases", kPlacementLeaseNamespace);
}

std::string turn_leases_path_of(const std::string& plan) {
  return fmt::format("{}?labelSelector=op-readiness%2Fplan%3D{}", turn_leases_path(), plan);
}

std::string turn_lease_name(Turn turn, const TurnTaker& taker) {
  return "op-readiness-turn-" + (turn == Turn::shared ? taker.owner.run : taker.plan);
}

std::string turn_lease_manifest(Turn turn, const TurnTaker& taker, base::Timestamp now) {
  Json metadata = owned_metadata(turn_lease_name(turn, taker), record_of(taker, now));
  metadata["labels"][kPlanLabel] = taker.plan;
  metadata["labels"][kTurnLabel] = turn == Turn::shared ? kShared : kExclusive;
  metadata["annotations"][kShardAnnotation] = model::to_string(taker.shard);
  return Json({{"apiVersion", "coordination.k8s.io/v1"},
               {"kind", "Lease"},
               {"metadata", metadata},
               {"spec", {{"holderIdentity", describe(taker.owner)}}}})
      .dump();
}

std::string turn_lease_heartbeat(const std::string& uid, const TurnTaker& taker, base::Timestamp now) {
  return Json({{"metadata", {{"uid", uid}, {"annotations", changing_annotations(record_of(taker, now))}}}}).dump();
}

std::optional<std::vector<TurnLease>> read_turn_leases(const std::string& list) {
  const Json json = Json::parse(list, nullptr, false);
  if (!json.is_object() || !json.contains("items")) {
    return std::nullopt;
  }
  std::vector<TurnLease> leases;
  for (const Json& item : json.at("items")) {
    if (auto record = read_record(item)) {
      leases.push_back({.name = text_at(item, "/metadata/name"),
                        .uid = text_at(item, "/metadata/uid"),
                        .version = text_at(item, "/metadata/resourceVersion"),
                        .turn = parse_turn(label_of(item, kTurnLabel)),
                        .shard = text_at(item, Json::json_pointer() / "metadata" / "annotations" / kShardAnnotation),
                        .record = *std::move(record)});
    }
  }
  return leases;
}

}  // namespace opready::cluster
