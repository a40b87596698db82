#pragma once

namespace logpipe::app {

/// Gives stdin, stdout and stderr a descriptor each where the caller has closed them (`2>&-`), one
/// on which using it fails. Otherwise the next file or connection would get the number, and be
/// taken for it. To be called before anything is opened.
void occupy_standard_descriptors() noexcept;

}  // namespace logpipe::app
