// SPDX-License-Identifier: Apache-2.0
// Runs short commands side by side on a loop of its own.
#include "opready/process/capture.hpp"

#include <csignal>

#include "opready/base/error.hpp"
#include "opready/process/asker.hpp"

namespace opready::process {
namespace {

std::vector<Captured> answers_of(EventLoop& loop, Asker& asker, const std::vector<std::vector<std::string>>& commands,
                                 std::chrono::milliseconds timeout) {
  std::vector<Captured> results(commands.size());
  for (std::size_t i = 0; i < commands.size(); ++i) {
    asker.ask(commands[i], timeout, [&results, i](const Captured& answer) { results[i] = answer; });
  }
  loop.run();
  return results;
}

}  // namespace

std::vector<Captured> capture_on(EventLoop& loop, ChildStarter& starter,
                                 const std::vector<std::vector<std::string>>& commands,
                                 std::chrono::milliseconds timeout) {
  Asker asker(loop, starter);
  return answers_of(loop, asker, commands, timeout);
}

std::vector<Captured> capture(const std::vector<std::vector<std::string>>& commands,
                              std::chrono::milliseconds timeout) {
  EventLoop loop;
  SystemChildStarter starter(loop);
  return capture_on(loop, starter, commands, timeout);
}

std::vector<Captured> stoppable_capture(const std::vector<std::vector<std::string>>& commands,
                                        std::chrono::milliseconds timeout) {
  EventLoop loop;
  SystemChildStarter starter(loop);
  Asker asker(loop, starter);
  int stopped_by = 0;
  loop.on_signals({SIGINT, SIGTERM, SIGHUP}, [&](int signal) {
    stopped_by = signal;
    asker.kill_all();
  });
  std::vector<Captured> results = answers_of(loop, asker, commands, timeout);
  if (stopped_by != 0) {
    throw base::Error(static_cast<base::ExitCode>(base::kSignalExitBase + stopped_by),
                      "stopped before anything was started");
  }
  return results;
}

}  // namespace opready::process
