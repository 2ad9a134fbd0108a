# Finds LMDB 0.9.24 or newer: its C header and library.
#
# Result: the imported target LMDB::LMDB, and LMDB_VERSION.

find_path(LMDB_INCLUDE_DIR lmdb.h)
find_library(LMDB_LIBRARY NAMES lmdb)

if(LMDB_INCLUDE_DIR)
  # The version stands in the header as three numbers of their own.
  set(_lmdb_parts)
  foreach(_part IN ITEMS MAJOR MINOR PATCH)
    file(STRINGS ${LMDB_INCLUDE_DIR}/lmdb.h _line REGEX "^#define[ \t]+MDB_VERSION_${_part}[ \t]+[0-9]+")
    string(REGEX REPLACE ".*[ \t]([0-9]+).*" "\\1" _number "${_line}")
    list(APPEND _lmdb_parts "${_number}")
  endforeach()
  list(JOIN _lmdb_parts "." LMDB_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LMDB
  REQUIRED_VARS LMDB_LIBRARY LMDB_INCLUDE_DIR
  VERSION_VAR LMDB_VERSION
  REASON_FAILURE_MESSAGE "netabase keeps its stores in LMDB 0.9.24 or newer. On Debian and Ubuntu: apt-get install liblmdb-dev")
mark_as_advanced(LMDB_INCLUDE_DIR LMDB_LIBRARY)

if(LMDB_FOUND AND NOT TARGET LMDB::LMDB)
  add_library(LMDB::LMDB UNKNOWN IMPORTED)
  set_target_properties(LMDB::LMDB PROPERTIES
    IMPORTED_LOCATION ${LMDB_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${LMDB_INCLUDE_DIR})
endif()
