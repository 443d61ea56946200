// SPDX-License-Identifier: Apache-2.0
// `list` and `run --dry-run`: the plan, without starting it.

#include "opready/base/exit_code.hpp"
#include "opready/report/listing_json.hpp"
#include "opready/report/listing_text.hpp"

#include "commands.hpp"
#include "preparation.hpp"
#include "scratch_directory.hpp"
#include "sharding.hpp"
#include "standard_output.hpp"

namespace opready::cli {
namespace {

std::string listing(const Prepared& prepared, const ListOptions& options) {
  switch (options.format) {
    case ListFormat::text:
      return drawn_for_people(options.selection.colour, [&](const report::Terminal& terminal) {
        return report::listing_text(prepared.plan, prepared.cluster, terminal);
      });
    case ListFormat::json:
      return report::listing_json(prepared.plan, prepared.cluster);
  }
  return "";
}

}  // namespace

int perform(const ListOptions& options) {
  const ScratchDirectory scratch;
  Prepared prepared = prepare(options.selection, Purpose::listing);
  const model::Plan whole = prepared.plan;
  static_cast<void>(take_part(prepared.plan, options.selection));
  answer(listing(prepared, options));
  demand_something_to_run(whole, options.selection.strict);
  return static_cast<int>(base::ExitCode::ok);
}

}  // namespace opready::cli
