# What `cmake --install` puts down: the tools, the library, its headers, a CMake package
# (find_package(logpipe)) and a pkg-config file.
include(CMakePackageConfigHelpers)

install(TARGETS logpipe EXPORT logpipe_targets)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/lib/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/logpipe
  FILES_MATCHING PATTERN "*.hpp" PATTERN "internal" EXCLUDE)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/logpipe)
install(EXPORT logpipe_targets NAMESPACE logpipe:: DESTINATION ${package_dir})
configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/logpipe-config.cmake.in ${PROJECT_BINARY_DIR}/logpipe-config.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/logpipe-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/logpipe-config.cmake ${PROJECT_BINARY_DIR}/logpipe-config-version.cmake
  DESTINATION ${package_dir})

# Found from where the file lies, so that an installation can be moved.
file(RELATIVE_PATH prefix_from_pc /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(${CMAKE_CURRENT_LIST_DIR}/logpipe.pc.in ${PROJECT_BINARY_DIR}/logpipe.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/logpipe.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
