# SPDX-License-Identifier: Apache-2.0
# One static library a module, so that a module can use only what it names, and one test binary a module.

# opready_module(<name> SOURCES file... [USES module...] [LIBRARIES target...])
#   USES are other modules of ours, visible to who uses this one; LIBRARIES are third-party and stay private,
#   since no header of ours shows them.
function(opready_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;USES;LIBRARIES")
  add_library(opready_${name} STATIC ${arg_SOURCES})
  list(TRANSFORM arg_USES PREPEND opready_)
  target_link_libraries(
    opready_${name}
    PUBLIC opready_options ${arg_USES}
    PRIVATE opready_warnings ${arg_LIBRARIES})
endfunction()

# opready_unit_test(<module> SOURCES file... [USES module...] [LIBRARIES target...])
function(opready_unit_test module)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;USES;LIBRARIES")
  list(TRANSFORM arg_USES PREPEND opready_)
  add_executable(${module}_test ${arg_SOURCES})
  target_link_libraries(
    ${module}_test
    PRIVATE opready_${module} opready_test_support opready_warnings ${arg_USES} ${arg_LIBRARIES} GTest::gtest_main)
  gtest_discover_tests(
    ${module}_test
    TEST_PREFIX "${module}."
    DISCOVERY_MODE PRE_TEST
    PROPERTIES LABELS unit TIMEOUT 60)
endfunction()
