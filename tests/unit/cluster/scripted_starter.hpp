// SPDX-License-Identifier: Apache-2.0
// Children that do what a test tells them, when it tells them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "opready/base/error.hpp"
#include "opready/process/child.hpp"

namespace opready::cluster {

class ScriptedStarter final : public process::ChildStarter {
 public:
  struct Started {
    std::vector<std::string> argv;
    process::ChildCallbacks callbacks;
    std::unique_ptr<process::ChildEnd> end;  ///< The child's own, so it goes with it as a real one does.
    bool alive = true;
  };

  /// From now on no child can be started.
  void refuse(std::string error) { error_ = std::move(error); }

  [[nodiscard]] std::unique_ptr<process::Child> start(const process::ChildCommand& command,
                                                      process::ChildCallbacks callbacks) override {
    if (!error_.empty()) {
      throw base::environment_error(error_);
    }
    started_.push_back(std::make_shared<Started>(
        Started{command.argv, std::move(callbacks), std::make_unique<process::ChildEnd>(), true}));
    return std::make_unique<Child>(started_.back());
  }

  /// In the order in which they were started.
  [[nodiscard]] Started& child(std::size_t index) { return *started_.at(index); }
  [[nodiscard]] std::size_t count() const { return started_.size(); }

  void prints(std::size_t index, std::string_view text) { child(index).callbacks.on_output(text); }
  void prints_error(std::size_t index, std::string_view text) { child(index).callbacks.on_stderr(text); }
  void ends(std::size_t index, int code) {
    const auto on_end = child(index).callbacks.on_end;
    child(index).end->exit.code = code;
    on_end(*child(index).end);
  }

 private:
  class Child final : public process::Child {
   public:
    explicit Child(std::shared_ptr<Started> started) : started_(std::move(started)) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() override {
      started_->alive = false;
      started_->end.reset();
    }
    [[nodiscard]] std::int64_t pid() const override { return 4711; }
    [[nodiscard]] std::uint64_t start_ticks() const override { return 99; }
    void signal_group(int /*signal*/) override {}

   private:
    std::shared_ptr<Started> started_;
  };

  std::vector<std::shared_ptr<Started>> started_;
  std::string error_;
};

}  // namespace opready::cluster
