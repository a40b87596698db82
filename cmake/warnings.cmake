add_library(logpipe_warnings INTERFACE)
target_compile_options(logpipe_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wformat=2
  $<$<BOOL:${LOGPIPE_WERROR}>:-Werror>)
# gcc 12 sees an overlap, or an overflow, in `"text" + string` where it inlines that
# (https://gcc.gnu.org/bugzilla/show_bug.cgi?id=105651, 105329).
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(logpipe_warnings INTERFACE -Wno-restrict -Wno-stringop-overflow)
endif()
