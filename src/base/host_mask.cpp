// SPDX-License-Identifier: Apache-2.0
// Finds candidates by automata, and has the C library say which of them are addresses.
#include "opready/base/host_mask.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <functional>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <re2/re2.h>

namespace opready::base {
namespace {

// What may stand in front of a word. Logs quote other programs' output, so \n and %2F are no letters of a word.
constexpr std::string_view kBefore = R"re((?:^|[^0-9A-Za-z]|\\[nrt]|%[0-9A-Fa-f]{2}))re";
constexpr std::string_view kAfter = "(?:$|[^0-9A-Za-z])";
// Not a part of a longer number: "v1.2.3.4" and "1.2.3.4.5" are versions.
constexpr const char* kIpv4 =
    R"re((?:^|[^0-9.vV]|(?:^|[^0-9])\.)([0-9]{1,3}(?:\.[0-9]{1,3}){3})(?:$|[^0-9.]|\.(?:$|[^0-9])))re";
constexpr const char* kIpv6 = "([0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)";

RE2::Options options() {
  RE2::Options options(RE2::Latin1);
  options.set_log_errors(false);
  return options;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return result;
}

/// `text` with each match's first group replaced by what `mask` makes of it; nothing: it stays.
std::string replaced(std::string_view text, const RE2& pattern,
                     const std::function<std::optional<std::string>(std::string_view)>& mask) {
  const re2::StringPiece whole(text.data(), text.size());
  std::string result;
  std::size_t copied = 0;
  std::size_t from = 0;
  std::array<re2::StringPiece, 2> groups;
  while (pattern.Match(whole, from, whole.size(), RE2::UNANCHORED, groups.data(), groups.size())) {
    const auto begin = static_cast<std::size_t>(groups[1].data() - whole.data());
    const std::string_view found(groups[1].data(), groups[1].size());
    if (const auto replacement = mask(found)) {
      result.append(text.substr(copied, begin - copied)).append(*replacement);
      copied = begin + found.size();
    }
    from = begin + found.size();  // What stands behind one word may stand in front of the next.
  }
  return result.append(text.substr(copied));
}

/// In binary, one form whichever way it's written.
std::optional<std::string> address_bytes(int family, const std::string& text) {
  std::array<char, sizeof(in6_addr)> bytes{};
  if (::inet_pton(family, text.c_str(), bytes.data()) != 1) {
    return std::nullopt;
  }
  return std::string(bytes.data(), family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr));
}

bool tells_nothing(const std::string& bytes) {
  const bool zeros = bytes.find_first_not_of('\0') == std::string::npos;
  const bool loopback = bytes.size() == sizeof(in_addr)
                            ? bytes.front() == 127
                            : bytes.find_first_not_of('\0') == bytes.size() - 1 && bytes.back() == 1;
  return zeros || loopback;
}

}  // namespace

struct HostMask::Impl {
  std::map<std::string, std::string> names;      ///< Masks by name in lower case.
  std::map<std::string, std::string> addresses;  ///< Masks by address in binary.
  std::unique_ptr<RE2> any_name;                 ///< None where there are no names.
  RE2 ipv4{kIpv4, options()};
  RE2 ipv6{kIpv6, options()};

  void add(const std::vector<std::string>& list, std::string_view kind) {
    int number = 0;
    for (const std::string& name : list) {
      const std::string mask = fmt::format("{}-{}", kind, number + 1);
      number += !name.empty() && names.try_emplace(lower(name), mask).second ? 1 : 0;
    }
  }

  /// Not of an address, whose first number means nothing.
  void add_first_labels(const std::vector<std::string>& nodes) {
    for (const std::string& node : nodes) {
      const std::size_t dot = node.find('.');
      if (dot != std::string::npos && dot > 0 && !address_bytes(AF_INET, node)) {
        names.try_emplace(lower(node.substr(0, dot)), names.at(lower(node)));
      }
    }
  }

  void compile() {
    std::vector<std::string> longest_first;
    longest_first.reserve(names.size());
    for (const auto& [name, mask] : names) {
      longest_first.push_back(RE2::QuoteMeta(name));
    }
    std::sort(longest_first.begin(), longest_first.end(),
              [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
    if (!longest_first.empty()) {
      any_name =
          std::make_unique<RE2>(fmt::format("(?i){}({}){}", kBefore, fmt::join(longest_first, "|"), kAfter), options());
    }
  }

  std::optional<std::string> address_mask(int family, const std::string& text) {
    const auto bytes = address_bytes(family, text);
    if (!bytes || tells_nothing(*bytes)) {
      return std::nullopt;
    }
    return addresses.try_emplace(*bytes, fmt::format("address-{}", addresses.size() + 1)).first->second;
  }

  /// The candidate may have taken in a colon before it ("IP:fe80::1") and punctuation behind.
  std::optional<std::string> ipv6_mask(std::string_view candidate) {
    if (candidate.find_first_of("0123456789") == std::string_view::npos) {
      return std::nullopt;  // "std::find"
    }
    const std::size_t front = candidate.starts_with(':') && !candidate.starts_with("::") ? 1 : 0;
    const std::size_t end = candidate.ends_with("::") ? candidate.size() : candidate.find_last_not_of(":.") + 1;
    const auto mask = address_mask(AF_INET6, std::string(candidate.substr(front, end - front)));
    if (!mask) {
      return std::nullopt;
    }
    return std::string(candidate.substr(0, front)) + *mask + std::string(candidate.substr(end));
  }
};

HostMask::HostMask(const std::vector<std::string>& nodes, const std::vector<std::string>& hosts)
    : impl_(std::make_unique<Impl>()) {
  impl_->add(nodes, "node");
  impl_->add_first_labels(nodes);
  impl_->add(hosts, "host");
  impl_->compile();
}

HostMask::~HostMask() = default;

std::string HostMask::masked(std::string_view text) {
  std::string result(text);
  if (impl_->any_name) {
    result = replaced(result, *impl_->any_name, [this](std::string_view name) { return impl_->names.at(lower(name)); });
  }
  // Those first: an IPv6 address may end in the form of an IPv4 one.
  result = replaced(result, impl_->ipv6, [this](std::string_view found) { return impl_->ipv6_mask(found); });
  return replaced(result, impl_->ipv4,
                  [this](std::string_view found) { return impl_->address_mask(AF_INET, std::string(found)); });
}

}  // namespace opready::base
