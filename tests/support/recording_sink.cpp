// SPDX-License-Identifier: Apache-2.0
// An event sink that remembers.
#include "opready/testing/recording_sink.hpp"

#include <algorithm>

namespace opready::testing {

void RecordingSink::on_output(const model::OutputLine& line) {
  const std::string prefix = std::string(line.case_id) + ": ";
  if (!line.first_piece) {
    // Lines of other cases may have come in between.
    const auto begun = std::find_if(lines_.rbegin(), lines_.rend(),
                                    [&prefix](const std::string& earlier) { return earlier.starts_with(prefix); });
    if (begun != lines_.rend()) {
      *begun += line.text;
      return;
    }
  }
  lines_.push_back(prefix + std::string(line.text));
}

}  // namespace opready::testing
