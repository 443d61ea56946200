// SPDX-License-Identifier: Apache-2.0
// The developers' log.
#include "opready/base/log.hpp"

#include <cstdlib>
#include <memory>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "opready/base/redact.hpp"

namespace opready::base {

namespace {

/// Empty until set_up_log: code under test logs nothing.
std::shared_ptr<spdlog::logger>& logger() {
  static std::shared_ptr<spdlog::logger> instance;
  return instance;
}

void write(spdlog::level::level_enum level, std::string_view message) {
  if (logger() && logger()->should_log(level)) {
    logger()->log(level, redacted(message));
  }
}

}  // namespace

void set_up_log() {
  const char* const variable = std::getenv("OPREADY_LOG");
  const std::string_view wanted = variable != nullptr ? variable : "";
  if (wanted.empty()) {
    logger().reset();
    return;
  }
  logger() = std::make_shared<spdlog::logger>("opready", std::make_shared<spdlog::sinks::stderr_sink_st>());
  logger()->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l: %v", spdlog::pattern_time_type::utc);
  if (wanted == "debug") {
    logger()->set_level(spdlog::level::debug);
  } else if (wanted == "info") {
    logger()->set_level(spdlog::level::info);
  } else {
    logger()->set_level(spdlog::level::warn);
    if (wanted != "warn") {
      log_warning("OPREADY_LOG is none of debug, info and warn; taken as warn");
    }
  }
}

void log_debug(std::string_view message) {
  write(spdlog::level::debug, message);
}

void log_warning(std::string_view message) {
  write(spdlog::level::warn, message);
}

}  // namespace opready::base
