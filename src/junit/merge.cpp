// SPDX-License-Identifier: Apache-2.0
// Joins suites by name.
#include "opready/junit/merge.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

namespace opready::junit {
namespace {

constexpr const char* kFaultSuite = "op-readiness merge";

class Merger {
 public:
  void add(Suite suite) {
    const auto [place, is_new] = places_.try_emplace(suite.name, suites_.size());
    if (is_new) {
      suites_.push_back(std::move(suite));
    } else {
      join(suites_[place->second], std::move(suite));
    }
  }

  [[nodiscard]] std::vector<Suite> take() { return std::move(suites_); }

 private:
  static void join(Suite& into, Suite&& from) {
    if (into.timestamp.empty() || (!from.timestamp.empty() && from.timestamp < into.timestamp)) {
      into.timestamp = std::move(from.timestamp);
    }
    into.duration += from.duration;
    for (Property& property : from.properties) {
      if (std::find(into.properties.begin(), into.properties.end(), property) == into.properties.end()) {
        into.properties.push_back(std::move(property));
      }
    }
    std::move(from.cases.begin(), from.cases.end(), std::back_inserter(into.cases));
    into.system_out += from.system_out;
    into.system_err += from.system_err;
  }

  std::vector<Suite> suites_;
  std::unordered_map<std::string, std::size_t> places_;
};

Suite fault_suite(const Source& source) {
  Case failed;
  failed.name = source.file;
  failed.classname = kFaultSuite;
  failed.status = "failed";
  failed.kind = CaseKind::failed;
  failed.type = "broken_file";
  failed.body = source.report.fault;
  Suite suite;
  suite.name = kFaultSuite;
  suite.cases.push_back(std::move(failed));
  return suite;
}

}  // namespace

Report merged(std::vector<Source> sources) {
  Merger merger;
  for (Source& source : sources) {
    for (Suite& suite : source.report.suites) {
      merger.add(std::move(suite));
    }
  }
  for (const Source& source : sources) {
    if (!source.report.fault.empty()) {
      merger.add(fault_suite(source));
    }
  }
  Report report;
  report.suites = merger.take();
  return report;
}

}  // namespace opready::junit
