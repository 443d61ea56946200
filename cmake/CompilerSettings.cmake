# SPDX-License-Identifier: Apache-2.0
# Settings of our own targets: the language, the warnings, and nothing that a parent project would notice.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 12)
  message(FATAL_ERROR "op-readiness needs GCC 12 or newer, or clang 16 or newer; this is ${CMAKE_CXX_COMPILER_VERSION}")
endif()

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "kind of build" FORCE)
endif()

add_library(opready_options INTERFACE)
target_compile_features(opready_options INTERFACE cxx_std_20)
target_include_directories(opready_options INTERFACE "${PROJECT_SOURCE_DIR}/include")

add_library(opready_warnings INTERFACE)
target_compile_options(
  opready_warnings
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            -Wshadow
            -Wconversion
            -Wsign-conversion
            -Wnon-virtual-dtor
            -Woverloaded-virtual
            -Wold-style-cast
            -Wimplicit-fallthrough
            -Wswitch-enum
            # Designated initialisers leave out members on purpose: those have defaults.
            -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(opready_warnings INTERFACE -Wduplicated-cond -Wlogical-op)
endif()
