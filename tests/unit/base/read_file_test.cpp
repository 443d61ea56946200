// SPDX-License-Identifier: Apache-2.0
// Tests of reading whole files.
#include "opready/base/read_file.hpp"

#include <gtest/gtest.h>

#include "opready/base/error.hpp"
#include "opready/testing/temp_dir.hpp"

namespace opready::base {
namespace {

std::string message_of_reading(const std::filesystem::path& path) {
  try {
    return "read: " + read_file(path);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::cannot_run);
    return error.what();
  }
}

TEST(ReadFile, ReturnsEveryByte) {
  const testing::TempDir dir;
  std::string content = "a\r\n";
  content += '\0';
  content += "\xFF no newline at the end";
  EXPECT_EQ(read_file(dir.write("small", content)), content);
  EXPECT_EQ(read_file(dir.write("empty", "")), "");
  const std::string large(200'001, 'x');
  EXPECT_EQ(read_file(dir.write("large", large)), large);
}

TEST(ReadFile, ReadsFilesThatHaveNoSize) {
  EXPECT_FALSE(read_file("/proc/self/stat").empty());
}

TEST(ReadFile, SaysWhatIsWrong) {
  const testing::TempDir dir;
  const std::string absent = dir.path() / "absent";
  EXPECT_EQ(message_of_reading(absent), "cannot read '" + absent + "': no such file or directory");
  EXPECT_EQ(message_of_reading(dir.path()), "cannot read '" + dir.path().native() + "': is a directory");
}

}  // namespace
}  // namespace opready::base
