// SPDX-License-Identifier: Apache-2.0
// Tests of writing below one directory.
#include "opready/base/output_directory.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "opready/base/error.hpp"
#include "opready/base/read_file.hpp"
#include "opready/base/sanitize.hpp"
#include "opready/testing/file_size_limit.hpp"
#include "opready/testing/temp_dir.hpp"

namespace opready::base {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

/// The text of the Error that `action` throws.
std::string message_of(const std::function<void()>& action) {
  try {
    action();
    return "(nothing was thrown)";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::cannot_run);
    return error.what();
  }
}

std::string quoted(const fs::path& path) {
  return "'" + path.native() + "'";
}

mode_t mode_of(const fs::path& path) {
  struct stat status{};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777U;
}

std::vector<std::string> names_in(const fs::path& directory) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory)) {
    names.push_back(entry.path().filename());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// Permission bits mean nothing to root: while this lives, root is nobody.
class Unprivileged {
 public:
  Unprivileged() {
    if (was_root_) {
      EXPECT_EQ(::seteuid(kNobody), 0);
    }
  }
  Unprivileged(const Unprivileged&) = delete;
  Unprivileged& operator=(const Unprivileged&) = delete;
  ~Unprivileged() {
    if (was_root_) {
      EXPECT_EQ(::seteuid(0), 0);
    }
  }

 private:
  static constexpr uid_t kNobody = 65534;
  bool was_root_ = ::geteuid() == 0;
};

TEST(OutputDirectory, IsMadeWithItsParentsForItsOwnerOnly) {
  const testing::TempDir temp;
  const fs::path path = temp.path() / "a" / "b";
  const OutputDirectory directory = OutputDirectory::create(path);
  EXPECT_EQ(directory.path(), path);
  EXPECT_EQ(mode_of(path), 0700U);
  EXPECT_EQ(mode_of(path.parent_path()), 0700U);
}

TEST(OutputDirectory, MayExistAndEndInASlash) {
  const testing::TempDir temp;
  const OutputDirectory directory = OutputDirectory::create(temp.path() / "");
  directory.write_atomically("x", "1");
  EXPECT_EQ(read_file(temp.path() / "x"), "1");
}

TEST(OutputDirectory, MayItselfBeALink) {
  const testing::TempDir temp;
  fs::create_directory(temp.path() / "real");
  fs::create_directory_symlink("real", temp.path() / "link");
  OutputDirectory::create(temp.path() / "link").write_atomically("x", "1");
  EXPECT_EQ(read_file(temp.path() / "real" / "x"), "1");
}

TEST(OutputDirectory, SaysWhyItCannotBeMade) {
  const testing::TempDir temp;
  const fs::path file = temp.write("file", "");
  EXPECT_EQ(message_of([&] { (void)OutputDirectory::create(file); }),
            "cannot open directory " + quoted(file) + ": not a directory");
  EXPECT_EQ(message_of([&] { (void)OutputDirectory::create(file / "sub"); }),
            "cannot create directory " + quoted(file / "sub") + ": not a directory");
}

TEST(OutputDirectory, MustBeWritable) {
  const testing::TempDir temp;
  const fs::path path = temp.path() / "readonly";
  fs::create_directory(path);
  fs::permissions(path, fs::perms{0555});
  fs::permissions(temp.path(), fs::perms{0755});
  const Unprivileged nobody;
  EXPECT_EQ(message_of([&] { (void)OutputDirectory::create(path); }),
            "cannot write to directory " + quoted(path) + ": permission denied");
  EXPECT_EQ(message_of([&] { (void)OutputDirectory::create(path / "sub"); }),
            "cannot create directory " + quoted(path / "sub") + ": permission denied");
}

TEST(OutputDirectory, MakesSubdirectories) {
  const testing::TempDir temp;
  const OutputDirectory directory = OutputDirectory::create(temp.path());
  const OutputDirectory sub = directory.subdirectory("cases").subdirectory("core-network-dns");
  EXPECT_EQ(sub.path(), temp.path() / "cases" / "core-network-dns");
  EXPECT_EQ(mode_of(sub.path()), 0700U);
  sub.write_atomically("x", "1");
  directory.subdirectory("cases").subdirectory("core-network-dns").write_atomically("y", "2");
  EXPECT_EQ(names_in(sub.path()), (std::vector<std::string>{"x", "y"}));
}

TEST(OutputDirectory, MakesFilesForTheirOwnerOnly) {
  const testing::TempDir temp;
  const OutputDirectory directory = OutputDirectory::create(temp.path());
  OutputFile file = directory.create_file("e2e.log");
  file.append("one\n");
  file.append("");
  file.append("two\n");
  file.sync();
  EXPECT_EQ(file.path(), temp.path() / "e2e.log");
  EXPECT_EQ(read_file(file.path()), "one\ntwo\n");
  EXPECT_EQ(mode_of(file.path()), 0600U);
}

TEST(OutputDirectory, EmptiesAFileThatExists) {
  const testing::TempDir temp;
  temp.write("e2e.log", "a longer text of before");
  OutputDirectory::create(temp.path()).create_file("e2e.log").append("new");
  EXPECT_EQ(read_file(temp.path() / "e2e.log"), "new");
}

TEST(OutputDirectory, KnowsWhatItHolds) {
  const testing::TempDir temp;
  temp.write("file", "");
  fs::create_symlink("nowhere", temp.path() / "dangling");
  const OutputDirectory directory = OutputDirectory::create(temp.path());
  EXPECT_TRUE(directory.contains("file"));
  EXPECT_TRUE(directory.contains("dangling"));
  EXPECT_FALSE(directory.contains("absent"));
}

TEST(OutputDirectory, RefusesALinkInPlaceOfAFile) {
  const testing::TempDir temp;
  const fs::path victim = temp.write("outside/victim", "untouched");
  const OutputDirectory directory = OutputDirectory::create(temp.path() / "inside");
  fs::create_symlink(victim, directory.path() / "e2e.log");
  EXPECT_EQ(message_of([&] { (void)directory.create_file("e2e.log"); }),
            "cannot create " + quoted(directory.path() / "e2e.log") + ": it is a symbolic link");
  EXPECT_EQ(read_file(victim), "untouched");
}

TEST(OutputDirectory, RefusesALinkInPlaceOfADirectory) {
  const testing::TempDir temp;
  fs::create_directory(temp.path() / "outside");
  const OutputDirectory directory = OutputDirectory::create(temp.path() / "inside");
  fs::create_directory_symlink(temp.path() / "outside", directory.path() / "cases");
  EXPECT_EQ(message_of([&] { (void)directory.subdirectory("cases"); }),
            "cannot open directory " + quoted(directory.path() / "cases") + ": not a directory");
}

TEST(OutputDirectory, ReplacesALinkRatherThanWriteThroughIt) {
  const testing::TempDir temp;
  const fs::path victim = temp.write("outside/victim", "untouched");
  const OutputDirectory directory = OutputDirectory::create(temp.path() / "inside");
  fs::create_symlink(victim, directory.path() / "summary.json");
  fs::create_symlink(victim, directory.path() / ".summary.json.tmp");
  directory.write_atomically("summary.json", "{}");
  EXPECT_EQ(read_file(victim), "untouched");
  EXPECT_FALSE(fs::is_symlink(directory.path() / "summary.json"));
  EXPECT_EQ(read_file(directory.path() / "summary.json"), "{}");
}

TEST(OutputDirectory, StaysWhereItWasWhenItsPathIsReplaced) {
  const testing::TempDir temp;
  const OutputDirectory directory = OutputDirectory::create(temp.path() / "reports");
  fs::rename(temp.path() / "reports", temp.path() / "moved");
  fs::create_directory(temp.path() / "reports");
  directory.write_atomically("x", "1");
  EXPECT_EQ(read_file(temp.path() / "moved" / "x"), "1");
  EXPECT_TRUE(fs::is_empty(temp.path() / "reports"));
}

TEST(OutputDirectory, TakesSingleComponentsOnly) {
  const testing::TempDir temp;
  const OutputDirectory directory = OutputDirectory::create(temp.path() / "inside");
  const auto refusal = [&](const std::string& name) {
    return "cannot use '" + sanitized(name) + "' as a name in " + quoted(directory.path()) +
           ": not a single path component";
  };
  for (const std::string& name : {""s, "."s, ".."s, "../x"s, "/etc/x"s, "a/b"s, "a\0b"s}) {
    EXPECT_EQ(message_of([&] { (void)directory.create_file(name); }), refusal(name));
    EXPECT_EQ(message_of([&] { (void)directory.open_file(name); }), refusal(name));
    EXPECT_EQ(message_of([&] { (void)directory.subdirectory(name); }), refusal(name));
    EXPECT_EQ(message_of([&] { (void)directory.contains(name); }), refusal(name));
    EXPECT_EQ(message_of([&] { directory.write_atomically(name, ""); }), refusal(name));
  }
  EXPECT_EQ(names_in(temp.path()), std::vector<std::string>{"inside"});
}

TEST(WriteAtomically, ReplacesTheWholeContent) {
  const testing::TempDir temp;
  const OutputDirectory directory = OutputDirectory::create(temp.path());
  directory.write_atomically("summary.json", "a longer text of before");
  const fs::path path = temp.path() / "summary.json";
  std::ifstream reader(path);
  directory.write_atomically("summary.json", "new");
  EXPECT_EQ(read_file(path), "new");
  EXPECT_EQ(mode_of(path), 0600U);
  EXPECT_EQ(names_in(temp.path()), std::vector<std::string>{"summary.json"});
  // Who had the old one open still reads it whole.
  const std::string old{std::istreambuf_iterator<char>(reader), {}};
  EXPECT_EQ(old, "a longer text of before");
}

TEST(WriteAtomically, KeepsTheOldFileWhereTheNewCannotBeWritten) {
  const testing::TempDir temp;
  const OutputDirectory directory = OutputDirectory::create(temp.path());
  directory.write_atomically("summary.json", "old");
  const std::string message = [&] {
    const testing::FileSizeLimit limit(100);
    return message_of([&] { directory.write_atomically("summary.json", std::string(1000, 'x')); });
  }();
  EXPECT_EQ(message, "cannot write " + quoted(temp.path() / "summary.json") + ": file too large");
  EXPECT_EQ(read_file(temp.path() / "summary.json"), "old");
  EXPECT_EQ(names_in(temp.path()), std::vector<std::string>{"summary.json"});
}

TEST(WriteAtomically, LeavesNothingWhereTheNameIsTakenByADirectory) {
  const testing::TempDir temp;
  const OutputDirectory directory = OutputDirectory::create(temp.path());
  fs::create_directory(temp.path() / "summary.json");
  EXPECT_EQ(message_of([&] { directory.write_atomically("summary.json", "{}"); }),
            "cannot replace " + quoted(temp.path() / "summary.json") + ": is a directory");
  EXPECT_EQ(names_in(temp.path()), std::vector<std::string>{"summary.json"});
}

TEST(WriteAtomically, ReplacesWhatAKilledRunLeft) {
  const testing::TempDir temp;
  temp.write(".summary.json.tmp", "half of a");
  OutputDirectory::create(temp.path()).write_atomically("summary.json", "{}");
  EXPECT_EQ(names_in(temp.path()), std::vector<std::string>{"summary.json"});
}

TEST(OutputFile, NamesItselfWhereItCannotBeWritten) {
  const testing::TempDir temp;
  OutputFile file = OutputDirectory::create(temp.path()).create_file("e2e.log");
  const std::string message = [&] {
    const testing::FileSizeLimit limit(3);
    return message_of([&] { file.append("four"); });
  }();
  EXPECT_EQ(message, "cannot write " + quoted(temp.path() / "e2e.log") + ": file too large");
  EXPECT_EQ(read_file(file.path()), "fou");
}

TEST(OutputFile, IsOpenedWithWhatItHolds) {
  const testing::TempDir temp;
  temp.write("events.jsonl", "one\ntw");
  OutputFile file = OutputDirectory::create(temp.path()).open_file("events.jsonl");
  EXPECT_EQ(file.size(), 6U);
  file.cut(4);
  file.append("two\n");
  EXPECT_EQ(read_file(file.path()), "one\ntwo\n");
  EXPECT_EQ(OutputDirectory::create(temp.path()).open_file("new").size(), 0U);
}

TEST(OutputFile, IsLockedForOneAtATime) {
  const testing::TempDir temp;
  const OutputDirectory directory = OutputDirectory::create(temp.path());
  OutputFile second = directory.open_file("events.jsonl");
  {
    OutputFile first = directory.open_file("events.jsonl");
    EXPECT_TRUE(first.lock());
    EXPECT_FALSE(second.lock());
  }
  EXPECT_TRUE(second.lock());
}

TEST(OutputFile, SetsRoomAsideAndGivesItBack) {
  const testing::TempDir temp;
  constexpr std::uint64_t kRoom = 1024UL * 1024;
  constexpr blkcnt_t kBlocks = kRoom / 512;
  const auto blocks = [&] {
    struct stat status{};
    EXPECT_EQ(::stat((temp.path() / "events.jsonl").c_str(), &status), 0);
    return status.st_blocks;
  };
  {
    OutputFile file = OutputDirectory::create(temp.path()).open_file("events.jsonl");
    file.append("one\n");
    file.reserve(kRoom);
    if (blocks() < kBlocks) {
      GTEST_SKIP() << "this file system sets no room aside";
    }
    EXPECT_EQ(file.size(), 4U);
    file.append("two\n");
  }
  EXPECT_LT(blocks(), kBlocks);
  EXPECT_EQ(read_file(temp.path() / "events.jsonl"), "one\ntwo\n");
}

TEST(OutputFile, SaysThatThereIsNoRoom) {
  const testing::TempDir temp;
  OutputFile file = OutputDirectory::create(temp.path()).open_file("events.jsonl");
  constexpr std::uint64_t kMoreThanAnyDisk = 1UL << 58U;
  const std::string message = message_of([&] { file.reserve(kMoreThanAnyDisk); });
  EXPECT_TRUE(message == "cannot write " + quoted(file.path()) + ": no space left on device" ||
              message == "cannot write " + quoted(file.path()) + ": file too large")
      << message;
}

TEST(OutputFile, KeepsNothingOnceItIsRemoved) {
  const testing::TempDir temp;
  OutputFile file = OutputDirectory::create(temp.path()).create_file("events.jsonl");
  file.append("one\n");
  file.sync();
  fs::remove(file.path());
  file.append("two\n");
  EXPECT_EQ(message_of([&] { file.sync(); }), "cannot write " + quoted(file.path()) + ": no such file or directory");
}

TEST(OutputFile, MovesItsDescriptor) {
  const testing::TempDir temp;
  const OutputDirectory directory = OutputDirectory::create(temp.path());
  OutputFile first = directory.create_file("first");
  OutputFile second = directory.create_file("second");
  second = std::move(first);
  OutputFile third(std::move(second));
  third.append("x");
  EXPECT_EQ(third.path(), temp.path() / "first");
  EXPECT_EQ(read_file(temp.path() / "first"), "x");
  EXPECT_EQ(read_file(temp.path() / "second"), "");
}

TEST(TemporaryDirectory, IsPrivateAndRemovedWithItsContent) {
  fs::path path;
  {
    const TemporaryDirectory directory("opready-test-");
    path = directory.path();
    EXPECT_TRUE(path.filename().native().starts_with("opready-test-")) << path;
    EXPECT_EQ(mode_of(path), 0700U);
    fs::create_directories(path / "a" / "b");
    std::ofstream(path / "a" / "b" / "file") << "x";
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(TemporaryDirectory, StandsBelowTmpdir) {
  const testing::TempDir temp;
  const char* const before = std::getenv("TMPDIR");
  const std::string kept = before != nullptr ? before : "";
  ::setenv("TMPDIR", temp.path().c_str(), 1);
  EXPECT_EQ(TemporaryDirectory("x-").path().parent_path(), temp.path());
  ::setenv("TMPDIR", (temp.path() / "absent").c_str(), 1);
  EXPECT_EQ(message_of([] { const TemporaryDirectory directory("x-"); }),
            "cannot create a temporary directory in " + quoted(temp.path() / "absent") + ": no such file or directory");
  before != nullptr ? ::setenv("TMPDIR", kept.c_str(), 1) : ::unsetenv("TMPDIR");
}

}  // namespace
}  // namespace opready::base
