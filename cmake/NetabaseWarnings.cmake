# netabase_warnings(TARGET): the warnings that netabase's own sources are held to, as errors, for that target alone.
# Nothing of it reaches a target that links to one of ours.
function(netabase_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion -Wshadow -Werror)
endfunction()
