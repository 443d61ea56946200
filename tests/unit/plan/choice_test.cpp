// SPDX-License-Identifier: Apache-2.0
// What --category, --case, --exclude and --filter choose, and what is said of misspelt ones.
#include "opready/plan/choice.hpp"

#include <gtest/gtest.h>

#include "opready/base/error.hpp"

namespace opready::plan {
namespace {

model::TestCase a_case(const std::string& id, const std::string& category, const std::string& description,
                       const std::string& kep = "") {
  model::TestCase test;
  test.id = id;
  test.category = category;
  test.description = description;
  test.kep = kep;
  return test;
}

const std::vector<model::Category> kCategories = {
    {"Core.Storage", {}, {a_case("host-path", "Core.Storage", "Ability to read and write a host path")}},
    {"Core.Network",
     {},
     {a_case("dns", "Core.Network", "Names are resolved", "Core.Network.3"),
      a_case("dns", "Core.Network", "Names are resolved", "Core.Network.3"),
      a_case("node-port", "Core.Network", "Ports of nodes lead to pods")}},
    {"Extend.Network",
     {"Extend.ServiceProxy"},
     {a_case("session-affinity", "Extend.Network", "Clients stick to pods")}},
    {"Extend.Worker", {}, {}},
    {"Extra.Windows", {}, {a_case("density", "Extra.Windows", "Many pods at once")}},
};

std::string chosen(const ChoiceOptions& options) {
  std::string ids;
  for (const model::TestCase& test : choose(kCategories, options)) {
    ids += (ids.empty() ? "" : " ") + test.id;
  }
  return ids;
}

TEST(Choose, TakesCategoriesCasesAndFilters) {
  const std::vector<std::pair<ChoiceOptions, std::string>> rows = {
      {{}, "host-path dns dns node-port session-affinity"},
      {{.categories = {"core.network"}}, "dns dns node-port"},
      {{.categories = {"Core.*"}}, "host-path dns dns node-port"},
      {{.categories = {"*.network"}}, "dns dns node-port session-affinity"},
      {{.categories = {"extend.serviceproxy"}}, "session-affinity"},
      {{.categories = {"Extra.Windows", "Core.Storage"}}, "host-path density"},
      {{.categories = {"Core.Storage", "core.storage", "Core.*"}, .excludes = {"dns"}}, "host-path node-port"},
      {{.cases = {"NODE-PORT"}}, "node-port"},
      {{.cases = {"density", "dns"}}, "dns dns density"},
      {{.categories = {"Core.Network"}, .cases = {"dns"}}, "dns dns"},
      {{.excludes = {"Dns", "density"}}, "host-path node-port session-affinity"},
      {{.filter = "path"}, "host-path"},
      {{.filter = "^Core\\.Network$"}, "dns dns node-port"},
      {{.filter = "pods$"}, "node-port session-affinity"},
      {{.filter = "Network\\.3"}, "dns dns"},
      {{.filter = "(?i)NAMES|clients"}, "dns dns session-affinity"},
  };
  for (const auto& [options, ids] : rows) {
    EXPECT_EQ(chosen(options), ids);
  }
}

TEST(Choose, SaysWhatIsWrong) {
  struct Row {
    ChoiceOptions options;
    base::ExitCode code;
    std::string message;
  };
  const std::vector<Row> rows = {
      {{.categories = {"Core.Netwrk"}},
       base::ExitCode::usage,
       "there is no category 'Core.Netwrk', did you mean 'Core.Network'?\n"
       "  there are: Core.Storage, Core.Network, Extend.Network, Extend.ServiceProxy, Extend.Worker, Extra.Windows"},
      {{.categories = {"Core.Network", "Nope.*"}},
       base::ExitCode::usage,
       "there is no category 'Nope.*'\n"
       "  there are: Core.Storage, Core.Network, Extend.Network, Extend.ServiceProxy, Extend.Worker, Extra.Windows"},
      {{.cases = {"nodeport"}},
       base::ExitCode::usage,
       "there is no case 'nodeport', did you mean 'node-port'?\n"
       "  there are: host-path, dns, node-port, session-affinity, density"},
      {{.categories = {"Core.Network"}, .cases = {"density"}},
       base::ExitCode::usage,
       "there is no case of the chosen categories called 'density'\n  there are: dns, node-port"},
      {{.excludes = {"dsn"}},
       base::ExitCode::usage,
       "there is no case 'dsn', did you mean 'dns'?\n"
       "  there are: host-path, dns, node-port, session-affinity, density"},
      {{.filter = "(dns"}, base::ExitCode::usage, "--filter '(dns' is no regular expression: missing ): (dns"},
      {{.filter = "IPv6"},
       base::ExitCode::nothing_ran,
       "nothing is chosen: --filter 'IPv6' is in no id, category, description or KEP item"},
      {{.categories = {"Extend.Worker"}},
       base::ExitCode::nothing_ran,
       "nothing is chosen: the chosen categories hold no cases"},
      {{.cases = {"dns"}, .excludes = {"dns"}},
       base::ExitCode::nothing_ran,
       "nothing is chosen: --exclude leaves no case"},
  };
  for (const Row& row : rows) {
    try {
      ADD_FAILURE() << "chose " << chosen(row.options) << " instead of: " << row.message;
    } catch (const base::Error& error) {
      EXPECT_EQ(error.what(), row.message);
      EXPECT_EQ(error.code(), row.code) << row.message;
    }
  }
}

}  // namespace
}  // namespace opready::plan
