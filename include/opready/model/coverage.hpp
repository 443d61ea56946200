// SPDX-License-Identifier: Apache-2.0
// How far upstream's specs prove the items of KEP-2578, release by release.
#pragma once

#include <string>
#include <vector>

#include "opready/model/kep.hpp"
#include "opready/model/spec.hpp"
#include "opready/model/test_case.hpp"

namespace opready::model {

/// What a case is worth for its item in releases in which it's the same: as much proof, the same specs.
struct Proof {
  TestCase test;
  Proves level = Proves::none;        ///< How much it proves there: less than it declares where it selects nothing.
  std::string missing;                ///< What it leaves out, or why it proves nothing; empty for `all`.
  std::vector<Spec> specs;            ///< As in the newest of `releases`; empty where it proves nothing there.
  std::vector<std::string> releases;  ///< "1.36"
};

struct ItemCoverage {
  KepItem item;
  std::vector<Proves> levels;  ///< What is proved in each release of the coverage: the best that a case does.
  std::vector<Proof> proofs;   ///< Case by case; a case that differs between releases has several, oldest first.
};

struct Coverage {
  std::vector<std::string> releases;  ///< "1.34", "1.36": from the oldest to the newest, never empty.
  std::vector<std::string> notes;     ///< What the reader should know of how it came about, in sentences.
  std::vector<ItemCoverage> items;    ///< Every item of the KEP, in its order.
};

}  // namespace opready::model
