add_library(logpipe_warnings INTERFACE)
target_compile_options(logpipe_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wformat=2
  $<$<BOOL:${LOGPIPE_WERROR}>:-Werror>)
