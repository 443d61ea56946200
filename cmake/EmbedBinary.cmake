# SPDX-License-Identifier: Apache-2.0
# opready_embed_catalogues(<output.cpp> FILES file...) writes a C++ source that defines
# opready::specs::embedded_catalogues() with the files' bytes, named by the files' stems, in that order. The assembler
# takes the bytes in: as C++ literals they would take the compiler seconds.
function(opready_embed_catalogues output)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "FILES")
  set(bytes "")
  set(declarations "")
  set(entries "")
  set(number 0)
  foreach(file IN LISTS arg_FILES)
    get_filename_component(name "${file}" NAME)
    string(REGEX REPLACE "\\.zst$" "" name "${name}")
    set(symbol "opready_catalogue_${number}")
    string(APPEND bytes "    \".global ${symbol}, ${symbol}_end\\n${symbol}: .incbin \\\"${file}\\\"\\n${symbol}_end:\\n\"\n")
    string(APPEND declarations "extern const char ${symbol}[];\nextern const char ${symbol}_end[];\n")
    string(APPEND entries "      EmbeddedCatalogue{\"${name}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
    math(EXPR number "${number} + 1")
  endforeach()
  file(CONFIGURE OUTPUT "${output}" @ONLY NEWLINE_STYLE UNIX CONTENT
"// Generated from specs/catalogues/ by cmake/EmbedBinary.cmake.
#include <array>
#include <cstddef>

#include \"opready/specs/embedded.hpp\"

asm(\".pushsection .rodata\\n\"
@bytes@    \".popsection\\n\");

extern \"C\" {
@declarations@}

namespace opready::specs {

std::span<const EmbeddedCatalogue> embedded_catalogues() {
  static const std::array catalogues = {
@entries@  };
  return catalogues;
}

}  // namespace opready::specs
")
  set_source_files_properties("${output}" PROPERTIES OBJECT_DEPENDS "${arg_FILES}")
endfunction()
