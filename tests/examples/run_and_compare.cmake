# Runs a program and compares all that it writes with an expected text, line by line.
#
#   cmake -DPROGRAM=... -DARGUMENTS=a;b -DEXPECTED=file -DACTUAL=file -P run_and_compare.cmake
#
# With -DSTORE=file the file is removed and the program run twice: the second run finds what the first one left.
#
# Times, rates and file sizes differ from run to run: the numbers in them are compared as N. What was written is left in
# ACTUAL; to accept it, copy it over EXPECTED.
cmake_minimum_required(VERSION 3.25)

if(STORE)
  file(REMOVE ${STORE} ${STORE}-lock)
  execute_process(COMMAND ${PROGRAM} ${ARGUMENTS} OUTPUT_QUIET)
endif()
execute_process(COMMAND ${PROGRAM} ${ARGUMENTS} OUTPUT_VARIABLE output ERROR_VARIABLE errors RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} ended with ${result}:\n${output}${errors}")
endif()

set(number "[0-9][0-9,.]*")
string(REGEX REPLACE " in ${number} s \\(${number}/s\\)" " in N s (N/s)" output "${output}")
string(REGEX REPLACE "\\(${number} ms\\)" "(N ms)" output "${output}")
string(REGEX REPLACE "(Store: [^,]*, |file: )${number} [KM]iB" "\\1N KiB" output "${output}")
file(WRITE ${ACTUAL} "${output}")
if(errors)
  file(APPEND ${ACTUAL} "--- stderr\n${errors}")
endif()

execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${EXPECTED} ${ACTUAL} RESULT_VARIABLE different)
if(different)
  execute_process(COMMAND diff -u ${EXPECTED} ${ACTUAL})
  message(FATAL_ERROR "${ACTUAL} is not what ${EXPECTED} expects")
endif()
