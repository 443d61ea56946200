// SPDX-License-Identifier: Apache-2.0
// Tests of what a build directory holds.
#include "opready/publish/build_tree.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "opready/base/read_file.hpp"
#include "opready/publish/build_files.hpp"
#include "opready/publish/masked_run.hpp"

#include "sample.hpp"

namespace opready::publish {
namespace {

using namespace testing;
using opready::testing::TempDir;

std::vector<std::string> files_below(const std::filesystem::path& top) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(top)) {
    if (!entry.is_directory()) {
      files.push_back(entry.path().lexically_relative(top).string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// A report that names the machines it tells of.
void draw(const model::RunRecord& record, const base::OutputDirectory& directory) {
  directory.write_atomically("summary.json", record.started.cluster.server + '\n');
  directory.write_atomically("drawn.txt", record.cases.front().planned.test.id);
}

struct BuildTree : ::testing::Test {
  TempDir directory;
  ReportSource source{write_sample_report(directory)};
  CiJob ci;
  model::RunRecord record = sample_record(source.text_of("events.jsonl"));
  std::filesystem::path tree = directory.path() / "tree";

  std::vector<std::string> write(base::HostMask* mask) {
    return write_build({.source = source, .ci = ci, .record = record, .draw = draw, .mask = mask},
                       base::OutputDirectory::create(tree));
  }
  std::string text(const std::string& file) const { return base::read_file(tree / file); }
};

TEST_F(BuildTree, HoldsTheReportDirectoryWithItsReportsDrawnAnew) {
  EXPECT_EQ(write(nullptr), std::vector<std::string>());
  EXPECT_EQ(files_below(tree), std::vector<std::string>({"artifacts/cases/dns/attempt-1/e2e.log", "artifacts/drawn.txt",
                                                         "artifacts/events.jsonl", "artifacts/summary.json",
                                                         "build-log.txt", "finished.json", "started.json"}));
  EXPECT_EQ(text("artifacts/cases/dns/attempt-1/e2e.log"), "win-0 asks 10.0.0.1\n");
  EXPECT_EQ(text("artifacts/events.jsonl"), source.text_of("events.jsonl"));
  EXPECT_EQ(text("artifacts/summary.json"), "https://api.example.com:6443\n");
  EXPECT_EQ(text("build-log.txt"), build_log(record));
  EXPECT_EQ(text("started.json"), started_json(record, ci));
  EXPECT_EQ(text("finished.json"), finished_json(record, Hosts::named));
}

TEST_F(BuildTree, NamesNoMachineWhereTheyAreMasked) {
  const auto mask = mask_of(record);
  EXPECT_EQ(write(mask.get()), std::vector<std::string>());
  EXPECT_EQ(text("artifacts/summary.json"), "https://host-1:6443\n");
  EXPECT_EQ(text("artifacts/cases/dns/attempt-1/e2e.log"), "node-1 asks address-1\n");
  EXPECT_NE(text("started.json").find("\"node\": \"host-2\""), std::string::npos);
  for (const std::string& file : files_below(tree)) {
    for (const std::string name : {"win-0", "lin-0", "api.example.com", "build-7", "10.0.0.1"}) {
      EXPECT_EQ(text(file).find(name), std::string::npos) << file << ": " << name;
    }
  }
  EXPECT_EQ(published_run(text("finished.json"))->run, finished_run(record));
}

TEST_F(BuildTree, MasksNamesOfFilesAndLeavesOutWhatIsNoText) {
  directory.write("report/nodes/win-0.log", "win-0");
  directory.write("report/nodes/WIN-0.log", "upper");
  directory.write("report/cases/lin-0/attempt-1/lin-0.log", "");
  directory.write("report/nodes/utf16.log", std::string("w\0i\0n\0", 6));
  const ReportSource more(directory.path() / "report");
  const auto mask = mask_of(record);
  const auto left_out = write_build({.source = more, .ci = ci, .record = record, .draw = draw, .mask = mask.get()},
                                    base::OutputDirectory::create(tree));
  EXPECT_EQ(left_out, std::vector<std::string>({"nodes/utf16.log"}));
  EXPECT_EQ(text("artifacts/nodes/node-1.log"), "upper");
  EXPECT_EQ(text("artifacts/nodes/node-1.log.2"), "node-1");
  EXPECT_EQ(text("artifacts/cases/lin-0/attempt-1/node-2.log"), "");
  EXPECT_FALSE(std::filesystem::exists(tree / "artifacts/nodes/utf16.log"));
}

}  // namespace
}  // namespace opready::publish
