// SPDX-License-Identifier: Apache-2.0
// Specs that misbehave in every known way.
#include "fake_specs.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace opready::fake {
namespace {

using namespace std::string_view_literals;

void step(std::string_view text) {
  print(fmt::format("  STEP: {} @ 01/31/26 08:15:30.123\n", text));
  std::fflush(stdout);
}

void fail(Session& session, std::string failure) {
  session.result = {"failed", std::move(failure)};
}

/// SIGINT and SIGTERM are blocked from the start and only taken here, so that none is lost. Returns false at the time's
/// end.
bool wait_for_signal(time_t seconds) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  const timespec time{seconds, 0};
  int signal = -1;
  do {
    signal = ::sigtimedwait(&signals, nullptr, &time);
  } while (signal < 0 && errno == EINTR);  // It was stopped and continued.
  return signal > 0;
}

void interrupt(Session& session) {
  session.special_reason = "Interrupted by User";
  session.result = {"interrupted", "[INTERRUPTED] Interrupted by User\nIn [It] at: " + std::string(kFile) + ":1"};
}

void die_of(int signal) {
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void print_much(std::size_t mebibytes) {
  std::string block;
  while (block.size() < 1024 * 1024) {
    block += fmt::format("  I0131 08:15:30.123456    4711 util.go:414] line {} of a long log, as e2e.test prints\n",
                         block.size());
  }
  for (std::size_t written = 0; written < mebibytes; ++written) {
    print(block);
  }
}

void print_long_line() {
  const std::string block(1024 * 1024, 'x');
  for (int written = 0; written < 100; ++written) {
    print(block);
  }
  print("\n");
}

void leave_grandchild() {
  std::fflush(stdout);
  if (::fork() == 0) {
    ::alarm(kLongestLife);
    ::pause();
    ::_exit(0);
  }
}

/// True the first time that it's asked of `what`, as the directory $FAKE_E2E_MEMORY remembers.
bool is_first_time(const std::string& what) {
  const char* const memory = std::getenv("FAKE_E2E_MEMORY");
  const int fd =
      memory == nullptr ? -1 : ::open(fmt::format("{}/{}", memory, what).c_str(), O_CREAT | O_EXCL | O_WRONLY, 0600);
  if (fd >= 0) {
    ::close(fd);
  }
  return fd >= 0;
}

void fail_at_first(Session& session, const std::string& what) {
  if (is_first_time(what)) {
    fail(session, "[FAILED] not yet\nIn [It] at: fake.go:7");
  }
}

/// In a session of its own, out of reach of signals to the group, with the pipe open.
void leave_daemon() {
  std::fflush(stdout);
  if (::fork() == 0) {
    ::setsid();
    if (::fork() == 0) {
      ::alarm(kLongestLife);
      ::pause();
    }
    ::_exit(0);
  }
}

/// A chain of processes in the group, each of which lives for a moment.
void fork_on_and_on() {
  std::fflush(stdout);
  if (::fork() != 0) {
    return;
  }
  const time_t end = ::time(nullptr) + kLongestLife;
  while (::time(nullptr) < end) {
    if (::fork() > 0) {
      ::usleep(1000);
      ::_exit(0);
    }
  }
  ::_exit(0);
}

void take_all_memory() {
  std::vector<std::string> blocks;
  while (blocks.size() < 4096) {
    blocks.emplace_back(1024UL * 1024, 'x');
  }
}

/// $FAKE_E2E_MORE more specs that pass after 5 ms.
std::vector<Spec> with_more(std::vector<Spec> table) {
  const char* const more = std::getenv("FAKE_E2E_MORE");
  const int count = more == nullptr ? 0 : std::atoi(more);
  for (int number = 1; number <= count; ++number) {
    table.push_back({fmt::format("number {:05}", number), [](Session&) { ::usleep(5000); }, false, true});
  }
  return table;
}

/// Descriptors beyond the three that a child is given.
void look_for_descriptors(Session& session) {
  std::string open;
  for (int fd = 3; fd < 256; ++fd) {
    struct stat status = {};
    open += ::fstat(fd, &status) == 0 ? fmt::format(" {}", fd) : "";
  }
  print(fmt::format("  descriptors beyond stderr:{}\n", open.empty() ? " none" : open));
  if (!open.empty()) {
    fail(session, "inherited descriptors" + open);
  }
}

void print_secrets(Session& session) {
  constexpr std::string_view kSecrets =
      "Authorization: Bearer abcDEF0123456789secretsecret\n"
      "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzZWNyZXQifQ.c2lnbmF0dXJlLXRoYXQtaXMtc2VjcmV0\n"
      "token: kubeconfigsecrettoken0123456789\n"
      "client-key-data: c2VjcmV0LWtleS1kYXRhLXNlY3JldC1rZXktZGF0YQ==\n";
  print(kSecrets);
  fail(session, "[FAILED] refused\n" + std::string(kSecrets));
}

}  // namespace

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

std::string full_name(const Spec& spec) {
  return "[fake] " + spec.name;
}

const std::vector<Spec>& specs() {
  static const std::vector<Spec> table = with_more({
      {"passes", [](Session&) { step("Creating a pod"); }},
      {"passes too", [](Session&) {}},
      {"fails with a reason",
       [](Session& session) { fail(session, "[FAILED] pod \"web-0\" never became ready\nIn [It] at: fake.go:7"); }},
      {"skips itself",
       [](Session& session) { session.result = {"skipped", "Only supported for node OS distro [windows]"}; }},
      {"panics", [](Session& session) { session.result = {"panicked", "[PANICKED] Test Panicked\nnil map"}; }},
      {"is pending", [](Session& session) { session.result = {"pending", ""}; }},
      {"runs out of time",
       [](Session& session) {
         session.special_reason = "Suite Timeout Elapsed";
         session.result = {"timedout", "[TIMEDOUT] A suite timeout occurred"};
       }},
      {"crashes with SIGSEGV", [](Session&) { die_of(SIGSEGV); }},
      {"exits 2 in a Go panic",
       [](Session& session) {
         print("panic: runtime error: invalid memory address or nil pointer dereference\n\ngoroutine 1 [running]:\n");
         session.report = ReportKind::none;
         session.exit_status = 2;
       }},
      {"hangs and ignores signals",
       [](Session&) {
         step("hanging");
         while (::pause() != 0) {
         }
       }},
      {"waits to be interrupted",
       [](Session& session) {
         step("waiting to be interrupted");
         if (wait_for_signal(kLongestLife)) {
           interrupt(session);
         }
       }},
      {"takes long to clean up",
       [](Session& session) {
         step("waiting to be interrupted");
         if (wait_for_signal(kLongestLife)) {
           step("Destroying namespace \"fake-4711\" for this suite.");
           wait_for_signal(30);
           interrupt(session);
         }
       }},
      {"prints a line of 100 MiB", [](Session&) { print_long_line(); }},
      {"prints 64 MiB of log", [](Session&) { print_much(64); }},
      {"prints 256 MiB of log", [](Session&) { print_much(256); }},
      {"prints 1 GiB of log", [](Session&) { print_much(1024); }},
      {"prints invalid UTF-8 and ANSI",
       [](Session& session) {
         print(
             "  \x1b[31mred\x1b[0m \xff\xfe \xc3( \xe2\x80\xae \x1b]0;title\x07 \x9b"
             "31m\n");
         fail(session, "[FAILED] \x1b[31mred\x1b[0m \xff\xfe \xc3(");
       }},
      {"has hostile text <script>alert(1)</script> ]]> & \"quotes\"",
       [](Session& session) {
         print("  a \0 byte, <script>alert(2)</script> ]]> &amp;\n"sv);
         print("::error::said by a spec\n##[add-mask]e\n\x1b[0Ksection_end:1:hostile-text_1\r\x1b[0K\n");
         fail(session,
              "[FAILED] <script>alert(3)</script> ]]> &amp; 'quotes' \"quotes\"\n"
              "::error::said by a failure\n##[error]said by a failure");
       }},
      {"prints secrets", print_secrets},
      {"writes no report", [](Session& session) { session.report = ReportKind::none; }},
      {"writes a truncated report", [](Session& session) { session.report = ReportKind::truncated; }},
      {"writes a report of 100000 cases", [](Session& session) { session.report = ReportKind::of_100000_cases; }},
      {"fails but exits 0",
       [](Session& session) {
         fail(session, "[FAILED] the exit status lies");
         session.exit_status = 0;
       }},
      {"exits 1 for no reason", [](Session& session) { session.exit_status = 1; }},
      {"leaves a grandchild holding the pipe", [](Session&) { leave_grandchild(); }},
      {"BeforeSuite fails",
       [](Session& session) {
         session.before_suite_failed = true;
         session.exit_status = 1;
       }},
      {"sees no foreign descriptors", look_for_descriptors},
      {"fails at first", [](Session& session) { fail_at_first(session, "fails"); }},
      {"crashes at first",
       [](Session&) {
         if (is_first_time("crashes")) {
           die_of(SIGSEGV);
         }
       }},
      {"in order: step one", [](Session&) {}, true},
      {"in order: step two fails at first", [](Session& session) { fail_at_first(session, "step two"); }, true},
      {"is killed", [](Session&) { die_of(SIGKILL); }},
      {"takes all memory", [](Session&) { take_all_memory(); }},
      {"leaves a daemon holding the pipe", [](Session&) { leave_daemon(); }},
      {"forks on and on", [](Session&) { fork_on_and_on(); }},
  });
  return table;
}

}  // namespace opready::fake
