# SPDX-License-Identifier: Apache-2.0
# Turns files into a C++ source that holds them: opready_embed_files(<output.cpp> FILES file...) defines
# opready::specs::embedded_files() with the files in that order. The same script, run by `cmake -P`, writes the source.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(OPREADY_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")

  function(opready_embed_files output)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "FILES")
    add_custom_command(
      OUTPUT "${output}"
      COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${output}" "-DFILES=${arg_FILES}" -P "${OPREADY_EMBED_SCRIPT}"
      DEPENDS ${arg_FILES} "${OPREADY_EMBED_SCRIPT}"
      COMMENT "Embedding category files"
      VERBATIM)
  endfunction()
  return()
endif()

set(entries "")
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" text)
  string(APPEND entries "    {\"${name}\", R\"opready(${text})opready\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Generated from specs/ by cmake/EmbedFiles.cmake.
#include \"opready/specs/embedded.hpp\"

namespace opready::specs {

namespace {

constexpr EmbeddedFile kFiles[] = {
${entries}};

}  // namespace

std::span<const EmbeddedFile> embedded_files() { return kFiles; }

}  // namespace opready::specs
")
