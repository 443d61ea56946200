# SPDX-License-Identifier: Apache-2.0
# Finds every third-party library among the installed packages; nothing is downloaded.
set(CMAKE_THREAD_PREFER_PTHREAD ON)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(pugixml REQUIRED)
find_package(RE2 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(zstd REQUIRED)

# yaml-cpp 0.7 exports `yaml-cpp`, later releases `yaml-cpp::yaml-cpp`.
if(NOT TARGET yaml-cpp::yaml-cpp)
  add_library(yaml-cpp::yaml-cpp ALIAS yaml-cpp)
endif()

# Debian's zstd exports a shared and a static library, later releases one name for whichever there is.
if(NOT TARGET zstd::libzstd)
  add_library(zstd::libzstd ALIAS zstd::libzstd_shared)
endif()

# Asio without the Boost libraries it no longer needs, and without inline implementation of unused SSL.
add_library(opready_asio INTERFACE)
target_link_libraries(opready_asio INTERFACE Boost::headers Threads::Threads)
target_compile_definitions(opready_asio INTERFACE BOOST_ASIO_NO_DEPRECATED BOOST_ERROR_CODE_HEADER_ONLY)

function(print_dependency_summary)
  message(STATUS "op-readiness ${PROJECT_VERSION} (${CMAKE_BUILD_TYPE}, ${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION})")
  foreach(name IN ITEMS Boost fmt spdlog yaml-cpp pugixml RE2 CLI11 nlohmann_json zstd)
    message(STATUS "  ${name} ${${name}_VERSION} (${${name}_DIR})")
  endforeach()
endfunction()
