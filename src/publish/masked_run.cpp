// SPDX-License-Identifier: Apache-2.0
// Masks machines in events and logs.
#include "opready/publish/masked_run.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>
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

/// What users call as they like, keys included.
constexpr std::array<std::string_view, 2> kForeign = {"labels", "node_selector"};

bool is_one_of(std::span<const std::string_view> names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void mask_foreign(Json& json, base::HostMask& mask) {
  Json masked = Json::object();
  for (const auto& [key, value] : json.items()) {
    masked[mask.masked(key)] = mask.masked(value.get_ref<const std::string&>());
  }
  json = std::move(masked);
}

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
      if (is_one_of(kForeign, key)) {
        mask_foreign(value, mask);
      } else if (!is_one_of(kKept, key)) {
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
  const std::string server = host_of(record.started.cluster.server);
  std::vector<std::string> hosts = {server, record.started.process.host};
  for (const model::RunResumed& resumed : record.resumed) {
    hosts.push_back(resumed.process.host);
  }
  std::erase_if(hosts, is_local);
  auto mask = std::make_unique<base::HostMask>(nodes, hosts);
  std::string in_context = server;  // As `oc login` names contexts.
  std::replace(in_context.begin(), in_context.end(), '.', '-');
  mask->also_called(in_context, server);
  for (const std::string& host : hosts) {
    if (const std::string label = host.substr(0, host.find('.')); host != server && !is_local(label)) {
      mask->also_called(label, host);
    }
  }
  return mask;
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

std::string masked_path(const std::string& file, base::HostMask& mask) {
  const std::filesystem::path path = file;
  std::filesystem::path masked;
  for (auto part = path.begin(); part != path.end(); ++part) {
    const bool is_case = masked == "cases" && std::next(part) != path.end();
    masked /= is_case ? part->string() : mask.masked(part->string());
  }
  return masked.string();
}

struct MaskedText::Impl {
  base::HostMask& mask;
  Sink sink;
  bool ended = false;
  process::LineSplitter lines{
      [this](const process::LinePiece& piece) { sink(mask.masked(piece.text) + (piece.last && !ended ? "\n" : "")); }};
};

MaskedText::MaskedText(base::HostMask& mask, Sink sink) : impl_(new Impl{.mask = mask, .sink = std::move(sink)}) {}

MaskedText::~MaskedText() = default;

void MaskedText::feed(std::string_view chunk) {
  impl_->lines.feed(chunk);
}

void MaskedText::finish() {
  impl_->ended = true;  // What is left has no newline.
  impl_->lines.finish();
}

}  // namespace opready::publish
