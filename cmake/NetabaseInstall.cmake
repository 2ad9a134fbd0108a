# What is installed, and how find_package(netabase) finds it: the runtime with its headers, netabase-gen when it is built,
# the command netabase when that is, and add_netabase_schema(). The runtime and netabase-gen are exported apart, so that a
# package of the one alone works (a cross build has no use for a netabase-gen of its target's).

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(netabase_cmake_dir ${CMAKE_INSTALL_LIBDIR}/cmake/netabase)

install(TARGETS netabase_runtime EXPORT netabaseRuntime
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/runtime/include/netabase DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT runtime FILES_MATCHING PATTERN "*.hpp")
install(EXPORT netabaseRuntime FILE netabaseRuntime.cmake NAMESPACE netabase::
  DESTINATION ${netabase_cmake_dir} COMPONENT runtime)

if(NETABASE_BUILD_COMPILER)
  # libclang may lie outside the loader's usual folders.
  set_target_properties(netabase_gen PROPERTIES INSTALL_RPATH_USE_LINK_PATH ON)
  install(TARGETS netabase_gen EXPORT netabaseGen RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT gen)
  install(EXPORT netabaseGen FILE netabaseGen.cmake NAMESPACE netabase::
    DESTINATION ${netabase_cmake_dir} COMPONENT gen)
endif()

if(NETABASE_BUILD_TOOLS)
  install(TARGETS netabase_tool RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT tools)
  install(FILES ${PROJECT_SOURCE_DIR}/tools/completion/netabase.bash RENAME netabase
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT tools)
endif()

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/netabaseConfig.cmake.in
  ${PROJECT_BINARY_DIR}/netabaseConfig.cmake INSTALL_DESTINATION ${netabase_cmake_dir}
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/netabaseConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/netabaseConfig.cmake
  ${PROJECT_BINARY_DIR}/netabaseConfigVersion.cmake
  ${PROJECT_SOURCE_DIR}/cmake/AddNetabaseSchema.cmake
  ${PROJECT_SOURCE_DIR}/cmake/NetabaseAttributeWarnings.cmake
  ${PROJECT_SOURCE_DIR}/cmake/FindLMDB.cmake
  ${PROJECT_SOURCE_DIR}/cmake/FindxxHash.cmake
  DESTINATION ${netabase_cmake_dir} COMPONENT runtime)
