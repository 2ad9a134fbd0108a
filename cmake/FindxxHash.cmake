# Finds xxHash 0.8 or newer: its C header and library.
#
# Result: the imported target xxHash::xxHash, and xxHash_VERSION.

find_path(xxHash_INCLUDE_DIR xxhash.h)
find_library(xxHash_LIBRARY NAMES xxhash)

if(xxHash_INCLUDE_DIR)
  # The version stands in the header as three numbers of their own.
  set(_xxhash_parts)
  foreach(_part IN ITEMS MAJOR MINOR RELEASE)
    file(STRINGS ${xxHash_INCLUDE_DIR}/xxhash.h _line REGEX "^#[ \t]*define[ \t]+XXH_VERSION_${_part}[ \t]+[0-9]+")
    string(REGEX REPLACE ".*[ \t]([0-9]+).*" "\\1" _number "${_line}")
    list(APPEND _xxhash_parts "${_number}")
  endforeach()
  list(JOIN _xxhash_parts "." xxHash_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(xxHash
  REQUIRED_VARS xxHash_LIBRARY xxHash_INCLUDE_DIR
  VERSION_VAR xxHash_VERSION
  REASON_FAILURE_MESSAGE "netabase checks records and shortens long keys with xxHash 0.8 or newer. On Debian and Ubuntu: apt-get install libxxhash-dev")
mark_as_advanced(xxHash_INCLUDE_DIR xxHash_LIBRARY)

if(xxHash_FOUND AND NOT TARGET xxHash::xxHash)
  add_library(xxHash::xxHash UNKNOWN IMPORTED)
  set_target_properties(xxHash::xxHash PROPERTIES
    IMPORTED_LOCATION ${xxHash_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${xxHash_INCLUDE_DIR})
endif()
