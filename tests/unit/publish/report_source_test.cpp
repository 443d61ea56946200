// SPDX-License-Identifier: Apache-2.0
// Tests of reading a report directory, and nothing outside of it.
#include "opready/publish/report_source.hpp"

#include <sys/stat.h>

#include <gtest/gtest.h>

#include "opready/base/error.hpp"
#include "opready/base/output_directory.hpp"

#include "sample.hpp"

namespace opready::publish {
namespace {

using namespace testing;
using opready::testing::TempDir;
using Files = std::vector<std::string>;

std::string error_of(const std::filesystem::path& path) {
  try {
    const ReportSource source(path);
    return "no error";
  } catch (const base::Error& error) {
    return std::to_string(static_cast<int>(error.code())) + ": " + error.what();
  }
}

TEST(ReportSource, NamesWhatIsToBePublished) {
  const TempDir directory;
  const ReportSource source(write_sample_report(directory));
  EXPECT_EQ(source.files(), Files({"cases/dns/attempt-1/e2e.log", "events.jsonl", "summary.json"}));
  EXPECT_EQ(source.left_out(), Files());
  EXPECT_EQ(source.text_of("cases/dns/attempt-1/e2e.log"), "win-0 asks 10.0.0.1\n");
}

TEST(ReportSource, NeverFollowsALinkInside) {
  const TempDir directory;
  const std::filesystem::path report = write_sample_report(directory);
  directory.write("outside/secret", "secret");
  std::filesystem::create_symlink(directory.path() / "outside", report / "cases" / "link");
  std::filesystem::create_symlink(directory.path() / "outside" / "secret", report / "secret");
  ASSERT_EQ(::mkfifo((report / "pipe").c_str(), 0600), 0);
  const ReportSource source(report);
  EXPECT_EQ(source.files(), Files({"cases/dns/attempt-1/e2e.log", "events.jsonl", "summary.json"}));
  EXPECT_EQ(source.left_out(), Files({"cases/link", "pipe", "secret"}));
  EXPECT_THROW(static_cast<void>(source.text_of("secret")), base::Error);
  EXPECT_THROW(static_cast<void>(source.text_of("cases/link/secret")), base::Error);
}

TEST(ReportSource, MayItselfBeALink) {
  const TempDir directory;
  std::filesystem::create_directory_symlink(write_sample_report(directory), directory.path() / "link");
  EXPECT_EQ(ReportSource(directory.path() / "link").files().size(), 3U);
}

TEST(ReportSource, RefusesADirectoryWithoutARun) {
  const TempDir directory;
  const std::string path = directory.path().string();
  EXPECT_EQ(error_of(path), "3: '" + path + "' holds no run");
  EXPECT_EQ(error_of(path + "/absent"), "3: cannot read '" + path + "/absent': no such file or directory");
}

TEST(ReportSource, RefusesARunThatIsUnderWayAndKeepsItFromGoingOn) {
  const TempDir directory;
  const std::filesystem::path report = write_sample_report(directory);
  {
    base::OutputFile log = record::open_event_log(base::OutputDirectory::create(report));
    EXPECT_EQ(error_of(report), "3: a run is under way in '" + report.string() + "': wait for its end or stop it");
  }
  const ReportSource one(report);
  const ReportSource other(report);
  EXPECT_THROW(static_cast<void>(record::open_event_log(base::OutputDirectory::create(report))), base::Error);
}

}  // namespace
}  // namespace opready::publish
