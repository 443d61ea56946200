// SPDX-License-Identifier: Apache-2.0
// Collects what short commands print.
#include "opready/process/asker.hpp"

#include <csignal>
#include <utility>

#include "opready/base/error.hpp"

namespace opready::process {

Asker::~Asker() {
  for (const auto& [id, question] : questions_) {
    loop_.cancel(question.timer);
  }
}

void Asker::ask(std::vector<std::string> argv, std::chrono::milliseconds timeout, OnAnswer on_answer) {
  const Id id = ++last_;
  Question& question = questions_[id];
  question.on_answer = std::move(on_answer);
  try {
    start(question, id, std::move(argv), timeout);
  } catch (const base::Error& error) {
    question.answer.start_error = error.what();
    question.timer = loop_.after(std::chrono::milliseconds(0), [this, id] { answer(id); });
  }
}

void Asker::fail(const std::string& why, OnAnswer on_answer) {
  const Id id = ++last_;
  Question& question = questions_[id];
  question.on_answer = std::move(on_answer);
  question.answer.start_error = why;
  question.timer = loop_.after(std::chrono::milliseconds(0), [this, id] { answer(id); });
}

void Asker::kill_all() {
  for (const auto& [id, question] : questions_) {
    if (question.child) {
      question.child->signal_group(SIGKILL);
    }
  }
}

void Asker::start(Question& question, Id id, std::vector<std::string> argv, std::chrono::milliseconds timeout) {
  // Entries of a map stay where they are.
  Captured& captured = question.answer;
  question.child = starter_.start({.argv = std::move(argv), .merge_stderr = false},
                                  {.on_output = [&captured](std::string_view chunk) { captured.out += chunk; },
                                   .on_stderr = [&captured](std::string_view chunk) { captured.err += chunk; },
                                   .on_end =
                                       [this, id, &captured](const ChildEnd& end) {
                                         captured.exit = end.exit;
                                         answer(id);
                                       }});
  question.timer = loop_.after(timeout, [&question] {
    question.answer.timed_out = true;
    question.child->signal_group(SIGKILL);
  });
}

void Asker::answer(Id id) {
  const auto node = questions_.extract(id);
  loop_.cancel(node.mapped().timer);
  node.mapped().on_answer(node.mapped().answer);
}

}  // namespace opready::process
