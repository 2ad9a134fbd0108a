# Finds libclang's C API, version 14 or newer, where Debian and LLVM's own packages put it.
#
# Result: the imported target LibClang::LibClang, and the cache variables
#   LibClang_INCLUDE_DIR   the folder that has clang-c/Index.h
#   LibClang_LIBRARY       the library
#   LibClang_RESOURCE_DIR  Clang's own headers (stddef.h and kin), which libclang must be told of
# Set LIBCLANG_ROOT to choose one of several installations.

# The highest version first.
file(GLOB _libclang_roots LIST_DIRECTORIES true /usr/lib/llvm-* /usr/local/lib/llvm-* /usr/local/llvm-*
     /opt/homebrew/opt/llvm /usr/local/opt/llvm)
list(SORT _libclang_roots COMPARE NATURAL ORDER DESCENDING)
set(_libclang_usable)
foreach(_root IN LISTS LIBCLANG_ROOT _libclang_roots)
  if(EXISTS ${_root}/include/clang-c/Index.h)
    list(APPEND _libclang_usable ${_root})
  endif()
endforeach()

find_path(LibClang_INCLUDE_DIR clang-c/Index.h HINTS ${_libclang_usable} PATH_SUFFIXES include)

if(LibClang_INCLUDE_DIR)
  get_filename_component(_libclang_root ${LibClang_INCLUDE_DIR} DIRECTORY)
  # The library of the same installation as the header: mixing versions would link and then misbehave.
  find_library(LibClang_LIBRARY NAMES clang libclang HINTS ${_libclang_root} PATH_SUFFIXES lib lib64 NO_DEFAULT_PATH)
  find_library(LibClang_LIBRARY NAMES clang libclang)

  if(NOT LibClang_RESOURCE_DIR)
    # The header says nothing of the release, so the folder name does: lib/clang/14.0.6 or lib/clang/19.
    set(_libclang_resources)
    foreach(_lib IN ITEMS lib lib64)
      file(GLOB _found LIST_DIRECTORIES true ${_libclang_root}/${_lib}/clang/*)
      list(APPEND _libclang_resources ${_found})
    endforeach()
    list(SORT _libclang_resources COMPARE NATURAL ORDER DESCENDING)
    foreach(_dir IN LISTS _libclang_resources)
      if(EXISTS ${_dir}/include/stddef.h)
        set(LibClang_RESOURCE_DIR ${_dir} CACHE PATH "Clang's resource directory: its own stddef.h and kin")
        break()
      endif()
    endforeach()
  endif()

  if(LibClang_RESOURCE_DIR)
    get_filename_component(LibClang_VERSION ${LibClang_RESOURCE_DIR} NAME)
  endif()
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibClang
  REQUIRED_VARS LibClang_LIBRARY LibClang_INCLUDE_DIR LibClang_RESOURCE_DIR
  VERSION_VAR LibClang_VERSION
  REASON_FAILURE_MESSAGE
    "netabase-gen reads C++ through libclang 14 or newer. On Debian and Ubuntu: apt-get install libclang-dev. Elsewhere name an LLVM installation with -DLIBCLANG_ROOT=DIR. To build only the runtime: -DNETABASE_BUILD_COMPILER=OFF")
mark_as_advanced(LibClang_INCLUDE_DIR LibClang_LIBRARY)

if(LibClang_FOUND AND NOT TARGET LibClang::LibClang)
  add_library(LibClang::LibClang UNKNOWN IMPORTED)
  set_target_properties(LibClang::LibClang PROPERTIES
    IMPORTED_LOCATION ${LibClang_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${LibClang_INCLUDE_DIR})
endif()
