// SPDX-License-Identifier: Apache-2.0
// Children without processes: what each does is said by the test.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "opready/base/error.hpp"
#include "opready/process/child.hpp"

namespace opready::testing {

/// What a fake child does: prints, leaves a report, and ends, by itself or when it gets a signal.
struct FakeBehaviour {
  std::string first_output;  ///< At once; `output` at its end.
  std::string output;
  std::string report;  ///< Content of the JUnit file; none is written where it's empty.
  process::ChildEnd end{.exit = {.code = 0, .signal = {}}};
  int ends_on_signal = 0;   ///< 0: ends by itself.
  std::string start_error;  ///< Not empty: it can't be started.
};

/// Knows a child by the last argument of its command, and tells what was done to it.
class FakeChildStarter final : public process::ChildStarter {
 public:
  explicit FakeChildStarter(process::EventLoop& loop) : loop_(loop) {}

  void expect(const std::string& last_argument, FakeBehaviour behaviour) {
    behaviours_[last_argument] = std::move(behaviour);
  }

  [[nodiscard]] std::unique_ptr<process::Child> start(const process::ChildCommand& command,
                                                      process::ChildCallbacks callbacks) override {
    const FakeBehaviour& behaviour = behaviours_.at(command.argv.back());
    if (!behaviour.start_error.empty()) {
      throw base::environment_error(behaviour.start_error);
    }
    commands_.push_back(command.argv);
    return std::make_unique<FakeChild>(*this, command.argv, behaviour, std::move(callbacks));
  }

  [[nodiscard]] const std::vector<std::vector<std::string>>& commands() const { return commands_; }
  /// "SIG2 a" for SIGINT sent to the child of the case a.
  [[nodiscard]] const std::vector<std::string>& signals() const { return signals_; }

 private:
  class FakeChild final : public process::Child {
   public:
    FakeChild(FakeChildStarter& starter, std::vector<std::string> argv, FakeBehaviour behaviour,
              process::ChildCallbacks callbacks)
        : starter_(starter),
          argv_(std::move(argv)),
          behaviour_(std::move(behaviour)),
          callbacks_(std::move(callbacks)) {
      if (!behaviour_.first_output.empty()) {
        starter_.loop_.after(std::chrono::milliseconds(0), [this] { callbacks_.on_output(behaviour_.first_output); });
      }
      if (behaviour_.ends_on_signal == 0) {
        starter_.loop_.after(std::chrono::milliseconds(0), [this] { end(); });
      }
    }

    [[nodiscard]] std::int64_t pid() const override { return 4711; }
    [[nodiscard]] std::uint64_t start_ticks() const override { return 99; }

    void signal_group(int signal) override {
      starter_.signals_.push_back("SIG" + std::to_string(signal) + " " + argv_.back());
      if (signal == behaviour_.ends_on_signal) {
        starter_.loop_.after(std::chrono::milliseconds(0), [this] { end(); });
      }
    }

   private:
    void end() {
      callbacks_.on_output(behaviour_.output);
      if (!behaviour_.report.empty()) {
        const auto flag = std::find(argv_.begin(), argv_.end(), "--report-dir");
        const std::filesystem::path directory = *(flag + 1);
        std::ofstream(directory / ("junit_" + argv_.back() + "01.xml")) << behaviour_.report;
      }
      const auto on_end = callbacks_.on_end;
      on_end(behaviour_.end);
    }

    FakeChildStarter& starter_;
    std::vector<std::string> argv_;
    FakeBehaviour behaviour_;
    process::ChildCallbacks callbacks_;
  };

  process::EventLoop& loop_;
  std::map<std::string, FakeBehaviour> behaviours_;
  std::vector<std::vector<std::string>> commands_;
  std::vector<std::string> signals_;
};

}  // namespace opready::testing
