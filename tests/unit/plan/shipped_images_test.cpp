// SPDX-License-Identifier: Apache-2.0
// Every image that a shipped case names is one of each release's (test/utils/image/manifest.go).
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "opready/specs/diagnostic.hpp"
#include "opready/specs/loader.hpp"
#include "opready/suite/images.hpp"

namespace opready::plan {
namespace {

using Names = std::vector<std::string>;

/// Of a release: those of its images that Windows nodes can run and that matter here, without their registries.
struct Release {
  std::string version;
  Names images;
  std::string web_server;  ///< What StatefulSets of e2e.test run before they're updated.
};

const std::vector<Release> kReleases = {
    {"v1.32.2",
     {"agnhost:2.53", "busybox:1.36.1-1", "httpd:2.4.38-4", "httpd:2.4.39-4", "jessie-dnsutils:1.7", "nginx:1.14-4",
      "nginx:1.15-4", "nonroot:1.4", "pause:3.10", "resource-consumer:1.13"},
     "httpd:2.4.38-4"},
    {"v1.34.4",
     {"agnhost:2.56", "busybox:1.37.0-1", "httpd:2.4.38-4", "httpd:2.4.39-4", "jessie-dnsutils:1.7", "nginx:1.14-4",
      "nginx:1.15-4", "nonroot:1.4", "pause:3.10.1", "resource-consumer:1.13"},
     "httpd:2.4.38-4"},
    {"v1.35.4",
     {"agnhost:2.55", "agnhost:2.59", "busybox:1.37.0-1", "jessie-dnsutils:1.7", "nginx:1.14-4", "nginx:1.15-4",
      "nonroot:1.4", "pause:3.10.1", "resource-consumer:1.13"},
     "agnhost:2.55"},
    {"v1.36.3",
     {"agnhost:2.55", "agnhost:2.63.0", "busybox:1.37.0-1", "glibc-dns-testing:2.0.0", "nginx:1.15-4", "nginx:1.27-0",
      "nonroot:1.5", "pause:3.10.2", "resource-consumer:1.14"},
     "agnhost:2.55"},
};

std::vector<model::TestCase> cases_with_pods() {
  const specs::Loaded loaded = specs::load_embedded({});
  EXPECT_EQ(specs::render(loaded.diagnostics), "");
  std::vector<model::TestCase> cases;
  for (const model::Category& category : loaded.categories) {
    for (const model::TestCase& test : category.cases) {
      if (test.placement && test.placement != model::Placement::none) {
        cases.push_back(test);
      }
    }
  }
  return cases;
}

TEST(ShippedImages, AreNamedByEveryCaseWithPods) {
  for (const model::TestCase& test : cases_with_pods()) {
    // That one's images are not in the registry, gigabytes large, and for one Windows release only.
    EXPECT_EQ(test.images.empty(), test.id == "extra-device-plugin") << specs::text(test.place);
  }
}

TEST(ShippedImages, AreInEachRelease) {
  for (const Release& release : kReleases) {
    for (const model::TestCase& test : cases_with_pods()) {
      for (const std::string& entry : test.images) {
        EXPECT_TRUE(suite::find_image(entry, release.images))
            << release.version << " has no " << entry << ": " << specs::text(test.place);
      }
      if (test.id == "core-network-statefulset-identity") {
        EXPECT_EQ(suite::find_image(test.images.at(0), release.images), release.web_server) << release.version;
      }
    }
  }
}

}  // namespace
}  // namespace opready::plan
