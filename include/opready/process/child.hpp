// SPDX-License-Identifier: Apache-2.0
// Child processes: each in a process group of its own, its output read as it comes, its end told once.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "opready/model/outcome.hpp"
#include "opready/process/event_loop.hpp"

namespace opready::process {

/// What to start. The working directory and the environment are inherited and never logged; stdin is /dev/null.
struct ChildCommand {
  std::vector<std::string> argv;  ///< argv[0] is looked up in PATH unless it holds a slash. Never a shell.
  /// How long the output may stay open after the child has ended before that counts as leaked.
  std::chrono::milliseconds drain{2000};
  bool merge_stderr = true;  ///< One pipe for both streams; otherwise stderr goes to `on_stderr`.
};

struct ChildEnd {
  model::ChildExit exit;
  bool leaked = false;  ///< Processes of its group held its output open past `drain` and were killed.
};

struct ChildCallbacks {
  std::function<void(std::string_view chunk)> on_output;
  std::function<void(std::string_view chunk)> on_stderr;  ///< Only where `merge_stderr` is false.
  /// Once, after the last output. The Child may be destroyed inside it.
  std::function<void(const ChildEnd&)> on_end;
};

/// A started child. Destroying it before `on_end` kills its group and calls nothing back.
class Child {
 public:
  virtual ~Child() = default;
  [[nodiscard]] virtual std::int64_t pid() const = 0;
  /// Start time of the pid in clock ticks since boot (field 22 of /proc/<pid>/stat); 0 where that can't be read.
  [[nodiscard]] virtual std::uint64_t start_ticks() const = 0;
  /// Sends `signal` to its group; nothing where it has ended already.
  virtual void signal_group(int signal) = 0;
};

/// The seam for tests: starts children.
class ChildStarter {
 public:
  virtual ~ChildStarter() = default;
  /// Throws base::Error "cannot start 'x': no such file or directory".
  [[nodiscard]] virtual std::unique_ptr<Child> start(const ChildCommand& command, ChildCallbacks callbacks) = 0;
};

/// Real processes on `loop`, which must outlive the starter and its children. A child whose parent dies gets SIGINT.
class SystemChildStarter final : public ChildStarter {
 public:
  explicit SystemChildStarter(EventLoop& loop) : loop_(loop) {}
  [[nodiscard]] std::unique_ptr<Child> start(const ChildCommand& command, ChildCallbacks callbacks) override;

 private:
  EventLoop& loop_;
};

}  // namespace opready::process
