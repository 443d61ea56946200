// SPDX-License-Identifier: Apache-2.0
// Looks twice, and more often where something fails.
#include "opready/cluster/sweeper.hpp"

#include <utility>
#include <vector>

#include "timers.hpp"

namespace opready::cluster {
namespace {

class KubectlSweeper final : public Sweeper {
 public:
  KubectlSweeper(const ClusterAccess& access, const SweeperTimes& times)
      : times_(times), timers_(access.loop), remover_(access, times.answer) {}

  void sweep(const E2eTraces& left, Done done) override {
    auto job = std::make_shared<Job>(Job{.traces = left, .done = std::move(done)});
    job->limit = timers_.after(times_.limit, [job] { job->is_late = true; });
    look(job);
  }

 private:
  struct Job {
    E2eTraces traces;
    Done done;
    Removal removal{};
    bool is_late = false;  ///< What fails now isn't tried again.
    bool is_second_look = false;
    process::EventLoop::TimerId limit = 0;
  };
  using JobPointer = std::shared_ptr<Job>;

  void look(const JobPointer& job) {
    remover_.find(job->traces, [this, job](const Remains& remains) {
      for (const Remnant& object : remains.objects) {
        if (!object.name_space.empty()) {  // Known by its name when it's gone.
          job->traces.namespaces.push_back(object.name_space);
        }
      }
      remover_.remove(remains.objects,
                      [this, job, unread = remains.unread](const Removal& removal) { removed(job, unread, removal); });
    });
  }

  void removed(const JobPointer& job, std::vector<std::string> failed, const Removal& removal) {
    job->removal.done.insert(job->removal.done.end(), removal.done.begin(), removal.done.end());
    failed.insert(failed.end(), removal.failed.begin(), removal.failed.end());
    if (!failed.empty() && !job->is_late) {
      timers_.after(times_.retry, [this, job] { look(job); });
    } else if (failed.empty() && !std::exchange(job->is_second_look, true)) {
      timers_.after(times_.settling, [this, job] { look(job); });
    } else {
      timers_.cancel(job->limit);
      job->removal.failed = std::move(failed);
      job->done(job->removal);
    }
  }

  SweeperTimes times_;
  Timers timers_;
  RemainsRemover remover_;
};

}  // namespace

std::unique_ptr<Sweeper> make_sweeper(const ClusterAccess& access, const SweeperTimes& times) {
  return std::make_unique<KubectlSweeper>(access, times);
}

}  // namespace opready::cluster
