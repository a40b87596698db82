#pragma once

#include <logpipe/base/atomic_file.hpp>

#include <string>

namespace logpipe::logcat {

/// The file of --output: at its path when the run has come to a good end, and not before. Where
/// `name` is a link, what it leads to is replaced. Throws usage_error when what is there is no
/// regular file (a rename would take a device away), std::system_error when it cannot be written.
class output_file : public atomic_file {
public:
  explicit output_file(const std::string& name);
};

}  // namespace logpipe::logcat
