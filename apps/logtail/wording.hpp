#pragma once

#include "common/messages.hpp"

#include <logpipe/base/clock.hpp>
#include <logpipe/follow/event.hpp>
#include <logpipe/follow/follower.hpp>
#include <logpipe/ship/composer.hpp>
#include <logpipe/ship/event.hpp>

#include <map>
#include <string>

namespace logpipe::logtail {

/// Words for what the follower and the shipper report, and the memory of what makes a bounded run
/// end with 1.
class wording {
public:
  explicit wording(app::messages& out) : m_out(out) {}

  /// A rotation within a minute of the last one of its file is told to --verbose only.
  void tell(const follow::event& event);
  /// `where` names a generation's file: its path now.
  void tell(const ship::passed_over& event, const std::string& where);
  void tell(const ship::invalid_line& event, const std::string& where);
  void tell(const ship::held& event);
  void tell(const ship::resumed& event);
  void tell(const ship::partitions_changed& event);
  void tell(const ship::sender_replaced& event);
  void tell(const ship::sender_refitted& event);

  /// A line is known to be lost or was refused, or a file could not be read.
  bool anything_lost() const noexcept { return m_lost; }

private:
  app::messages::level level_of_rotation(const std::string& path);

  app::messages& m_out;
  std::map<std::string, time_point> m_last_rotation;
  bool m_lost = false;
};

}  // namespace logpipe::logtail
