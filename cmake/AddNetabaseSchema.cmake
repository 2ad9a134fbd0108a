# add_netabase_schema(): turns annotated headers into a target to link to.
#
#   add_netabase_schema(<target>
#     HEADERS <header>...               schema headers, read by netabase-gen in one run
#     OUTPUT_DIR <folder>               the committed folder of NAME.netabase.hpp and NAME.capnp
#     [INCLUDE_DIRECTORIES <folder>...] where the schema headers find what they include
#     [COMPILE_DEFINITIONS <NAME[=value]>...]
#     [LINK_LIBRARIES <target>...])     targets whose headers and definitions the schema headers need
#
# Relative paths start at the current source folder. The last three reach both netabase-gen and whoever links to <target>.
#
#   target_link_libraries(app PRIVATE <target>)
#
# gives app the generated header as `#include "<last part of OUTPUT_DIR>/NAME.netabase.hpp"` and as
# `#include "NAME.netabase.hpp"`, the folders of the schema headers, netabase::runtime, and the options that keep the
# compiler quiet about attributes it does not know.
#
# With netabase-gen the files are made in the build tree, before anything that links to <target> is compiled, and are
# what app includes. The same command copies them to OUTPUT_DIR when they differ, so that they can be committed; a folder
# that cannot be written is no failure. OUTPUT_DIR's NAME.capnp is also read: it holds every ordinal ever given.
# Beside <target> there are
#   <target>_generate   makes the files
#   <target>_check      a target and a test: fails with a difference when the files in OUTPUT_DIR are stale
#
# Without netabase-gen the files in OUTPUT_DIR are used as they are; one that is missing is an error. That is so when
# there is no target netabase::gen, when it was built for another machine, and when NETABASE_GENERATE is off.
#
# Variables, read when the function is called:
#   NETABASE_GENERATE          (default ON) OFF: use the committed files even though netabase-gen is there
#   NETABASE_GEN_EXECUTABLE    path of the netabase-gen to run instead of netabase::gen; needed in a cross build, where
#                              it names one that runs on this machine
#   NETABASE_UPDATE_COMMITTED  (default ON) OFF: never write to OUTPUT_DIR; with it <target>_check has something to find
#                              in an automatic build

include_guard(GLOBAL)

include(${CMAKE_CURRENT_LIST_DIR}/NetabaseAttributeWarnings.cmake)

# Makes <target> and its companions; see the head of this file.
function(add_netabase_schema target)
  _netabase_schema_arguments()
  _netabase_schema_generator(generator generator_file reason)

  # Both ways of writing the include need one folder that holds nothing but the last part of OUTPUT_DIR. The folder is the
  # configuration's own where one build tree has several: definitions may differ between them.
  get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  set(work_dir ${CMAKE_CURRENT_BINARY_DIR}/netabase/${target})
  set(include_root ${work_dir}/include)
  if(multi_config AND generator)
    string(APPEND include_root /$<CONFIG>)
  endif()
  cmake_path(GET output_dir FILENAME output_name)
  set(generated_dir ${include_root}/${output_name})

  add_library(${target} INTERFACE)
  target_link_libraries(${target} INTERFACE netabase::runtime ${arg_LINK_LIBRARIES})
  target_compile_definitions(${target} INTERFACE ${arg_COMPILE_DEFINITIONS})
  target_include_directories(${target} INTERFACE
    $<BUILD_INTERFACE:${include_root}> $<BUILD_INTERFACE:${generated_dir}>)
  foreach(dir IN LISTS include_directories header_dirs)
    target_include_directories(${target} INTERFACE $<BUILD_INTERFACE:${dir}>)
  endforeach()
  netabase_attribute_warning_options(attribute_options)
  target_compile_options(${target} INTERFACE ${attribute_options})

  if(generator)
    _netabase_schema_generate()
  else()
    _netabase_schema_use_committed()
  endif()
endfunction()

# Parses and checks the arguments of add_netabase_schema(). Sets in the caller: headers, header_dirs, stems, output_dir,
# include_directories (all absolute), arg_COMPILE_DEFINITIONS, arg_LINK_LIBRARIES.
macro(_netabase_schema_arguments)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "OUTPUT_DIR" "HEADERS;INCLUDE_DIRECTORIES;COMPILE_DEFINITIONS;LINK_LIBRARIES")
  set(call "add_netabase_schema(${target})")
  if(DEFINED arg_UNPARSED_ARGUMENTS)
    list(JOIN arg_UNPARSED_ARGUMENTS " " unknown)
    message(FATAL_ERROR "${call}: cannot make sense of: ${unknown}\n"
      "It knows HEADERS, OUTPUT_DIR, INCLUDE_DIRECTORIES, COMPILE_DEFINITIONS and LINK_LIBRARIES.")
  endif()
  if(DEFINED arg_KEYWORDS_MISSING_VALUES)
    list(JOIN arg_KEYWORDS_MISSING_VALUES ", " unknown)
    message(FATAL_ERROR "${call}: nothing follows ${unknown}.")
  endif()
  if(NOT DEFINED arg_HEADERS)
    message(FATAL_ERROR "${call}: no HEADERS. Name the annotated headers: HEADERS schema/blog.hpp")
  endif()
  if(NOT DEFINED arg_OUTPUT_DIR)
    message(FATAL_ERROR "${call}: no OUTPUT_DIR. Name the folder the generated files are committed in: "
      "OUTPUT_DIR schema/generated")
  endif()
  if(TARGET ${target})
    message(FATAL_ERROR "${call}: there is already a target of that name.")
  endif()
  if(NOT TARGET netabase::runtime)
    message(FATAL_ERROR "${call}: there is no target netabase::runtime. Call find_package(netabase REQUIRED) first, in "
      "this folder or one above it.")
  endif()

  cmake_path(ABSOLUTE_PATH arg_OUTPUT_DIR BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE OUTPUT_VARIABLE output_dir)
  string(REGEX REPLACE "(.)/$" "\\1" output_dir ${output_dir})
  set(headers)
  set(header_dirs)
  set(stems)
  foreach(header IN LISTS arg_HEADERS)
    cmake_path(ABSOLUTE_PATH header BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
    if(NOT EXISTS ${header} OR IS_DIRECTORY ${header})
      message(FATAL_ERROR "${call}: there is no header ${header}")
    endif()
    cmake_path(GET header STEM LAST_ONLY stem)
    cmake_path(GET header PARENT_PATH header_dir)
    # Two headers of one name, here or in an earlier call, would write the same files.
    get_property(other GLOBAL PROPERTY "netabase output ${output_dir}/${stem}")
    if(other)
      message(FATAL_ERROR "${call}: ${other} and ${header} would both be generated as ${output_dir}/${stem}.netabase.hpp. "
        "Rename one of them, or give the second an OUTPUT_DIR of its own.")
    endif()
    set_property(GLOBAL PROPERTY "netabase output ${output_dir}/${stem}" ${header})
    list(APPEND headers ${header})
    list(APPEND stems ${stem})
    list(APPEND header_dirs ${header_dir})
  endforeach()
  list(REMOVE_DUPLICATES header_dirs)
  set(include_directories)
  foreach(dir IN LISTS arg_INCLUDE_DIRECTORIES)
    if(NOT dir MATCHES "^\\$<")
      cmake_path(ABSOLUTE_PATH dir BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
    endif()
    list(APPEND include_directories ${dir})
  endforeach()
endmacro()

# Which netabase-gen to run. `generator`: a command for COMMAND, empty for none; `generator_file`: what to put in DEPENDS;
# `reason`: why there is none, for people.
function(_netabase_schema_generator generator generator_file reason)
  set(command)
  set(file)
  set(why)
  if(DEFINED NETABASE_GENERATE AND NOT NETABASE_GENERATE)
    set(why "NETABASE_GENERATE is ${NETABASE_GENERATE}")
  elseif(NETABASE_GEN_EXECUTABLE)
    if(NOT EXISTS ${NETABASE_GEN_EXECUTABLE} OR IS_DIRECTORY ${NETABASE_GEN_EXECUTABLE})
      message(FATAL_ERROR "NETABASE_GEN_EXECUTABLE names ${NETABASE_GEN_EXECUTABLE}, which is not there. Give the full "
        "path of a netabase-gen that runs on this machine, or leave it unset.")
    endif()
    set(command ${NETABASE_GEN_EXECUTABLE})
    set(file ${NETABASE_GEN_EXECUTABLE})
  elseif(NOT TARGET netabase::gen)
    set(why "there is no netabase-gen")
  elseif(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
    set(why "netabase-gen was built for another machine and NETABASE_GEN_EXECUTABLE names none for this one")
  else()
    set(command netabase::gen)
    get_target_property(file netabase::gen ALIASED_TARGET)
    if(NOT file)
      set(file netabase::gen)
    endif()
  endif()
  set(${generator} "${command}" PARENT_SCOPE)
  set(${generator_file} "${file}" PARENT_SCOPE)
  set(${reason} "${why}" PARENT_SCOPE)
endfunction()

# The file of arguments that the schema headers are to be read with, one to a line: what those get who link to the target,
# and what the folder sets for all its targets. It changes only when they do, and then the headers are read again.
# Sets `arguments_file` in the caller.
function(_netabase_schema_arguments_file)
  get_directory_property(folder_includes INCLUDE_DIRECTORIES)
  get_directory_property(folder_definitions COMPILE_DEFINITIONS)
  set(includes "$<TARGET_PROPERTY:${target},INTERFACE_INCLUDE_DIRECTORIES>")
  set(definitions "$<TARGET_PROPERTY:${target},INTERFACE_COMPILE_DEFINITIONS>")
  if(folder_includes)
    set(includes "${includes};${folder_includes}")
  endif()
  if(folder_definitions)
    set(definitions "${definitions};${folder_definitions}")
  endif()
  set(includes "$<REMOVE_DUPLICATES:${includes}>")
  set(definitions "$<REMOVE_DUPLICATES:${definitions}>")

  # netabase-gen reads C++20 and nothing later.
  set(standard 20)
  if(CMAKE_CXX_STANDARD AND CMAKE_CXX_STANDARD LESS 20)
    set(standard ${CMAKE_CXX_STANDARD})
  endif()
  set(dialect gnu++)
  if(DEFINED CMAKE_CXX_EXTENSIONS AND NOT CMAKE_CXX_EXTENSIONS)
    set(dialect c++)
  endif()
  set(content "-std=${dialect}${standard}\n")
  if(CMAKE_CXX_COMPILER_TARGET)
    string(APPEND content "--target=${CMAKE_CXX_COMPILER_TARGET}\n")
  endif()
  if(CMAKE_SYSROOT)
    string(APPEND content "--sysroot=${CMAKE_SYSROOT}\n")
  endif()
  separate_arguments(flags NATIVE_COMMAND "${CMAKE_CXX_FLAGS}")
  list(FILTER flags INCLUDE REGEX "^(-[DUI].+|-stdlib=.+)$")
  foreach(flag IN LISTS flags)
    string(APPEND content "${flag}\n")
  endforeach()
  string(APPEND content "$<$<BOOL:${includes}>:-I$<JOIN:${includes},\n-I>\n>")
  string(APPEND content "$<$<BOOL:${definitions}>:-D$<JOIN:${definitions},\n-D>\n>")

  # One file for each language of the project, because an expression may ask for the language; ours is C++.
  set(name ${work_dir}/arguments)
  if(multi_config)
    string(APPEND name .$<CONFIG>)
  endif()
  file(GENERATE OUTPUT "${name}.$<COMPILE_LANGUAGE>.txt" CONTENT "${content}" TARGET ${target})
  set(arguments_file ${name}.CXX.txt PARENT_SCOPE)
endfunction()

# The command that makes the files, and the check. One run for all headers of the target: most of the time of a run goes
# into the standard headers they share.
function(_netabase_schema_generate)
  _netabase_schema_arguments_file()
  set(stamp ${work_dir}/stamp)
  if(multi_config)
    string(APPEND stamp .$<CONFIG>)
  endif()
  set(generated)
  foreach(stem IN LISTS stems)
    list(APPEND generated ${generated_dir}/${stem}.netabase.hpp ${generated_dir}/${stem}.capnp)
  endforeach()
  set(copy --copy-to ${output_dir})
  if(DEFINED NETABASE_UPDATE_COMMITTED AND NOT NETABASE_UPDATE_COMMITTED)
    set(copy)
  endif()

  # The generated files are by-products: netabase-gen leaves one alone that would not change, and then nothing that
  # includes it is compiled again. The committed files are no outputs, or `clean` would delete them. The committed .capnp
  # and every included header are inputs through the depfile, so that a deleted one is made anew, not a broken build. The
  # depfile has one rule, for the stamp: its target is the depfile's own name without the `.d`.
  cmake_path(RELATIVE_PATH output_dir BASE_DIRECTORY ${CMAKE_SOURCE_DIR} OUTPUT_VARIABLE shown_dir)
  add_custom_command(
    OUTPUT ${stamp}
    BYPRODUCTS ${generated}
    COMMAND ${generator} ${headers} -o ${generated_dir} --lock ${output_dir} ${copy} --depfile ${stamp}.d @${arguments_file}
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${headers} ${arguments_file} ${generator_file}
    DEPFILE ${stamp}.d
    COMMENT "Generating ${target} (committed in ${shown_dir})"
    VERBATIM)
  add_custom_target(${target}_generate DEPENDS ${stamp})
  add_dependencies(${target} ${target}_generate)

  set(check ${generator} ${headers} -o ${output_dir} --lock ${output_dir} --check @${arguments_file})
  add_custom_target(${target}_check COMMAND ${check} COMMENT "Checking ${shown_dir}" VERBATIM)
  add_test(NAME ${target}_check COMMAND ${check})
endfunction()

# Makes the target include the committed files. The build tree gets a header that includes the committed one, so that
# both ways of writing the include work here too without putting anything else of the source tree on the path.
function(_netabase_schema_use_committed)
  set(missing)
  foreach(stem IN LISTS stems)
    if(EXISTS ${output_dir}/${stem}.netabase.hpp)
      file(CONFIGURE OUTPUT ${generated_dir}/${stem}.netabase.hpp @ONLY
        CONTENT "// The committed file, used because @reason@.\n#include \"@output_dir@/@stem@.netabase.hpp\"\n")
    else()
      string(APPEND missing "\n  ${output_dir}/${stem}.netabase.hpp")
    endif()
  endforeach()
  if(missing)
    list(JOIN headers " " header_list)
    message(FATAL_ERROR "${call}: ${reason}, so the committed files are used, but there is no${missing}\n"
      "Make them once with netabase-gen and commit them:\n"
      "  netabase-gen ${header_list} -o ${output_dir}\n"
      "or let the build make them: install netabase with netabase-gen (on Debian it needs libclang-dev, libcapnp-dev, "
      "capnproto and libcli11-dev), or name one with -DNETABASE_GEN_EXECUTABLE=PATH.")
  endif()
  message(STATUS "netabase: ${target} uses the committed files in ${output_dir}: ${reason}")
endfunction()
