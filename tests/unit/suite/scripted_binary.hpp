// SPDX-License-Identifier: Apache-2.0
// A Ginkgo binary whose answers a test writes down.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "opready/process/capture.hpp"

namespace opready::suite {

inline process::Captured exited(int code, std::string out, std::string err = "") {
  process::Captured captured;
  captured.exit.code = code;
  captured.out = std::move(out);
  captured.err = std::move(err);
  return captured;
}

inline process::Captured killed(int signal, std::string err) {
  process::Captured captured;
  captured.exit.signal = signal;
  captured.err = std::move(err);
  return captured;
}

/// Answers as e2e.test v1.36.3 does, shortened, until a test changes an answer.
class ScriptedBinary {
 public:
  /// By the first option; a dry run's is --provider, or --report-dir where the binary doesn't know that.
  std::map<std::string, process::Captured> answers = {
      {"--version", exited(0, "v1.36.3\n")},
      {"--help", exited(0, "",
                        "\x1b[1mFiltering Tests\x1b[0m\n"
                        "  \x1b[38;5;10m--ginkgo.focus\x1b[0m [string] \x1b[38;5;243m\x1b[0m\n"
                        "    If set, ginkgo will only run specs that match this regular expression.\n"
                        "  -list-tests\n"
                        "    \tIf true, will show list of tests without running them.\n"
                        "  -provider string\n"
                        "  -report-dir string\n"
                        "  -version\n")},
      {"--list-tests",
       exited(0,
              "The following spec names can be used with 'ginkgo run --focus/skip':\n"
              "    k8s.io/kubernetes@v1.36.3/test/e2e/network/dns.go:50: [sig-network] DNS one\n"
              "    k8s.io/kubernetes@v1.36.3/test/e2e/windows/dns.go:7: [sig-windows] DNS two [Serial]\n"
              "\n")},
  };
  /// What a dry run does before it ends, given its --report-dir.
  std::function<void(const std::string& report_dir)> on_dry_run = [](const std::string&) {};
  /// Command lines asked so far, without the binary.
  std::vector<std::vector<std::string>> asked;

  [[nodiscard]] process::Capture capture() {
    return [this](const std::vector<std::vector<std::string>>& commands, std::chrono::milliseconds) {
      std::vector<process::Captured> captured;
      for (const auto& command : commands) {
        asked.emplace_back(command.begin() + 1, command.end());
        const auto report_dir = std::find(command.begin(), command.end(), "--report-dir");
        if (report_dir != command.end()) {
          on_dry_run(*std::next(report_dir));
        }
        captured.push_back(answers.at(command.at(1)));
      }
      return captured;
    };
  }
};

}  // namespace opready::suite
