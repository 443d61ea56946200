// SPDX-License-Identifier: Apache-2.0
// kubectl children without processes: a test answers them.
#pragma once

#include <algorithm>
#include <chrono>
#include <csignal>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "opready/base/read_file.hpp"
#include "opready/base/shell_quote.hpp"
#include "opready/process/child.hpp"

namespace opready::cluster {

/// What a kubectl was asked. `body` is the content of the file it was given.
struct KubectlCall {
  std::string command;  ///< Without "kubectl", the cluster and the file: "create --raw /api/v1/namespaces -f".
  std::string body;
};

struct KubectlReply {
  std::string out;
  std::string err;  ///< Not empty: it fails.
  std::chrono::milliseconds after{0};
};

class FakeKubectl final : public process::ChildStarter {
 public:
  using Server = std::function<KubectlReply(const KubectlCall&)>;

  FakeKubectl(process::EventLoop& loop, Server server) : loop_(loop), server_(std::move(server)) {}

  [[nodiscard]] std::unique_ptr<process::Child> start(const process::ChildCommand& command,
                                                      process::ChildCallbacks callbacks) override {
    calls_.push_back(call_of(command.argv));
    return std::make_unique<FakeChild>(loop_, server_(calls_.back()), std::move(callbacks));
  }

  /// The commands so far; each `body` stands in `calls()`.
  [[nodiscard]] std::vector<std::string> commands() const {
    std::vector<std::string> result;
    for (const KubectlCall& call : calls_) {
      result.push_back(call.command);
    }
    return result;
  }
  [[nodiscard]] const std::vector<KubectlCall>& calls() const { return calls_; }
  void forget() { calls_.clear(); }

 private:
  class FakeChild final : public process::Child {
   public:
    FakeChild(process::EventLoop& loop, KubectlReply reply, process::ChildCallbacks callbacks)
        : loop_(loop), reply_(std::move(reply)), callbacks_(std::move(callbacks)) {
      timer_ = loop_.after(reply_.after, [this] { end(); });
    }
    FakeChild(const FakeChild&) = delete;
    FakeChild& operator=(const FakeChild&) = delete;
    ~FakeChild() override { loop_.cancel(timer_); }

    [[nodiscard]] std::int64_t pid() const override { return 4711; }
    [[nodiscard]] std::uint64_t start_ticks() const override { return 99; }
    void signal_group(int /*signal*/) override {}

   private:
    void end() {
      callbacks_.on_output(reply_.out);
      callbacks_.on_stderr(reply_.err);
      const auto on_end = callbacks_.on_end;
      on_end({.exit = {.code = reply_.err.empty() ? 0 : 1, .signal = {}}});
    }

    process::EventLoop& loop_;
    KubectlReply reply_;
    process::ChildCallbacks callbacks_;
    process::EventLoop::TimerId timer_ = 0;
  };

  static KubectlCall call_of(std::vector<std::string> argv) {
    KubectlCall call;
    argv.erase(argv.begin());
    argv.resize(argv.size() - 4);  // --kubeconfig /k --context c
    const auto flag = std::find_if(argv.begin(), argv.end(),
                                   [](const std::string& word) { return word == "-f" || word == "--patch-file"; });
    if (flag != argv.end()) {
      call.body = base::read_file(*(flag + 1));
      argv.erase(flag, flag + 2);
    }
    call.command = base::shell_joined(argv);
    return call;
  }

  process::EventLoop& loop_;
  Server server_;
  std::vector<KubectlCall> calls_;
};

}  // namespace opready::cluster
