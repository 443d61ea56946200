# SPDX-License-Identifier: Apache-2.0
# opready_embed_page_assets(<output.cpp> STYLE file SCRIPT file) writes a C++ source that defines
# opready::report::page_style() and page_script() with the files' texts and SHA-256 digests. The same script, run by
# `cmake -P`, writes the source.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(OPREADY_EMBED_PAGE_ASSETS_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")

  function(opready_embed_page_assets output)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "STYLE;SCRIPT" "")
    add_custom_command(
      OUTPUT "${output}"
      COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${output}" "-DSTYLE=${arg_STYLE}" "-DSCRIPT=${arg_SCRIPT}" -P
              "${OPREADY_EMBED_PAGE_ASSETS_SCRIPT}"
      DEPENDS "${arg_STYLE}" "${arg_SCRIPT}" "${OPREADY_EMBED_PAGE_ASSETS_SCRIPT}"
      COMMENT "Embedding the style sheet and script of HTML pages"
      VERBATIM)
  endfunction()
  return()
endif()

# CMake knows digests in hexadecimal; policies want base64. Six digits make four characters, and of 64 four are left.
function(base64_of_hex hex result)
  set(alphabet "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  set(text "")
  foreach(start RANGE 0 60 6)
    string(SUBSTRING "${hex}00" ${start} 6 digits)
    foreach(shift IN ITEMS 18 12 6 0)
      math(EXPR index "(0x${digits} >> ${shift}) & 63")
      string(SUBSTRING "${alphabet}" ${index} 1 character)
      string(APPEND text "${character}")
    endforeach()
  endforeach()
  string(REGEX REPLACE ".$" "=" text "${text}")
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

set(functions "")
foreach(kind IN ITEMS STYLE SCRIPT)
  file(READ "${${kind}}" text)
  file(SHA256 "${${kind}}" hex)
  base64_of_hex("${hex}" digest)
  string(TOLOWER "${kind}" name)
  string(APPEND functions "PageAsset page_${name}() { return {R\"opready(${text})opready\", \"${digest}\"}; }\n")
endforeach()
file(WRITE "${OUTPUT}" "// Generated from src/report/html/ by cmake/EmbedPageAssets.cmake.
#include \"html/page_assets.hpp\"

namespace opready::report {

${functions}
}  // namespace opready::report
")
