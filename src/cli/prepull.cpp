// SPDX-License-Identifier: Apache-2.0
// Decides on images to pull, and says how it goes.
#include "prepull.hpp"

#include <algorithm>
#include <csignal>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/base/counted.hpp"
#include "opready/base/duration.hpp"
#include "opready/base/error.hpp"
#include "opready/base/log.hpp"
#include "opready/base/redact.hpp"
#include "opready/cluster/image_pull.hpp"
#include "opready/cluster/placement_nodes.hpp"
#include "opready/process/capture.hpp"
#include "opready/suite/images.hpp"

namespace opready::cli {
namespace {

using cluster::ImageOnNode;
using cluster::PullState;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

/// Something is shown at least as often.
constexpr std::chrono::minutes kLongestSilence{1};

std::vector<std::string> nodes_to_pull_on(const RunOptions& options, const Prepared& prepared) {
  std::vector<std::string> names;
  for (const cluster::Node& node : cluster::windows_nodes(prepared.nodes, options.node_selector)) {
    if (node.ready && node.schedulable) {
      names.push_back(node.name);
    }
  }
  return names;
}

std::string why_no_node(const Prepared& prepared) {
  return prepared.nodes_unknown.empty() ? "no Windows node is ready and schedulable"
                                        : "the cluster's nodes are not known: " + prepared.nodes_unknown;
}

/// "agnhost:2.63.0"
std::string short_name(const std::string& reference) {
  return reference.substr(reference.rfind('/') + 1);
}

/// Shows a line for what is new, not for each poll.
class PullPrinter {
 public:
  PullPrinter(report::TextOutput& out, bool shows_progress) : out_(out), shows_progress_(shows_progress) {}

  void begin(const ImagesFirst& first) {
    std::vector<std::string> names;
    std::transform(first.images.begin(), first.images.end(), std::back_inserter(names), short_name);
    progress(fmt::format("images: {} on {} before the first case (--no-prepull leaves this out)",
                         fmt::join(names, ", "), base::counted(first.nodes.size(), "Windows node")));
  }

  void show(const std::vector<ImageOnNode>& images) {
    for (std::size_t i = 0; i < images.size(); ++i) {
      const bool was_well = i >= last_.size() || last_[i].state == PullState::waiting;
      if (was_well && !images[i].message.empty()) {
        progress(fmt::format("images: {} cannot pull {}: {}", images[i].node, short_name(images[i].image),
                             base::redacted(images[i].message)));
      }
    }
    if (count_of(images, PullState::pulled) != count_of(last_, PullState::pulled) ||
        clock_.steady() - last_line_ >= kLongestSilence) {
      progress("images: " + cluster::progress_text(images, elapsed()));
    }
    last_ = images;
  }

  void end(const std::vector<ImageOnNode>& images) {
    for (const ImageOnNode& image : images) {
      if (image.state != PullState::pulled) {
        warn(fmt::format("image {} was not pulled on {}: {}", image.image, image.node,
                         image.message.empty() ? "it was not there after " + base::human_duration(elapsed())
                                               : base::redacted(image.message)));
      }
    }
  }

  void warn(const std::string& text) { out_.write(fmt::format("warning: {}\n", text)); }

 private:
  [[nodiscard]] milliseconds elapsed() const { return duration_cast<milliseconds>(clock_.steady() - began_); }

  void progress(const std::string& line) {
    last_line_ = clock_.steady();
    if (shows_progress_) {
      out_.write(line + '\n');
    }
  }

  report::TextOutput& out_;
  bool shows_progress_;
  base::SystemClock clock_;
  base::SteadyTime began_ = clock_.steady();
  base::SteadyTime last_line_ = began_;
  std::vector<ImageOnNode> last_;
};

}  // namespace

ImagesFirst images_first(const RunOptions& options, const Prepared& prepared, int jobs) {
  ImagesFirst first{.images = {},
                    .nodes = {},
                    .faults = {},
                    .timeout = options.prepull.timeout,
                    .shows_progress = options.output != report::OutputMode::quiet};
  if (!options.prepull.wanted.value_or(jobs > 1)) {
    return first;
  }
  first.nodes = nodes_to_pull_on(options, prepared);
  if (first.nodes.empty()) {
    if (options.prepull.wanted) {
      throw base::environment_error("--prepull: " + why_no_node(prepared));
    }
    base::log_debug("no image is pulled before the first case: " + why_no_node(prepared));
    return first;
  }
  suite::WantedImages wanted = suite::wanted_images(prepared.plan, process::stoppable_capture);
  first.images = std::move(wanted.references);
  first.faults = std::move(wanted.faults);
  if (options.prepull.wanted && first.images.empty() && first.faults.empty()) {
    first.faults.emplace_back("--prepull: no case to run says which images it needs");
  }
  return first;
}

int pull_images(const ImagesFirst& first, const cluster::Target& target, const cluster::Owner& owner,
                report::TextOutput& out) {
  PullPrinter printer(out, first.shows_progress);
  for (const std::string& fault : first.faults) {
    printer.warn(fault);
  }
  if (first.images.empty() || first.nodes.empty()) {
    return 0;
  }
  printer.begin(first);
  int stopped_by = 0;
  const base::SystemClock clock;
  process::EventLoop loop;
  process::SystemChildStarter starter(loop);
  cluster::ImagePull pull({loop, starter, clock, target}, owner, first.nodes, first.images, {.limit = first.timeout});
  loop.on_signals({SIGINT, SIGTERM, SIGHUP}, [&](int signal) {
    stopped_by = stopped_by == 0 ? signal : stopped_by;
    pull.stop();
  });
  pull.start([&](const std::vector<ImageOnNode>& images) { printer.show(images); },
             [&](const std::vector<ImageOnNode>& images, const std::vector<std::string>& trouble) {
               for (const std::string& text : trouble) {
                 printer.warn(text);
               }
               if (trouble.empty() && stopped_by == 0) {
                 printer.end(images);
               }
               loop.stop();
             });
  loop.run();
  if (stopped_by != 0) {
    loop.block_signals();  // Before it's destroyed: reports are yet to be written.
  }
  return stopped_by;
}

void tell_unstarted(const model::RunStarted& started, int signal, model::EventSink& sink) {
  const base::Timestamp now = base::SystemClock().wall();
  sink.on_event(started);
  sink.on_event(model::StopRequested{.time = now, .signal = signal});
  sink.on_event(model::RunFinished{
      .time = now, .duration = duration_cast<milliseconds>(now - started.time), .stopped_by = signal});
}

}  // namespace opready::cli
