# How everything here is compiled: linked by our own targets only, never by who embeds logpipe.
add_library(logpipe_settings INTERFACE)
target_compile_features(logpipe_settings INTERFACE cxx_std_20)
target_compile_options(logpipe_settings INTERFACE -fno-semantic-interposition)

if(LOGPIPE_SANITIZE)
  target_compile_options(logpipe_settings INTERFACE
    -fsanitize=${LOGPIPE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(logpipe_settings INTERFACE -fsanitize=${LOGPIPE_SANITIZE})
endif()

set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_EXTENSIONS OFF)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
