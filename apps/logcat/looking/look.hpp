#pragma once

#include "logcat/run_context.hpp"
#include "logcat/run_files.hpp"

namespace logpipe::logcat {

/// A run that looks instead of printing records, whatever at. What it wrote to a file is put in
/// place when it has come to a good end. Throws what has a text and means failure.
app::exit_code look(const plan& plan, run_context& context, run_files& files);

}  // namespace logpipe::logcat
