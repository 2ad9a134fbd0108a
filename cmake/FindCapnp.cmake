# Finds Cap'n Proto 0.9.2 or newer: the libraries of its schema parser, and its compiler. (The package config that it
# installs asks for OpenSSL, libatomic and a C compiler, which the parser does not need.)
#
# Result: the imported targets Capnp::capnp and Capnp::capnpc, the variables Capnp_EXECUTABLE and Capnp_CXX_EXECUTABLE, and
#   capnp_compile(<variable> <file.capnp> <import root> <output folder>)
# which compiles one schema to C++ as a build step and sets <variable> to the sources; the header is
# <output folder>/<file.capnp relative to the import root>.h
find_path(Capnp_INCLUDE_DIR capnp/schema-parser.h)
find_library(Capnp_kj_LIBRARY kj)
find_library(Capnp_capnp_LIBRARY capnp)
find_library(Capnp_capnpc_LIBRARY capnpc)
find_program(Capnp_EXECUTABLE capnp)
find_program(Capnp_CXX_EXECUTABLE capnpc-c++)

if(Capnp_INCLUDE_DIR)
  file(STRINGS ${Capnp_INCLUDE_DIR}/capnp/common.h _capnp_version REGEX "#define CAPNP_VERSION_(MAJOR|MINOR|MICRO) ")
  string(REGEX REPLACE "[^0-9]*([0-9]+)[^0-9]*" "\\1;" _capnp_version "${_capnp_version}")
  string(REGEX REPLACE "^([0-9]+);+([0-9]+);+([0-9]+).*" "\\1.\\2.\\3" Capnp_VERSION "${_capnp_version}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Capnp
  REQUIRED_VARS Capnp_capnpc_LIBRARY Capnp_capnp_LIBRARY Capnp_kj_LIBRARY Capnp_INCLUDE_DIR Capnp_EXECUTABLE
                Capnp_CXX_EXECUTABLE
  VERSION_VAR Capnp_VERSION
  REASON_FAILURE_MESSAGE
    "netabase-gen lays records out with Cap'n Proto's parser. On Debian and Ubuntu: apt-get install libcapnp-dev capnproto. To build only the runtime: -DNETABASE_BUILD_COMPILER=OFF")
mark_as_advanced(Capnp_INCLUDE_DIR Capnp_kj_LIBRARY Capnp_capnp_LIBRARY Capnp_capnpc_LIBRARY Capnp_EXECUTABLE
                 Capnp_CXX_EXECUTABLE)

if(Capnp_FOUND AND NOT TARGET Capnp::capnpc)
  find_package(Threads REQUIRED)
  foreach(_name IN ITEMS kj capnp capnpc)
    add_library(Capnp::${_name} UNKNOWN IMPORTED)
    set_target_properties(Capnp::${_name} PROPERTIES
      IMPORTED_LOCATION ${Capnp_${_name}_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${Capnp_INCLUDE_DIR})
  endforeach()
  set_property(TARGET Capnp::kj PROPERTY INTERFACE_LINK_LIBRARIES Threads::Threads)
  set_property(TARGET Capnp::capnp PROPERTY INTERFACE_LINK_LIBRARIES Capnp::kj)
  set_property(TARGET Capnp::capnpc PROPERTY INTERFACE_LINK_LIBRARIES Capnp::capnp)
endif()

function(capnp_compile variable file import_root output_dir)
  cmake_path(ABSOLUTE_PATH file)
  cmake_path(ABSOLUTE_PATH import_root NORMALIZE)
  cmake_path(RELATIVE_PATH file BASE_DIRECTORY ${import_root} OUTPUT_VARIABLE relative)
  set(base ${output_dir}/${relative})
  file(MAKE_DIRECTORY ${output_dir})
  add_custom_command(
    OUTPUT ${base}.c++ ${base}.h
    COMMAND ${Capnp_EXECUTABLE} compile -o${Capnp_CXX_EXECUTABLE}:${output_dir} --src-prefix=${import_root}
            -I${Capnp_INCLUDE_DIR} ${file}
    DEPENDS ${file}
    COMMENT "Compiling ${relative}"
    VERBATIM)
  set(${variable} ${base}.c++ ${base}.h PARENT_SCOPE)
endfunction()
