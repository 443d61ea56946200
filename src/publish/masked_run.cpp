// SPDX-License-Identifier: Apache-2.0
// Masks machines in events and logs.
#include "opready/publish/masked_run.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "opready/base/error.hpp"
#include "opready/process/line_splitter.hpp"

namespace opready::publish {
namespace {

using Json = nlohmann::json;

/// Their values are ids and enumerators, also where a node is called "windows".
constexpr std::array<std::string_view, 12> kKept = {"event",   "id",        "case_id",    "same_as",
                                                    "outcome", "status",    "not_run",    "category",
                                                    "os",      "placement", "categories", "suite"};

void mask_texts(Json& json, base::HostMask& mask) {
  if (json.is_string()) {
    json = mask.masked(json.get_ref<const std::string&>());
  } else if (json.is_array()) {
    for (Json& item : json) {
      mask_texts(item, mask);
    }
  } else if (json.is_object()) {
    json.erase("log_offset");
    for (const auto& [key, value] : json.items()) {
      if (std::find(kKept.begin(), kKept.end(), key) == kKept.end()) {
        mask_texts(value, mask);
      }
    }
  }
}

/// "api.example.com" of "https://user@api.example.com:6443/path".
std::string host_of(std::string_view url) {
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) {
    url.remove_prefix(scheme + 3);
  }
  url = url.substr(0, url.find('/'));
  url.remove_prefix(url.rfind('@') + 1);  // npos + 1 is 0.
  if (url.starts_with('[')) {
    return std::string(url.substr(1, url.find(']') - 1));
  }
  return std::string(url.substr(0, url.find(':')));
}

/// Names that any machine has tell nothing.
bool is_local(const std::string& host) {
  return host == "localhost" || host == "127.0.0.1" || host == "::1";
}

std::vector<std::string> nodes_of(const model::RunRecord& record) {
  std::vector<std::string> nodes;
  nodes.reserve(record.started.cluster.nodes.size());
  for (const model::NodeFacts& node : record.started.cluster.nodes) {
    nodes.push_back(node.name);
  }
  for (const model::CaseRecord& item : record.cases) {
    for (const model::AttemptRecord& attempt : item.attempts) {
      for (const model::SpecResult& spec :
           attempt.finished ? attempt.finished->result.specs : std::vector<model::SpecResult>{}) {
        for (const model::PodsOnNode& place : spec.pods ? spec.pods->nodes : std::vector<model::PodsOnNode>{}) {
          nodes.push_back(place.node.name);
        }
      }
    }
  }
  return nodes;
}

}  // namespace

std::unique_ptr<base::HostMask> mask_of(const model::RunRecord& record) {
  const std::vector<std::string> nodes = nodes_of(record);
  if (nodes.empty()) {
    throw base::environment_error(
        "--redact-hosts: the run doesn't know the names of the cluster's nodes, which it could not list, and so they "
        "can't be masked in its logs");
  }
  std::vector<std::string> hosts = {host_of(record.started.cluster.server), record.started.process.host};
  for (const model::RunResumed& resumed : record.resumed) {
    hosts.push_back(resumed.process.host);
  }
  std::erase_if(hosts, is_local);
  return std::make_unique<base::HostMask>(nodes, hosts);
}

std::string masked_events(std::string_view text, base::HostMask& mask) {
  std::string result;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    Json event = Json::parse(text.substr(0, end));
    mask_texts(event, mask);
    result += event.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
    text.remove_prefix(end + 1);
  }
  return result;
}

struct MaskedText::Impl {
  base::HostMask& mask;
  Sink sink;
  process::LineSplitter lines{
      [this](const process::LinePiece& piece) { sink(mask.masked(piece.text) + (piece.last ? "\n" : "")); }};
};

MaskedText::MaskedText(base::HostMask& mask, Sink sink) : impl_(new Impl{mask, std::move(sink)}) {}

MaskedText::~MaskedText() = default;

void MaskedText::feed(std::string_view chunk) {
  impl_->lines.feed(chunk);
}

void MaskedText::finish() {
  impl_->lines.finish();
}

}  // namespace opready::publish
