// SPDX-License-Identifier: Apache-2.0
// The command line of an earlier run as the beginning of another's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace opready::cli {

/// The command line that `recorded`, that of an earlier run of `run`, and `given` make together: `given` comes later,
/// and so wins where an option takes one value, and where it says which categories or cases, whose, or whether images
/// are pulled first; what follows "--" is joined alike. Where the earlier run's reports went, and which one it took up
/// itself, is left out. Throws a usage Error where `recorded` holds a masked value that
/// `given` doesn't say again.
[[nodiscard]] std::vector<std::string> completed_arguments(const std::vector<std::string>& recorded,
                                                           const std::vector<std::string>& given);

/// Whether `option`, such as "--rerun-failed", stands among `arguments`, with a value or without, before any "--".
[[nodiscard]] bool holds_option(const std::vector<std::string>& arguments, std::string_view option);

}  // namespace opready::cli
