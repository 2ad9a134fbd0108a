# What the options of the top-level CMakeLists.txt mean.

include_guard(GLOBAL)

# netabase_sanitize(): turns on the sanitizers of NETABASE_SANITIZE for every target made after it. A finding ends the
# program, so that a test fails.
function(netabase_sanitize)
  if(NETABASE_SANITIZE)
    list(JOIN NETABASE_SANITIZE "," sanitizers)
    set_directory_properties(PROPERTIES COMPILE_OPTIONS
      "-fsanitize=${sanitizers};-fno-sanitize-recover=all;-fno-omit-frame-pointer")
    set_directory_properties(PROPERTIES LINK_OPTIONS "-fsanitize=${sanitizers}")
  endif()
endfunction()

# netabase_resolve_checked(): makes NETABASE_CHECKED in the caller what netabase::runtime and all that link to it are to be
# compiled with. It is one value for a program, because types differ in size with it: fixed here for a build tree of one
# configuration, and by configuration where the tree has several.
function(netabase_resolve_checked)
  if(NOT NETABASE_CHECKED STREQUAL "AUTO")
    return()
  endif()
  set(release_types Release RelWithDebInfo MinSizeRel)
  get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(multi_config)
    list(JOIN release_types "," release_types)
    set(NETABASE_CHECKED $<NOT:$<CONFIG:${release_types}>> PARENT_SCOPE)
    # A program of another configuration could link to an installed library: what is installed has one value.
    if(NETABASE_INSTALL)
      install(CODE "message(FATAL_ERROR \"An installed netabase is checked or it is not, in every configuration: configure \"
        \"it with -DNETABASE_CHECKED=ON or -DNETABASE_CHECKED=OFF before it is installed from a build tree of several.\")")
    endif()
  elseif(CMAKE_BUILD_TYPE IN_LIST release_types)
    set(NETABASE_CHECKED OFF PARENT_SCOPE)
  else()
    set(NETABASE_CHECKED ON PARENT_SCOPE)
  endif()
endfunction()

# netabase_find_missing(<variable> <what>...): the Debian packages of those that are not here; LibClang, Capnp, CLI11.
macro(netabase_find_missing variable)
  set(${variable})
  foreach(_what IN ITEMS ${ARGN})
    if(_what STREQUAL "LibClang")
      find_package(LibClang 14 QUIET)
      set(_packages libclang-dev)
    elseif(_what STREQUAL "Capnp")
      find_package(Capnp 0.9.2 QUIET)
      set(_packages capnproto libcapnp-dev)
    else()
      find_package(CLI11 CONFIG QUIET)
      set(_packages libcli11-dev)
    endif()
    if(NOT ${_what}_FOUND)
      list(APPEND ${variable} ${_packages})
    endif()
  endforeach()
endmacro()

# netabase_resolve_build_compiler(): makes NETABASE_BUILD_COMPILER ON or OFF in the caller when it is AUTO, and says so
# when netabase-gen is left out. When it is ON, what is missing is an error, here, with the name of the package.
function(netabase_resolve_build_compiler)
  if(NOT NETABASE_BUILD_COMPILER)
    return()
  endif()
  netabase_find_missing(missing LibClang Capnp CLI11)
  if(NOT missing)
    set(NETABASE_BUILD_COMPILER ON PARENT_SCOPE)
    return()
  endif()
  list(JOIN missing " " missing)
  if(NETABASE_BUILD_COMPILER STREQUAL "AUTO")
    message(STATUS "netabase: netabase-gen is not built, because this is missing: ${missing} (Debian packages). "
      "add_netabase_schema() will use the committed files.")
    set(NETABASE_BUILD_COMPILER OFF PARENT_SCOPE)
  else()
    message(FATAL_ERROR "netabase-gen needs what is not here. On Debian:\n  apt-get install ${missing}\n"
      "To build the runtime alone: -DNETABASE_BUILD_COMPILER=OFF -DNETABASE_BUILD_TOOLS=OFF")
  endif()
endfunction()

# netabase_resolve_build_tools(): the same for NETABASE_BUILD_TOOLS and the command netabase.
function(netabase_resolve_build_tools)
  if(NOT NETABASE_BUILD_TOOLS)
    return()
  endif()
  netabase_find_missing(missing Capnp CLI11)
  if(NOT missing)
    set(NETABASE_BUILD_TOOLS ON PARENT_SCOPE)
    return()
  endif()
  list(JOIN missing " " missing)
  if(NETABASE_BUILD_TOOLS STREQUAL "AUTO")
    message(STATUS "netabase: the command netabase is not built, because this is missing: ${missing} (Debian packages).")
    set(NETABASE_BUILD_TOOLS OFF PARENT_SCOPE)
  else()
    message(FATAL_ERROR "The command netabase needs what is not here. On Debian:\n  apt-get install ${missing}\n"
      "To leave it out: -DNETABASE_BUILD_TOOLS=OFF")
  endif()
endfunction()
