// SPDX-License-Identifier: Apache-2.0
// Reads lists of objects, keeps those that are runs', and deletes them.
#include "opready/cluster/remains.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cluster_asker.hpp"
#include "json_text.hpp"
#include "ownership_json.hpp"
#include "ties.hpp"
#include "timers.hpp"

namespace opready::cluster {
namespace {

using Json = nlohmann::json;

constexpr const char* kNamespaces = "/api/v1/namespaces";
/// Each is a process.
constexpr std::size_t kRemovalsAtOnce = 8;

bool is_going(const Json& object) {
  return object.contains(Json::json_pointer("/metadata/deletionTimestamp"));
}

/// Others' objects may have names that mean something in a path; ours don't.
bool is_plain(const std::string& name) {
  return !name.empty() &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:") ==
             std::string::npos;
}

struct Listing {
  std::vector<Json> items;
  std::string unread;  ///< Empty where it was read.
};

Listing listing_of(const ClusterAnswer& answer, const std::string& names) {
  if (answer.objection == Objection::not_found) {
    return {};  // The API server doesn't serve that kind.
  }
  const Json json = Json::parse(answer.text, nullptr, false);
  if (!answer.ok() || !json.is_object() || !json.contains("items") || !json.at("items").is_array()) {
    return {{}, fmt::format("cannot read the {}: {}", names, answer.ok() ? "that is no list" : answer.failure)};
  }
  return {json.at("items").get<std::vector<Json>>(), ""};
}

Remnant remnant_of(const Json& object, const std::string& kind, const std::string& collection) {
  const std::string name = text_at(object, "/metadata/name");
  return {.what = kind + ' ' + name,
          .path = collection + '/' + name,
          .body = deletion_of(text_at(object, "/metadata/uid")),
          .name_space = ""};
}

void add_objects(Remains& remains, const TiedKind& kind, const std::vector<Json>& items, const Ties& ties) {
  for (const Json& item : items) {
    if (is_plain(text_at(item, "/metadata/name")) && !is_going(item) && kind.is_tied(item, ties)) {
      remains.objects.push_back(remnant_of(item, kind.kind, kind.collection));
    }
  }
}

void add_namespaces(Remains& remains, const std::vector<Json>& items, const Ties& ties) {
  for (const Json& item : items) {
    if (!ties.is_namespace(item)) {
      continue;
    }
    const std::string name = text_at(item, "/metadata/name");
    if (is_going(item)) {
      remains.going.push_back(name);
    } else {
      remains.objects.push_back(remnant_of(item, "namespace", kNamespaces));
      remains.objects.back().name_space = name;
    }
  }
}

struct Search {
  E2eTraces traces;
  std::function<void(const Remains&)> on_found;
  std::vector<Json> namespaces;
  std::vector<Listing> listings;  ///< One for each of `tied_kinds`.
  std::size_t unanswered = 0;
};

struct Work {
  std::vector<Remnant> objects;
  std::function<void(const Removal&)> on_removed;
  std::size_t next = 0;
  std::size_t unanswered = 0;
  Removal removal;
};

Remains result_of(const Search& search, const Ties& ties) {
  Remains remains;
  for (std::size_t i = 0; i < search.listings.size(); ++i) {
    add_objects(remains, tied_kinds()[i], search.listings[i].items, ties);
    if (!search.listings[i].unread.empty()) {
      remains.unread.push_back(search.listings[i].unread);
    }
  }
  add_namespaces(remains, search.namespaces, ties);
  return remains;
}

}  // namespace

class RemainsRemover::Impl {
 public:
  Impl(const ClusterAccess& access, std::chrono::milliseconds answer) : timers_(access.loop), asker_(access, answer) {}

  void find(std::shared_ptr<Search> search) {
    asker_.ask({"get", "--raw", kNamespaces}, [this, search = std::move(search)](const ClusterAnswer& answer) {
      Listing listing = listing_of(answer, "namespaces");
      if (!listing.unread.empty()) {  // Then nobody knows whose a name is now.
        search->on_found({.objects = {}, .going = {}, .unread = {listing.unread}});
        return;
      }
      search->namespaces = std::move(listing.items);
      find_tied(search, Ties(search->namespaces, search->traces));
    });
  }

  void remove(std::shared_ptr<Work> work) {
    if (work->objects.empty()) {
      timers_.after(std::chrono::milliseconds(0), [work = std::move(work)] { work->on_removed({}); });
      return;
    }
    while (work->next < std::min(work->objects.size(), kRemovalsAtOnce)) {
      remove_next(work);
    }
  }

 private:
  void find_tied(const std::shared_ptr<Search>& search, const Ties& ties) {
    if (ties.namespaces.empty()) {
      search->on_found({});
      return;
    }
    search->unanswered = tied_kinds().size();
    search->listings.resize(search->unanswered);
    for (std::size_t i = 0; i < tied_kinds().size(); ++i) {
      const TiedKind& kind = tied_kinds()[i];
      asker_.ask({"get", "--raw", kind.collection}, [search, ties, &kind, i](const ClusterAnswer& answer) {
        search->listings[i] = listing_of(answer, fmt::format("{}s", kind.kind));
        if (--search->unanswered == 0) {
          search->on_found(result_of(*search, ties));
        }
      });
    }
  }

  void remove_next(const std::shared_ptr<Work>& work) {
    const Remnant& object = work->objects.at(work->next++);
    ++work->unanswered;
    asker_.send("delete", object.path, object.body, [this, work, &object](const ClusterAnswer& answer) {
      if (answer.ok() || answer.objection == Objection::not_found) {
        work->removal.done.push_back("removed " + object.what);
      } else {
        work->removal.failed.push_back(fmt::format("cannot remove {}: {}", object.what, answer.failure));
      }
      if (work->next < work->objects.size()) {
        remove_next(work);
      }
      if (--work->unanswered == 0) {
        work->on_removed(work->removal);
      }
    });
  }

  Timers timers_;
  ClusterAsker asker_;
};

RemainsRemover::RemainsRemover(const ClusterAccess& access, std::chrono::milliseconds answer)
    : impl_(std::make_unique<Impl>(access, answer)) {}

RemainsRemover::~RemainsRemover() = default;

void RemainsRemover::find(const E2eTraces& traces, std::function<void(const Remains&)> on_found) {
  impl_->find(std::make_shared<Search>(Search{traces, std::move(on_found), {}, {}, 0}));
}

void RemainsRemover::remove(std::vector<Remnant> objects, std::function<void(const Removal&)> on_removed) {
  impl_->remove(std::make_shared<Work>(Work{std::move(objects), std::move(on_removed), 0, 0, {}}));
}

}  // namespace opready::cluster
