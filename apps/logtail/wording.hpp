#pragma once

#include <functional>
#include <string>

#include <common/messages.hpp>
#include <logpipe/follow/event.hpp>
#include <logpipe/follow/follower.hpp>
#include <logpipe/ship/event.hpp>

namespace logpipe::app {

/// Words for what the follower and the shipper report, and the memory of what makes a bounded run
/// end with 1.
class wording {
 public:
  wording(messages& out, std::string topic) : m_out(out), m_topic(std::move(topic)) {}

  void tell(const follow::event& event);
  /// `where` names a generation's file: its path now.
  void tell(const ship::passed_over& event, const std::string& where);
  void tell(const ship::held& event);
  void tell(const ship::resumed& event);
  void tell(const ship::sender_replaced& event);

  /// A line is known to be lost or was refused, or a file could not be read.
  bool anything_lost() const noexcept { return m_lost; }

 private:
  messages& m_out;
  std::string m_topic;
  bool m_lost = false;
};

}  // namespace logpipe::app
