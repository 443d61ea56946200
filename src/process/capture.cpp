// SPDX-License-Identifier: Apache-2.0
// Runs short commands side by side on a loop of its own.
#include "opready/process/capture.hpp"

#include <csignal>
#include <memory>
#include <utility>

#include "opready/base/error.hpp"
#include "opready/process/child.hpp"

namespace opready::process {
namespace {

void kill_all(const std::vector<std::unique_ptr<Child>>& children) {
  for (const auto& child : children) {
    if (child) {
      child->signal_group(SIGKILL);
    }
  }
}

std::vector<Captured> capture_on(EventLoop& loop, std::vector<std::unique_ptr<Child>>& children,
                                 const std::vector<std::vector<std::string>>& commands,
                                 std::chrono::milliseconds timeout) {
  SystemChildStarter starter(loop);
  std::vector<Captured> results(commands.size());
  children.resize(commands.size());
  std::size_t running = 0;
  const auto kill_timer = loop.after(timeout, [&] {
    for (std::size_t i = 0; i < children.size(); ++i) {
      results[i].timed_out = children[i] != nullptr;
    }
    kill_all(children);
  });
  for (std::size_t i = 0; i < commands.size(); ++i) {
    Captured& result = results[i];
    const auto on_end = [&, i](const ChildEnd& end) {
      result.exit = end.exit;
      children[i].reset();
      if (--running == 0) {
        loop.cancel(kill_timer);
      }
    };
    try {
      children[i] = starter.start({.argv = commands[i], .merge_stderr = false},
                                  {.on_output = [&](std::string_view chunk) { result.out += chunk; },
                                   .on_stderr = [&](std::string_view chunk) { result.err += chunk; },
                                   .on_end = on_end});
      ++running;
    } catch (const base::Error& error) {
      result.start_error = error.what();
    }
  }
  if (running == 0) {
    loop.cancel(kill_timer);
  }
  loop.run();
  return results;
}

}  // namespace

std::vector<Captured> capture(const std::vector<std::vector<std::string>>& commands,
                              std::chrono::milliseconds timeout) {
  EventLoop loop;
  std::vector<std::unique_ptr<Child>> children;
  return capture_on(loop, children, commands, timeout);
}

std::vector<Captured> stoppable_capture(const std::vector<std::vector<std::string>>& commands,
                                        std::chrono::milliseconds timeout) {
  EventLoop loop;
  std::vector<std::unique_ptr<Child>> children;
  int stopped_by = 0;
  loop.on_signals({SIGINT, SIGTERM, SIGHUP}, [&](int signal) {
    stopped_by = signal;
    kill_all(children);
  });
  std::vector<Captured> results = capture_on(loop, children, commands, timeout);
  if (stopped_by != 0) {
    throw base::Error(static_cast<base::ExitCode>(base::kSignalExitBase + stopped_by),
                      "stopped before anything was started");
  }
  return results;
}

}  // namespace opready::process
