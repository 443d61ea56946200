// SPDX-License-Identifier: Apache-2.0
// What every way of placing pods shares: the run's record in the cluster, kept up to date, and who waits for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "opready/cluster/placer.hpp"

#include "admissions.hpp"
#include "cluster_asker.hpp"
#include "timers.hpp"

namespace opready::cluster {

/// Why something wasn't done; no text where it was.
struct Failure {
  std::string text;
  bool is_final = false;  ///< Nothing was changed, and most likely never will be.

  [[nodiscard]] bool none() const { return text.empty(); }
};

/// "cannot `what`: why".
[[nodiscard]] Failure failure_of(const ClusterAnswer& answer, const std::string& what);

/// Each change of what should be in the cluster is a generation. Changes that come while one is being written go
/// together in the next.
class PlacerBase : public Placer {
 public:
  void begin(model::Placement placement, Done done) final;
  void admit(const std::string& e2e_run, Done done) final;
  void release(const std::string& e2e_run) final;
  void end(Done done) final;

 protected:
  using Told = std::function<void(const Failure&)>;

  PlacerBase(const PlacerContext& context, Owner owner, const PlacerTimes& times);

  /// What was prepared before is of no interest any more.
  virtual void prepare(model::Placement placement) = 0;
  /// Makes the object that holds the record, or finds that this run has made it.
  virtual void make_record(Told done) = 0;
  /// Writes the record, and what else there is where it has `changed`. Both may be called again after a failure,
  /// whatever of it was done.
  virtual void write_state(bool changed, Told done) = 0;
  /// After each write; `up_to_date()` tells whether another follows.
  virtual void on_written() = 0;
  /// Undoes everything, whatever of it there is.
  virtual void undo(Told done) = 0;

  /// Brings the cluster up to date, soon.
  void write();
  void end_begin(const std::string& failure);
  /// Ends the beginning, or calls `again` later where that may help.
  void fail_begin(const Failure& failure, std::function<void()> again);
  /// The record with a heartbeat of now.
  const OwnerRecord& fresh_record();

  [[nodiscard]] const std::string& run() const { return record_.owner.run; }
  [[nodiscard]] bool up_to_date() const { return written_ == generation_; }
  [[nodiscard]] bool is_beginning() const { return begun_ != nullptr; }
  /// What is under way should come to its end.
  [[nodiscard]] bool is_late() const { return is_late_; }
  [[nodiscard]] ClusterAsker& asker() { return *asker_; }

  /// `done` with the first failure, when `count` answers have come.
  static Told joined(int count, Told done);

  PlacerContext context_;
  PlacerTimes times_;
  OwnerRecord record_;
  Timers timers_;
  Admissions admissions_;
  std::vector<std::string> live_;  ///< The runs of e2e.test under way.
  std::uint64_t generation_ = 0;   ///< Of what should be.
  std::uint64_t written_ = 0;      ///< Of what the API server stores.

 private:
  void write_first_record();
  void write_generation();
  void end_write(std::uint64_t generation, const Failure& failure);
  [[nodiscard]] bool is_no_use(const Failure& failure) const;
  void try_later(std::function<void()> again);
  void set_limit(std::chrono::milliseconds limit);
  void beat_later();
  void try_undo();
  void end_end(const std::string& failure);

  std::optional<ClusterAsker> asker_;
  bool may_have_record_ = false;  ///< The cluster may hold something of ours, if only because an answer was lost.
  bool has_record_ = false;
  bool writing_ = false;
  bool has_begun_ = false;  ///< Once at least.
  bool is_late_ = false;    ///< What fails now isn't tried again.
  process::EventLoop::TimerId limit_timer_ = 0;
  process::EventLoop::TimerId retry_timer_ = 0;
  Done begun_;
  std::vector<Done> ended_;
};

}  // namespace opready::cluster
