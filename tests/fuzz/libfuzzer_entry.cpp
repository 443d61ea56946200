// SPDX-License-Identifier: Apache-2.0
// Where libFuzzer calls the target that OPREADY_FUZZ_TARGET names.
#include <cstddef>
#include <cstdint>

#include "target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  opready::fuzz::OPREADY_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  return 0;
}
