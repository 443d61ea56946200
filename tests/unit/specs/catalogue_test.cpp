// SPDX-License-Identifier: Apache-2.0
// Catalogues: reading them, and which one stands for a version.
#include "opready/specs/catalogue.hpp"

#include <algorithm>
#include <stdexcept>

#include <gtest/gtest.h>

#include "opready/base/error.hpp"

namespace opready::specs {
namespace {

TEST(Catalogue, IsReadLineByLine) {
  const Catalogue catalogue = parse_catalogue(
      "kubernetes v1.36.3\n"
      "flags context ginkgo.focus\n"
      "test/e2e/network/dns.go:152: [sig-network] DNS should: be read\n");
  EXPECT_EQ(catalogue.version, "v1.36.3");
  EXPECT_EQ(catalogue.flags, (std::set<std::string, std::less<>>{"context", "ginkgo.focus"}));
  EXPECT_EQ(catalogue.specs,
            (std::vector<model::Spec>{{"[sig-network] DNS should: be read", "test/e2e/network/dns.go", 152}}));
}

TEST(Catalogue, RefusesOtherText) {
  for (const char* text : {"", "v1.36.3\n", "kubernetes v1.36.3\n", "kubernetes v1.36.3\nflags a\nno spec\n"}) {
    EXPECT_THROW((void)parse_catalogue(text), std::runtime_error) << text;
  }
}

TEST(Catalogue, IsThereForEverySupportedRelease) {
  std::vector<std::string> releases;
  for (const model::Version& version : catalogue_versions()) {
    releases.push_back(version.minor_text());
    const Catalogue catalogue = load_catalogue(version);
    EXPECT_EQ(catalogue.version, version.text());
    EXPECT_GT(catalogue.specs.size(), 6000U);
    EXPECT_TRUE(catalogue.flags.contains("node-os-distro"));
    EXPECT_TRUE(std::ranges::all_of(
        catalogue.specs, [](const model::Spec& spec) { return spec.file.starts_with("test/e2e/") && spec.line > 0; }));
  }
  EXPECT_EQ(releases, (std::vector<std::string>{"1.32", "1.34", "1.35", "1.36"}));
}

TEST(Catalogue, OfTheClosestReleaseBelowIsTaken) {
  const auto taken = [](const char* version) {
    return model::Version::parse(load_catalogue(model::Version::parse(version).value()).version)->minor_text();
  };
  EXPECT_EQ(taken("1.32"), "1.32");
  EXPECT_EQ(taken("v1.32.99"), "1.32");
  EXPECT_EQ(taken("1.33"), "1.32");
  EXPECT_EQ(taken("1.34.0-alpha.1"), "1.34");
  EXPECT_EQ(taken("1.40"), "1.36");
  EXPECT_EQ(taken("2.0"), "1.36");
}

TEST(Catalogue, OfAReleaseBelowAllIsNotToBeHad) {
  try {
    (void)load_catalogue(model::Version::parse("1.31").value());
    FAIL() << "no error";
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), base::ExitCode::cannot_run);
    EXPECT_STREQ(error.what(),
                 "the spec names of Kubernetes 1.31 are not known: op-readiness carries those of 1.32 and newer; pass "
                 "--e2e-binary with that release's e2e.test");
  }
}

}  // namespace
}  // namespace opready::specs
