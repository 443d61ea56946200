# SPDX-License-Identifier: Apache-2.0
# Targets `format`, `check-format` and `tidy`; the preset `tidy` configures for the last one, which compiles nothing.
find_program(CLANG_FORMAT NAMES clang-format-19)
if(CLANG_FORMAT)
  file(GLOB_RECURSE OPREADY_FORMATTED CONFIGURE_DEPENDS
       "${PROJECT_SOURCE_DIR}/include/*.hpp" "${PROJECT_SOURCE_DIR}/src/*.cpp" "${PROJECT_SOURCE_DIR}/src/*.hpp"
       "${PROJECT_SOURCE_DIR}/tests/*.cpp" "${PROJECT_SOURCE_DIR}/tests/*.hpp")
  add_custom_target(format COMMAND "${CLANG_FORMAT}" -i ${OPREADY_FORMATTED} VERBATIM)
  add_custom_target(check-format COMMAND "${CLANG_FORMAT}" --dry-run --Werror ${OPREADY_FORMATTED} VERBATIM)
endif()

find_program(RUN_CLANG_TIDY NAMES run-clang-tidy-19)
if(RUN_CLANG_TIDY)
  add_custom_target(
    tidy
    COMMAND "${RUN_CLANG_TIDY}" -quiet -p "${PROJECT_BINARY_DIR}" "${PROJECT_SOURCE_DIR}/src/.*"
    USES_TERMINAL VERBATIM)
endif()
