# What `cmake --install` puts down: the tools with their man pages and completions, the library, its
# headers, a CMake package (find_package(logpipe)) and a pkg-config file.
include(CMakePackageConfigHelpers)

if(LOGPIPE_APPS)
  set(completions ${PROJECT_SOURCE_DIR}/completions)
  install(FILES ${PROJECT_SOURCE_DIR}/man/logtail.1 ${PROJECT_SOURCE_DIR}/man/logcat.1
    DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${completions}/_logpipe
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  # bash and fish look for a file with the command's name.
  foreach(tool logtail logcat)
    install(FILES ${completions}/logpipe.bash
      DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME ${tool})
    install(FILES ${completions}/logpipe.fish
      DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d RENAME ${tool}.fish)
  endforeach()
endif()

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
