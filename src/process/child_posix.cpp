// SPDX-License-Identifier: Apache-2.0
// Children on POSIX: spawned by Boost.Process, watched through a pidfd, reaped last.

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <linux/close_range.h>
#include <memory>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/readable_pipe.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

#include "opready/process/child.hpp"

// Boost.Process 1.81 doesn't include all that it uses when it's told to use std::filesystem.
// clang-format off
#define BOOST_PROCESS_USE_STD_FS 1
#include <boost/optional.hpp>
#include <boost/type_traits.hpp>
#include <boost/process/v2.hpp>
// clang-format on

#include "opready/base/error.hpp"
#include "opready/base/log.hpp"
#include "opready/base/redact.hpp"
#include "opready/base/shell_quote.hpp"
#include "opready/process/identity.hpp"

#include "event_loop_impl.hpp"

namespace opready::process {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

error_code last_error() {
  return {errno, boost::system::system_category()};
}

/// The reading end for us, the writing end for the child.
struct Pipe {
  int read_end = -1;
  int write_end = -1;

  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
      throw base::environment_error("cannot make a pipe: " + base::errno_text(errno));
    }
    read_end = ends[0];
    write_end = ends[1];
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_end(read_end);
    close_end(write_end);
  }

  [[nodiscard]] int release_read_end() { return std::exchange(read_end, -1); }

 private:
  static void close_end(int fd) {
    if (fd >= 0) {
      ::close(fd);
    }
  }
};

/// What the child does between fork and exec: only async-signal-safe calls.
struct ChildSetup {
  int out = -1;
  int err = -1;
  pid_t parent = ::getpid();

  template <typename Launcher>
  error_code on_exec_setup(Launcher& /*launcher*/, const std::filesystem::path& /*executable*/,
                           const char* const*(& /*argv*/)) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGINT);
    if (::getppid() != parent) {
      ::_exit(127);  // The parent died before it could be watched.
    }
    const int null = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (null < 0 || ::dup2(null, STDIN_FILENO) < 0 || ::dup2(out, STDOUT_FILENO) < 0 ||
        ::dup2(err, STDERR_FILENO) < 0) {
      return last_error();
    }
    // Boost 1.81 leaves descriptors open that it means to close (boostorg/process#360).
    if (::syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC) != 0) {
      return last_error();
    }
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    std::signal(SIGPIPE, SIG_DFL);
    return {};
  }

  /// Boost 1.81 ends a child whose exec failed with ::exit, which would flush our buffers a second time. Variadic,
  /// since detection passes five arguments and the call four; the error has reached the parent by then.
  template <typename... Args>
  void on_exec_error(Args&&... /*args*/) {
    ::_exit(127);
  }
};

std::filesystem::path find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    return name;
  }
  const auto found = boost::process::v2::environment::find_executable(name);
  if (found.empty()) {
    throw base::environment_error(fmt::format("cannot start '{}': not found in PATH", name));
  }
  return found.string();
}

pid_t spawn(asio::io_context& context, const ChildCommand& command, const ChildSetup& setup) {
  const std::filesystem::path program = find_program(command.argv.front());
  const std::vector<std::string> arguments(command.argv.begin() + 1, command.argv.end());
  boost::process::v2::posix::default_launcher launcher;
  error_code error;
  auto started = launcher(context.get_executor(), error, program, arguments, ChildSetup(setup));
  started.detach();
  if (error) {
    if (launcher.pid > 0) {
      ::waitpid(launcher.pid, nullptr, 0);  // Boost 1.81 leaves a child whose exec failed as a zombie.
    }
    throw base::environment_error(
        fmt::format("cannot start '{}': {}", program.string(), base::errno_text(error.value())));
  }
  return launcher.pid;
}

model::ChildExit exit_of(const siginfo_t& info) {
  model::ChildExit exit;
  if (info.si_code == CLD_EXITED) {
    exit.code = info.si_status;
  } else {
    exit.signal = info.si_status;
  }
  return exit;
}

/// One of the child's streams, read until it's closed.
class Stream {
 public:
  Stream(asio::io_context& context, int fd, std::function<void(std::string_view)> on_chunk)
      : pipe_(context, fd), on_chunk_(std::move(on_chunk)) {}

  void read(std::function<void()> on_closed) {
    pipe_.async_read_some(asio::buffer(buffer_),
                          [this, alive = std::weak_ptr<void>(alive_), on_closed = std::move(on_closed)](
                              const error_code& error, std::size_t size) mutable {
                            if (alive.expired()) {
                              return;
                            }
                            if (error) {
                              open_ = false;
                              on_closed();
                              return;
                            }
                            if (on_chunk_) {
                              on_chunk_(std::string_view(buffer_.data(), size));
                            }
                            read(std::move(on_closed));
                          });
  }

  [[nodiscard]] bool open() const { return open_; }

 private:
  asio::readable_pipe pipe_;
  std::function<void(std::string_view)> on_chunk_;
  std::array<char, 64UL * 1024> buffer_;
  bool open_ = true;
  std::shared_ptr<void> alive_ = std::make_shared<char>();
};

class SystemChild final : public Child {
 public:
  SystemChild(EventLoop::Impl& loop, const ChildCommand& command, ChildCallbacks callbacks)
      : loop_(loop),
        drain_(command.drain),
        callbacks_(std::move(callbacks)),
        timer_(loop.context),
        exited_(loop.context) {
    Pipe out;
    ChildSetup setup{.out = out.write_end, .err = out.write_end};
    std::optional<Pipe> err;
    if (!command.merge_stderr) {
      setup.err = err.emplace().write_end;
    }
    pid_ = spawn(loop_.context, command, setup);
    start_ticks_ = start_ticks_of(pid_);
    out_.emplace(loop_.context, out.release_read_end(), callbacks_.on_output);
    if (err) {
      err_.emplace(loop_.context, err->release_read_end(), callbacks_.on_stderr);
    }
    const auto pidfd = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
    if (pidfd < 0) {
      const int error = errno;
      reap();
      throw base::environment_error("cannot watch a child: " + base::errno_text(error));
    }
    exited_.assign(pidfd);
    watch();
    ++loop_.children;
  }
  SystemChild(const SystemChild&) = delete;
  SystemChild& operator=(const SystemChild&) = delete;

  ~SystemChild() override {
    if (!reaped_) {
      reap();
      --loop_.children;
    }
  }

  [[nodiscard]] std::int64_t pid() const override { return pid_; }
  [[nodiscard]] std::uint64_t start_ticks() const override { return start_ticks_; }

  void signal_group(int signal) override {
    if (!reaped_) {
      ::kill(-pid_, signal);
    }
  }

 private:
  void watch() {
    out_->read([this] { end_if_over(); });
    if (err_) {
      err_->read([this] { end_if_over(); });
    }
    exited_.async_wait(asio::posix::stream_descriptor::wait_read,
                       [this, alive = std::weak_ptr<void>(alive_)](const error_code& error) {
                         if (error || alive.expired()) {
                           return;
                         }
                         // The zombie is left in place: as long as it stands, its group's number can't become somebody
                         // else's.
                         siginfo_t info{};
                         ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT);
                         end_.exit = exit_of(info);
                         gone_ = true;
                         expect_close(drain_);
                         end_if_over();
                       });
  }

  /// Someone may hold the output open after the child's end: first they get `drain_`, then SIGKILL and a moment for
  /// the pipe to close, and those that left the group are given up on.
  void expect_close(std::chrono::milliseconds patience) {
    timer_.expires_after(patience);
    timer_.async_wait([this, alive = std::weak_ptr<void>(alive_)](const error_code& error) {
      if (error || alive.expired()) {
        return;
      }
      if (end_.leaked) {
        end();
        return;
      }
      end_.leaked = true;
      signal_group(SIGKILL);
      expect_close(std::chrono::milliseconds(500));
    });
  }

  void end_if_over() {
    if (gone_ && !out_->open() && !(err_ && err_->open())) {
      end();
    }
  }

  void end() {
    timer_.cancel();
    reap();
    --loop_.children;
    // The callback may destroy this object, and with it the function that is running.
    const auto on_end = std::move(callbacks_.on_end);
    if (on_end) {
      on_end(end_);
    }
  }

  /// Ends what is left of the group, then takes the zombie away.
  void reap() {
    ::kill(-pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    reaped_ = true;
  }

  EventLoop::Impl& loop_;
  std::chrono::milliseconds drain_;
  ChildCallbacks callbacks_;
  asio::steady_timer timer_;
  asio::posix::stream_descriptor exited_;
  std::optional<Stream> out_;
  std::optional<Stream> err_;
  pid_t pid_ = 0;
  std::uint64_t start_ticks_ = 0;
  ChildEnd end_;
  bool gone_ = false;
  bool reaped_ = false;
  /// Told apart by its absence: a completion that was queued before this object was destroyed still arrives.
  std::shared_ptr<void> alive_ = std::make_shared<char>();
};

}  // namespace

std::unique_ptr<Child> SystemChildStarter::start(const ChildCommand& command, ChildCallbacks callbacks) {
  base::log_debug("starting " + base::shell_joined(base::redacted_command(command.argv)));
  return std::make_unique<SystemChild>(loop_.impl(), command, std::move(callbacks));
}

}  // namespace opready::process
