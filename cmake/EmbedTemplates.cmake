# netabase_embed_templates(<target> <folder>): builds every *.in file of the folder into the target, as
# netabase::compiler::codegen::embedded_templates(). A changed template is embedded again by the next build.
#
# As a script (cmake -P) it writes the C++ file: -DOUTPUT=FILE -DTEMPLATES=FILE;FILE...

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  set(entries)
  foreach(path IN LISTS TEMPLATES)
    cmake_path(GET path FILENAME name)
    file(READ ${path} text)
    string(FIND "${text}" ")netabase\"" clash)
    if(NOT clash EQUAL -1)
      message(FATAL_ERROR "${path} has )netabase\" in it, which ends the raw string it is embedded as")
    endif()
    string(APPEND entries "      {\"${name}\", R\"netabase(${text})netabase\"},\n")
  endforeach()
  file(WRITE ${OUTPUT}
    "// The files of templates/, as they were when this was built.\n"
    "#include \"compiler/codegen/printer.hpp\"\n\n"
    "namespace netabase::compiler::codegen {\n\n"
    "const std::vector<EmbeddedTemplate>& embedded_templates() {\n"
    "  static const std::vector<EmbeddedTemplate> templates = {\n${entries}  };\n"
    "  return templates;\n"
    "}\n\n"
    "}  // namespace netabase::compiler::codegen\n")
  return()
endif()

set(_netabase_embed_script ${CMAKE_CURRENT_LIST_FILE})

function(netabase_embed_templates target folder)
  file(GLOB templates CONFIGURE_DEPENDS ${folder}/*.in)
  list(SORT templates)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${target}_templates.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} "-DTEMPLATES=${templates}" -P ${_netabase_embed_script}
    DEPENDS ${templates} ${_netabase_embed_script}
    COMMENT "Embedding the templates"
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
