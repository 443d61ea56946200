// SPDX-License-Identifier: Apache-2.0
// Short commands on a loop that goes on meanwhile, each run to its end for what it prints.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "opready/process/capture.hpp"
#include "opready/process/child.hpp"
#include "opready/process/event_loop.hpp"

namespace opready::process {

/// Destroying it kills what still runs and calls nothing back.
class Asker {
 public:
  using OnAnswer = std::function<void(const Captured&)>;

  /// Both must outlive it.
  Asker(EventLoop& loop, ChildStarter& starter) : loop_(loop), starter_(starter) {}
  Asker(const Asker&) = delete;
  Asker& operator=(const Asker&) = delete;
  ~Asker();

  /// Starts `argv` now and calls `on_answer` once, later, also where it couldn't be started. At `timeout` its group is
  /// killed. Inside `on_answer` anything may be asked, and the Asker may be destroyed.
  void ask(std::vector<std::string> argv, std::chrono::milliseconds timeout, OnAnswer on_answer);
  /// Answers once, later, as one that couldn't be started, for what the asker of it couldn't prepare.
  void fail(const std::string& why, OnAnswer on_answer);
  /// Ends what still runs; each command is answered as one that a signal ended.
  void kill_all();

 private:
  struct Question {
    std::unique_ptr<Child> child;  ///< None where it couldn't be started.
    EventLoop::TimerId timer = 0;
    Captured answer;
    OnAnswer on_answer;
  };
  using Id = std::uint64_t;

  void start(Question& question, Id id, std::vector<std::string> argv, std::chrono::milliseconds timeout);
  void answer(Id id);

  EventLoop& loop_;
  ChildStarter& starter_;
  std::map<Id, Question> questions_;
  Id last_ = 0;
};

}  // namespace opready::process
