# SPDX-License-Identifier: Apache-2.0
# The commit that --version names: taken at configure time, "unknown" outside a git checkout.
set(OPREADY_COMMIT "unknown")
find_package(Git QUIET)
if(Git_FOUND)
  execute_process(
    COMMAND "${GIT_EXECUTABLE}" rev-parse --short=12 HEAD
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    OUTPUT_VARIABLE commit
    OUTPUT_STRIP_TRAILING_WHITESPACE
    ERROR_QUIET
    RESULT_VARIABLE result)
  if(result EQUAL 0)
    set(OPREADY_COMMIT "${commit}")
  endif()
endif()
