// SPDX-License-Identifier: Apache-2.0
// The program: everything happens in the cli module.
#include "opready/cli/main.hpp"

int main(int argc, char** argv) {
  return opready::cli::main(argc, argv);
}
