// SPDX-License-Identifier: Apache-2.0
// The whole program behind `int main`.
#pragma once

namespace opready::cli {

/// Parses the command line, runs the subcommand, prints the one error message there may be. Returns the exit status.
[[nodiscard]] int main(int argc, char** argv);

}  // namespace opready::cli
