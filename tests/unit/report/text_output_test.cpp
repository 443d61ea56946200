// SPDX-License-Identifier: Apache-2.0
// Tests of writing to a descriptor.
#include "opready/report/text_output.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <string>
#include <unistd.h>

#include <gtest/gtest.h>

namespace opready::report {
namespace {

class Pipe {
 public:
  Pipe() { EXPECT_EQ(::pipe(ends_.data()), 0); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_reader();
    ::close(ends_[1]);
  }

  void close_reader() {
    if (ends_[0] >= 0) {
      ::close(ends_[0]);
      ends_[0] = -1;
    }
  }
  [[nodiscard]] int reader() const { return ends_[0]; }
  [[nodiscard]] int writer() const { return ends_[1]; }

 private:
  std::array<int, 2> ends_{-1, -1};
};

TEST(DescriptorOutput, WritesTheWholeText) {
  const Pipe pipe;
  DescriptorOutput out(pipe.writer());
  out.write("one\n");
  out.write("two\n");
  std::array<char, 64> buffer{};
  const ssize_t count = ::read(pipe.reader(), buffer.data(), buffer.size());
  ASSERT_GE(count, 0);
  EXPECT_EQ(std::string(buffer.data(), static_cast<std::size_t>(count)), "one\ntwo\n");
  EXPECT_EQ(out.error(), 0);
}

TEST(DescriptorOutput, FallsSilentWhereItsReaderIsGone) {
  std::signal(SIGPIPE, SIG_IGN);
  Pipe pipe;
  pipe.close_reader();
  DescriptorOutput out(pipe.writer());
  out.write("lost\n");
  EXPECT_EQ(out.error(), EPIPE);
  out.write("lost too\n");
  EXPECT_EQ(out.error(), EPIPE);
}

}  // namespace
}  // namespace opready::report
