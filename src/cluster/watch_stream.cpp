// SPDX-License-Identifier: Apache-2.0
// Keeps one watch going.
#include "watch_stream.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "opready/base/error.hpp"
#include "opready/base/log.hpp"
#include "opready/base/redact.hpp"
#include "opready/base/sanitize.hpp"

namespace opready::cluster {
namespace {

/// Longer lines are dropped: rows stay far below it.
constexpr std::size_t kMaxLine = 8UL * 1024;

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// "I1121 12:11:00.393997 ...": a line of kubectl's log.
bool is_logged(std::string_view line) {
  constexpr std::string_view kLevels = "IWEF";
  return line.size() > 5 && contains(kLevels, line.substr(0, 1)) && line[5] == ' ' &&
         std::all_of(line.begin() + 1, line.begin() + 5, [](char c) { return c >= '0' && c <= '9'; });
}

/// As kubectl 1.33 and later log it, and as earlier ones do:
///   "Response" verb="GET" url="https://.../pods?resourceVersion=767&watch=true" status="200 OK" milliseconds=3
///   GET https://.../pods?resourceVersion=767&watch=true 200 OK in 3 milliseconds
bool tells_of_watch(std::string_view line) {
  return is_logged(line) && contains(line, "watch=true") && contains(line, "200 OK");
}

}  // namespace

WatchStream::WatchStream(process::EventLoop& loop, process::ChildStarter& starter, WatchRequest request,
                         WatchDelays delays)
    : loop_(loop), starter_(starter), request_(std::move(request)), delays_(delays), next_delay_(delays.first) {
  health_.name = request_.name;
}

void WatchStream::start() {
  ++health_.starts;
  last_words_.clear();
  rows_.emplace([this](const process::LinePiece& piece) { read_row(piece); }, kMaxLine);
  log_.emplace([this](const process::LinePiece& piece) { read_log(piece); }, kMaxLine);
  try {
    child_ = starter_.start({.argv = request_.command, .merge_stderr = false},
                            {.on_output = [this](std::string_view chunk) { rows_->feed(chunk); },
                             .on_stderr = [this](std::string_view chunk) { log_->feed(chunk); },
                             .on_end = [this](const process::ChildEnd& end) { ended(end); }});
  } catch (const base::Error& error) {
    failed(error.what(), true);
  }
}

void WatchStream::stop() {
  child_.reset();
  if (retry_) {
    loop_.cancel(*std::exchange(retry_, std::nullopt));
  }
  health_.up = false;
}

void WatchStream::read_row(const process::LinePiece& piece) {
  if (piece.first && piece.last && request_.on_line(piece.text)) {
    answered();
  }
}

void WatchStream::read_log(const process::LinePiece& piece) {
  if (!piece.first) {
    return;
  }
  if (tells_of_watch(piece.text)) {
    established_ = true;
    next_delay_ = delays_.first;
    answered();
  } else if (!piece.text.empty() && !is_logged(piece.text)) {
    last_words_ = piece.text;
  }
}

void WatchStream::answered() {
  health_.answered = true;
  if (!std::exchange(health_.up, true)) {
    request_.on_answered_or_given_up();
  }
}

void WatchStream::ended(const process::ChildEnd& end) {
  const model::ChildExit exit = end.exit;  // `end` goes with the child.
  log_->finish();                          // But not the rows: half of one could name half of a node.
  child_.reset();
  health_.up = false;
  std::string failure = base::redacted(base::sanitized(last_words_));
  if (failure.empty()) {
    failure = exit.code == 0 ? "the server ended the watch" : model::describe(exit);
  }
  // kubectl tells of a refusal by no other means than these words, which are the server's own reason.
  failed(std::move(failure), contains(last_words_, "(Forbidden)"));
}

/// A server that has taken the watch before refuses it for a moment only, as one that is just starting does.
void WatchStream::failed(std::string failure, bool for_good) {
  health_.failure = std::move(failure);
  base::log_debug("the watch of " + request_.name + " ended: " + health_.failure);
  if (for_good && !established_) {
    health_.given_up = true;
    request_.on_answered_or_given_up();
    return;
  }
  retry_ = loop_.after(std::exchange(next_delay_, std::min(2 * next_delay_, delays_.longest)), [this] {
    retry_.reset();
    start();
  });
}

}  // namespace opready::cluster
