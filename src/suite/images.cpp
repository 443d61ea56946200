// SPDX-License-Identifier: Apache-2.0
// Matches names of images with the references that Ginkgo binaries list.
#include "opready/suite/images.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "opready/base/sanitize.hpp"
#include "opready/suite/answers.hpp"

namespace opready::suite {
namespace {

constexpr std::chrono::seconds kTimeout{30};
constexpr std::string_view kPrevious = "-prev";
constexpr std::size_t kNamedCases = 3;

bool is_reference(std::string_view entry) {
  return entry.find_first_of("/:") != std::string_view::npos;
}

/// "2.63.0" as {2, 63, 0}; what separates numbers makes no difference.
std::vector<unsigned long> version_of(std::string_view tag) {
  std::vector<unsigned long> numbers;
  bool in_number = false;
  for (const char c : tag) {
    const bool is_digit = c >= '0' && c <= '9';
    if (is_digit && !in_number) {
      numbers.push_back(0);
    }
    if (is_digit) {
      numbers.back() = numbers.back() * 10 + static_cast<unsigned long>(c - '0');
    }
    in_number = is_digit;
  }
  return numbers;
}

struct ListedImage {
  std::string_view repository;  ///< "registry.k8s.io/e2e-test-images/agnhost"
  std::string_view name;        ///< "agnhost"
  std::vector<unsigned long> version;
  const std::string* reference = nullptr;
};

ListedImage parse(const std::string& reference) {
  const std::string_view text = reference;
  const std::size_t slash = text.rfind('/');
  const std::size_t name = slash == std::string_view::npos ? 0 : slash + 1;
  const std::size_t colon = text.find(':', name);
  const std::string_view tag = colon == std::string_view::npos ? "" : text.substr(colon + 1);
  return {.repository = text.substr(0, colon),
          .name = text.substr(name, colon == std::string_view::npos ? colon : colon - name),
          .version = version_of(tag),
          .reference = &reference};
}

/// The versions of the image called `name` that stand in one repository with the newest of all, newest first.
std::vector<ListedImage> versions_of(std::string_view name, const std::vector<std::string>& listed) {
  std::vector<ListedImage> found;
  for (const std::string& reference : listed) {
    ListedImage image = parse(reference);
    if (image.name == name) {
      found.push_back(std::move(image));
    }
  }
  std::sort(found.begin(), found.end(), [](const ListedImage& one, const ListedImage& other) {
    return std::tie(one.version, *one.reference) > std::tie(other.version, *other.reference);
  });
  if (!found.empty()) {
    std::erase_if(found, [repository = found.front().repository](const ListedImage& image) {
      return image.repository != repository;
    });
  }
  return found;
}

std::optional<std::string> find_name(std::string_view name, const std::vector<std::string>& listed) {
  if (const std::vector<ListedImage> versions = versions_of(name, listed); !versions.empty()) {
    return *versions.front().reference;
  }
  if (!name.ends_with(kPrevious)) {
    return std::nullopt;
  }
  const std::vector<ListedImage> versions = versions_of(name.substr(0, name.size() - kPrevious.size()), listed);
  return versions.size() > 1 ? std::optional(*versions[1].reference) : std::nullopt;
}

/// What one suite's binary lists.
struct ImageList {
  std::vector<std::string> references;
  std::string unknown;  ///< Why it listed none; empty where it did.
};

ImageList list_images(const std::string& path, const process::Capture& capture) {
  const process::Captured answer = capture({{path, "--list-images"}}, kTimeout).front();
  ImageList list;
  for (std::string_view text = answer.out; !text.empty();) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    // Warnings may stand between the references.
    if (!line.empty() && line.find_first_of(" \t\r") == std::string_view::npos) {
      list.references.push_back(base::sanitized(line));
    }
  }
  if (!answer.start_error.empty()) {
    list.unknown = answer.start_error;
  } else if (!answer.succeeded()) {
    const std::string text = base::sanitized(answer.err);
    list.unknown = answer.timed_out ? fmt::format("no answer within {} s", kTimeout.count())
                                    : fmt::format("{}: {}", model::describe(answer.exit), last_line(text));
  }
  return list;
}

std::string named(const std::vector<std::string>& cases) {
  const std::size_t shown = std::min(cases.size(), kNamedCases);
  const auto end = cases.begin() + static_cast<std::ptrdiff_t>(shown);
  return fmt::format("{}{}", fmt::join(cases.begin(), end, ", "),
                     shown < cases.size() ? fmt::format(" and {} more", cases.size() - shown) : "");
}

/// Goes through the cases in their order.
class Search {
 public:
  Search(const model::Plan& plan, const process::Capture& capture) : plan_(plan), capture_(capture) {}

  void look_for(const std::string& entry, const model::TestCase& test) {
    std::optional<std::string> found = find_image(entry, is_reference(entry) ? kNone : listed_by(test.suite));
    if (!found) {
      add_case(missing_[{test.suite, entry}], test.id);
    } else if (std::find(wanted_.references.begin(), wanted_.references.end(), *found) == wanted_.references.end()) {
      wanted_.references.push_back(*std::move(found));
    }
  }

  [[nodiscard]] WantedImages wanted() && {
    for (const auto& [what, cases] : missing_) {
      const auto& [suite, entry] = what;
      const ImageList& list = lists_.at(suite);
      wanted_.faults.push_back(fmt::format(
          "cannot tell which image '{}' is, for {}: {}", entry, named(cases),
          list.unknown.empty() ? fmt::format("'{}' --list-images doesn't name it", path_of(suite)) : list.unknown));
    }
    return std::move(wanted_);
  }

 private:
  inline static const std::vector<std::string> kNone;

  static void add_case(std::vector<std::string>& cases, const std::string& id) {
    if (std::find(cases.begin(), cases.end(), id) == cases.end()) {
      cases.push_back(id);
    }
  }

  [[nodiscard]] std::string path_of(const std::string& suite) const {
    const model::SuiteIdentity* identity = model::find_suite(plan_, suite);
    return identity == nullptr ? "" : identity->path;
  }

  const std::vector<std::string>& listed_by(const std::string& suite) {
    auto list = lists_.find(suite);
    if (list == lists_.end()) {
      list = lists_.emplace(suite, list_images(path_of(suite), capture_)).first;
    }
    return list->second.references;
  }

  const model::Plan& plan_;
  const process::Capture& capture_;
  std::map<std::string, ImageList> lists_;                                           ///< By suite.
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> missing_;  ///< Cases by suite and entry.
  WantedImages wanted_;
};

}  // namespace

std::optional<std::string> find_image(std::string_view entry, const std::vector<std::string>& listed) {
  if (is_reference(entry)) {
    return std::string(entry);
  }
  while (!entry.empty()) {
    const std::string_view name = entry.substr(0, entry.find('|'));
    if (auto found = find_name(name, listed)) {
      return found;
    }
    entry.remove_prefix(std::min(entry.size(), name.size() + 1));
  }
  return std::nullopt;
}

WantedImages wanted_images(const model::Plan& plan, const process::Capture& capture) {
  Search search(plan, capture);
  for (const model::PlannedCase& planned : plan.cases) {
    if (!planned.not_run) {
      for (const std::string& entry : planned.test.images) {
        search.look_for(entry, planned.test);
      }
    }
  }
  return std::move(search).wanted();
}

}  // namespace opready::suite
