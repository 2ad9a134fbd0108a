# netabase_warnings(<target>): the warnings that netabase's own sources are held to, for that target alone. Nothing of it
# reaches a target that links to one of ours. They are errors unless NETABASE_WARNINGS_AS_ERRORS is off, as it is in a build
# that takes netabase in: a newer compiler's new warning is no reason for a user's build to fail.
function(netabase_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion -Wshadow)
  if(NOT DEFINED NETABASE_WARNINGS_AS_ERRORS OR NETABASE_WARNINGS_AS_ERRORS)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  # GCC 12 sees overlaps and uninitialised bytes inside std::string's own operator+ and moves where there are none
  # (its bugs 105329 and 105651); both warnings are sound from GCC 13 on.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${target} PRIVATE -Wno-restrict -Wno-maybe-uninitialized)
  endif()
endfunction()
