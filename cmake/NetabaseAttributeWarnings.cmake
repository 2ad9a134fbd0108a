# Options that keep a C++ compiler quiet about [[netabase::...]], which it does not know.

include_guard(GLOBAL)

include(CheckCXXSourceCompiles)

# netabase_attribute_warning_options(<variable>): the options for the project's C++ compiler, as a list for
# target_compile_options(); empty for a compiler without such warnings. The narrowest that work are found by trying once
# in a build tree: GCC has an option for one namespace, but GCC 12 still warns of an attribute on a namespace with it.
function(netabase_attribute_warning_options variable)
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if(NOT CXX IN_LIST languages)
    message(FATAL_ERROR "netabase needs the language CXX: project(... LANGUAGES CXX), or enable_language(CXX)")
  endif()
  if(NOT DEFINED NETABASE_ATTRIBUTE_WARNING_OPTIONS)
    if(MSVC)
      set(options /wd5030)
    else()
      set(options)
      set(CMAKE_REQUIRED_QUIET ON)
      set(number 0)
      foreach(candidate IN ITEMS "" -Wno-attributes=netabase:: -Wno-unknown-attributes -Wno-attributes)
        math(EXPR number "${number} + 1")
        # The result of each trial is a cache variable of its own.
        set(CMAKE_REQUIRED_FLAGS "-Wall -Wextra -Werror ${candidate}")
        check_cxx_source_compiles("
          namespace [[netabase::definition(A, B)]] a {
          struct [[netabase::model, netabase::index(by_b, b, desc(c))]] S {
            [[netabase::primary_key]] int b;
            [[using netabase: secondary_key(unique)]] int c;
            [[netabase::secondary_key]] int both() const { return b + c; }
          };
          }
          int main() { return a::S{1, 2}.both(); }" NETABASE_ATTRIBUTE_TRIAL_${number})
        if(NETABASE_ATTRIBUTE_TRIAL_${number})
          set(options ${candidate})
          break()
        endif()
      endforeach()
    endif()
    set(NETABASE_ATTRIBUTE_WARNING_OPTIONS "${options}" CACHE INTERNAL "Options against warnings of netabase's attributes")
  endif()
  set(wrapped)
  foreach(option IN LISTS NETABASE_ATTRIBUTE_WARNING_OPTIONS)
    list(APPEND wrapped $<$<COMPILE_LANGUAGE:CXX>:${option}>)
  endforeach()
  set(${variable} "${wrapped}" PARENT_SCOPE)
endfunction()
