// SPDX-License-Identifier: Apache-2.0
// What children share with the loop: Asio's context and the count of what is still awaited.
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "opready/process/event_loop.hpp"

namespace opready::process {

struct EventLoop::Impl {
  boost::asio::io_context context{1};
  std::list<boost::asio::signal_set> signals;
  std::vector<int> taken;  ///< What `signals` hold.
  std::map<TimerId, boost::asio::steady_timer> timers;
  TimerId last_timer = 0;
  std::size_t children = 0;  ///< Children whose end hasn't been told yet.
  bool stopped = false;
};

}  // namespace opready::process
