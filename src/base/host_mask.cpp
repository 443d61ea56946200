// SPDX-License-Identifier: Apache-2.0
// Looks at each place where a word may begin, and has the C library say which of them are addresses.
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

// Not a part of a longer number: "v1.2.3.4" and "1.2.3.4.5" are versions.
constexpr const char* kIpv4 =
    R"re((?:^|[^0-9.vV]|(?:^|[^0-9])\.)([0-9]{1,3}(?:\.[0-9]{1,3}){3})(?:$|[^0-9.]|\.(?:$|[^0-9])))re";
// As in names of pods' and machines' DNS records: "10-0-0-5.default.pod.cluster.local", "ip-10-0-0-5".
constexpr const char* kDashedIpv4 =
    R"re((?:^|[^0-9-]|(?:^|[^0-9])-)([0-9]{1,3}(?:-[0-9]{1,3}){3})(?:$|[^0-9-]|-(?:$|[^0-9])))re";
// Logs quote other programs' output: these are no letters of the word behind them.
constexpr const char* kEscape = R"re((?:\\[nrt]|%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\[[0-9;]*m)$)re";
constexpr std::size_t kLongestEscape = 16;
constexpr std::string_view kIpv6Characters = "0123456789ABCDEFabcdef:.";

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

bool is_letter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool may_end_at(std::string_view text, std::size_t end) {
  return end == text.size() || !is_letter(text[end]);
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
  /// What stands for so many bytes of a text.
  struct Masked {
    std::size_t length;
    std::string mask;
  };

  std::map<std::string, std::string, std::less<>> names;  ///< Masks by name in lower case.
  std::size_t longest = 0;                                ///< Of the names.
  std::map<std::string, std::string> addresses;           ///< Masks by address in binary.
  RE2 escape{kEscape, options()};
  RE2 ipv4{kIpv4, options()};
  RE2 dashed_ipv4{kDashedIpv4, options()};

  bool add(const std::string& name, const std::string& mask) {
    longest = std::max(longest, name.size());
    return names.try_emplace(lower(name), mask).second;
  }

  void add(const std::vector<std::string>& list, std::string_view kind) {
    int number = 0;
    for (const std::string& name : list) {
      const std::string mask = fmt::format("{}-{}", kind, number + 1);
      number += !name.empty() && add(name, mask) ? 1 : 0;
    }
  }

  /// Not of an address, whose first number means nothing.
  void add_first_labels(const std::vector<std::string>& nodes) {
    for (const std::string& node : nodes) {
      const std::size_t dot = node.find('.');
      if (dot != std::string::npos && dot > 0 && !address_bytes(AF_INET, node)) {
        add(node.substr(0, dot), names.at(lower(node)));
      }
    }
  }

  [[nodiscard]] bool may_begin_at(std::string_view text, std::size_t begin) const {
    if (begin == 0 || !is_letter(text[begin - 1])) {
      return true;
    }
    const std::size_t from = begin - std::min(begin, kLongestEscape);
    return RE2::PartialMatch(re2::StringPiece(text.data() + from, begin - from), escape);
  }

  /// The longest name that `text` begins with, as a word.
  std::optional<Masked> masked_name(std::string_view text) {
    const std::string low = lower(text.substr(0, longest));
    for (std::size_t end = low.size(); end > 0; --end) {
      if (may_end_at(text, end)) {
        if (const auto name = names.find(std::string_view(low).substr(0, end)); name != names.end()) {
          return Masked{end, name->second};
        }
      }
    }
    return std::nullopt;
  }

  /// The longest IPv6 address that `text` begins with; punctuation may stand behind it.
  std::optional<Masked> masked_ipv6(std::string_view text) {
    const std::string_view run = text.substr(0, std::min(text.find_first_not_of(kIpv6Characters), text.size()));
    if (std::count(run.begin(), run.end(), ':') < 2) {
      return std::nullopt;
    }
    for (std::size_t end = std::min<std::size_t>(run.size(), INET6_ADDRSTRLEN); end > 1; --end) {
      const std::string address(run.substr(0, end));
      if (may_end_at(text, end) && address_bytes(AF_INET6, address)) {
        return Masked{end, address_mask(AF_INET6, address).value_or(address)};
      }
    }
    return std::nullopt;
  }

  /// Names and IPv6 addresses, wherever a word may begin.
  std::string with_masked_words(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
      std::optional<Masked> word;
      if ((is_letter(text[at]) || text[at] == ':') && may_begin_at(text, at)) {
        word = masked_name(text.substr(at));
        word = word ? word : masked_ipv6(text.substr(at));
      }
      result += word ? word->mask : std::string(1, text[at]);
      at += word ? word->length : 1;
    }
    return result;
  }

  std::optional<std::string> address_mask(int family, const std::string& text) {
    const auto bytes = address_bytes(family, text);
    if (!bytes || tells_nothing(*bytes)) {
      return std::nullopt;
    }
    return addresses.try_emplace(*bytes, fmt::format("address-{}", addresses.size() + 1)).first->second;
  }
};

HostMask::HostMask(const std::vector<std::string>& nodes, const std::vector<std::string>& hosts)
    : impl_(std::make_unique<Impl>()) {
  impl_->add(nodes, "node");
  impl_->add_first_labels(nodes);
  impl_->add(hosts, "host");
}

HostMask::~HostMask() = default;

void HostMask::also_called(const std::string& alias, const std::string& name) {
  if (const auto known = impl_->names.find(lower(name)); known != impl_->names.end() && !alias.empty()) {
    impl_->add(alias, std::string(known->second));
  }
}

std::string HostMask::masked(std::string_view text) {
  // Words first: an IPv6 address may end in the form of an IPv4 one.
  std::string result = impl_->with_masked_words(text);
  result = replaced(result, impl_->ipv4,
                    [this](std::string_view found) { return impl_->address_mask(AF_INET, std::string(found)); });
  return replaced(result, impl_->dashed_ipv4, [this](std::string_view found) {
    std::string dotted(found);
    std::replace(dotted.begin(), dotted.end(), '-', '.');
    return impl_->address_mask(AF_INET, dotted);
  });
}

}  // namespace opready::base
