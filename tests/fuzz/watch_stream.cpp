// SPDX-License-Identifier: Apache-2.0
// Whatever kubectls print, and in whatever pieces, a watch makes the same bounded evidence of it. Each line of the
// input begins with a letter that says what happens:
//   n p e  the watch of namespaces, pods or events prints the rest of the line
//   N P E  the same on standard error
//   x      a kubectl ends: "x<watch><exit status>", digits from 0
//   r s t  e2e.test's run starts "r<run>", begins a spec "s<run> <spec>", is judged "t<run>"
#include <array>
#include <string>
#include <vector>

#include "opready/base/redact.hpp"
#include "opready/cluster/cluster_watch.hpp"

#include "scripted_starter.hpp"
#include "target.hpp"

namespace opready::fuzz {
namespace {

using Spaces = std::vector<model::NamespaceEvidence>;

class Play {
 public:
  /// Output arrives in chunks of that size.
  explicit Play(std::size_t chunk) : chunk_(chunk) {
    watch_.start([] {});
  }

  void perform(std::string_view line) {
    if (line.empty()) {
      return;
    }
    const std::string_view rest = line.substr(1);
    constexpr std::string_view kOutput = "npe";
    constexpr std::string_view kLog = "NPE";
    if (const std::size_t stream = kOutput.find(line[0]); stream != std::string_view::npos) {
      feed(stream, rest, &process::ChildCallbacks::on_output);
    } else if (const std::size_t log = kLog.find(line[0]); log != std::string_view::npos) {
      feed(log, rest, &process::ChildCallbacks::on_stderr);
    } else if (line[0] == 'x' && rest.size() == 2) {
      end(static_cast<std::size_t>(rest[0] - '0'), rest[1] - '0');
    } else if (line[0] == 'r') {
      evidence_.run_started(std::string(rest));
    } else if (line[0] == 's') {
      const std::string_view run = rest.substr(0, rest.find(' '));
      evidence_.spec_began(std::string(run), std::string(rest.substr(std::min(run.size() + 1, rest.size()))));
    } else if (line[0] == 't') {
      judge(std::string(rest));
    }
  }

  [[nodiscard]] const Spaces& seen() const { return seen_; }
  [[nodiscard]] std::vector<cluster::StreamHealth> health() const { return watch_.health(); }

 private:
  using Callback = std::function<void(std::string_view)> process::ChildCallbacks::*;

  void feed(std::size_t stream, std::string_view line, Callback callback) {
    const std::string text = std::string(line) + "\n";
    for (std::size_t at = 0; at < text.size() && alive(stream); at += chunk_) {
      (starter_.child(children_.at(stream)).callbacks.*callback)(std::string_view(text).substr(at, chunk_));
    }
  }

  [[nodiscard]] bool alive(std::size_t stream) { return starter_.child(children_.at(stream)).alive; }

  /// The watch starts it again at once, unless it has given up.
  void end(std::size_t stream, int status) {
    if (stream >= children_.size() || !alive(stream)) {
      return;
    }
    const std::size_t before = starter_.count();
    starter_.ends(children_.at(stream), status);
    loop_.run();
    if (starter_.count() > before) {
      children_.at(stream) = starter_.count() - 1;
    }
  }

  void judge(const std::string& run) {
    for (model::NamespaceEvidence& space : evidence_.take(run)) {
      require(space.e2e_run == run, "evidence is of the run that it was asked for");
      seen_.push_back(std::move(space));
    }
    require(evidence_.take(run).empty(), "evidence is taken once");
  }

  std::size_t chunk_;
  process::EventLoop loop_;
  cluster::ScriptedStarter starter_;
  cluster::Evidence evidence_;
  cluster::ClusterWatch watch_{
      loop_, starter_, {}, evidence_, {std::chrono::milliseconds(0), std::chrono::milliseconds(0)}};
  std::array<std::size_t, 3> children_{0, 1, 2};  ///< Which of the starter's children each watch has now.
  Spaces seen_;
};

void check_space(const model::NamespaceEvidence& space) {
  require_showable(space.name, "a namespace's name");
  require(space.pods.size() <= cluster::Evidence::kMaxPods, "pods are bounded");
  require(space.warnings.size() <= cluster::Evidence::kMaxWarnings, "warnings are bounded");
  for (const model::PodEvidence& pod : space.pods) {
    require_showable(pod.name + pod.status, "a pod's name and status");
    for (const std::string& node : pod.nodes) {
      require(!node.empty(), "a node has a name");
      require_showable(node, "a node's name");
    }
  }
  for (const model::WarningEvidence& warning : space.warnings) {
    require_showable(warning.reason + warning.object + warning.message, "a warning");
    require(warning.message.size() <= 512 && warning.message.find('\n') == std::string::npos,
            "a warning's message is one short line");
  }
}

}  // namespace

void watch_stream(std::string_view input) {
  Play whole(std::string_view::npos);
  Play cut(3);
  for (std::string_view rest = input; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    whole.perform(line);
    cut.perform(line);
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
  }
  require(whole.seen() == cut.seen() && whole.health() == cut.health(),
          "how output is cut into chunks makes no difference");
  for (const model::NamespaceEvidence& space : whole.seen()) {
    check_space(space);
  }
  for (const cluster::StreamHealth& health : whole.health()) {
    require_showable(health.failure, "why a watch ended");
  }
}

}  // namespace opready::fuzz
