#pragma once

#include <logpipe/follow/names/directory_lists.hpp>
#include <logpipe/follow/source.hpp>

#include <string>

namespace logpipe::follow {

/// What is kept of a log and was not found when the past of all logs had been looked for.
class vanished_generations {
public:
  /// `log` is the absolute path of the log at `path`; it and `around` outlive this. `is_hidden`:
  /// there are files of the log that cannot be read, so nothing is known to be lost.
  vanished_generations(const std::string& path, const std::string& log, const surroundings& around,
                       bool is_hidden);

  /// Something that is not done with may still come: nothing of the log is there, and its volume
  /// may not be mounted; the directory in which it was cannot be listed; or it is hidden.
  bool may_come(directory_lists& lists) const;
  /// Tells of the rest that it has vanished, and which are there of those that are done with.
  void tell(directory_lists& lists) const;

private:
  bool may_come(const kept_generation& kept, directory_lists& lists) const;

  const std::string& m_log;
  const surroundings& m_around;
  bool m_is_here;
  bool m_is_hidden;
};

}  // namespace logpipe::follow
