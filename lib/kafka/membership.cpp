#include <logpipe/kafka/internal/events.hpp>
#include <logpipe/kafka/internal/rdkafka_ptr.hpp>
#include <logpipe/kafka/membership.hpp>
#include <logpipe/kafka/wake_event.hpp>

#include <string_view>

namespace logpipe::kafka {
namespace {

using error_ptr = owned_ptr<rd_kafka_error_t, rd_kafka_error_destroy>;

config member_settings(const config& settings, const std::string& group) {
  config complete = settings;
  complete.force("group.id", group);
  complete.set_default("partition.assignment.strategy", "cooperative-sticky");
  // New partitions are known of within 10 s.
  complete.set_default("topic.metadata.refresh.interval.ms", "5000");
  // What is committed is what we say, and nothing begins where we do not say.
  complete.force("enable.auto.commit", "false");
  complete.force("enable.auto.offset.store", "false");
  complete.force("auto.offset.reset", "error");
  // So that it is the high watermark which is told for the end of a log.
  complete.force("isolation.level", "read_uncommitted");
  return complete;
}

void check(rd_kafka_resp_err_t error, const std::string& asked) {
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw kafka_error(error, asked);
}

partition_list_ptr list_for(std::size_t expected) {
  return partition_list_ptr(rd_kafka_topic_partition_list_new(static_cast<int>(expected)));
}

std::span<const rd_kafka_topic_partition_t> elements_of(
    const rd_kafka_topic_partition_list_t* list) {
  if (list == nullptr) return {};
  return {list->elems, static_cast<std::size_t>(list->cnt)};
}

void add_offset(rd_kafka_t* handle, rd_kafka_topic_partition_list_t* list,
                const committed_offset& wanted) {
  auto* added =
      rd_kafka_topic_partition_list_add(list, wanted.where.topic.c_str(), wanted.where.partition);
  added->offset = wanted.offset;
  if (wanted.metadata.empty()) return;
  // The list frees it, so it has to be librdkafka's memory.
  added->metadata = rd_kafka_mem_malloc(handle, wanted.metadata.size());
  added->metadata_size = wanted.metadata.size();
  wanted.metadata.copy(static_cast<char*>(added->metadata), wanted.metadata.size());
}

error_code error_of_commit(rd_kafka_event_t* answer) {
  if (const auto error = rd_kafka_event_error(answer)) return error;
  for (const auto& each : elements_of(rd_kafka_event_topic_partition_list(answer))) {
    if (each.err != RD_KAFKA_RESP_ERR_NO_ERROR) return each.err;
  }
  return 0;
}

}  // namespace

struct membership::state {
  state(const config& settings, const std::string& id)
      : group("group \"" + id + "\""),
        is_static(!settings.get("group.instance.id").value_or("").empty()),
        handle(make_handle(role::group_member, settings)),
        // All that is told comes through one queue, so that each look at it counts as a poll.
        events(
            (rd_kafka_poll_set_consumer(handle.get()), rd_kafka_queue_get_consumer(handle.get()))),
        answers(rd_kafka_queue_new(handle.get())) {
    wake.attach(events.get());
    wake.attach(answers.get());
  }

  std::string group;  // for messages
  bool is_static;
  wake_event wake;  // outlives the handle, whose threads write to it
  handle_ptr handle;
  queue_ptr events;
  queue_ptr answers;  // to commits, which come while a change is not confirmed, too
  std::optional<rebalance::kind> unconfirmed;
  bool committing = false;

  void take(rd_kafka_event_t* event, news& into);
  rebalance change_of(rd_kafka_event_t* event) const;
};

void membership::state::take(rd_kafka_event_t* event, news& into) {
  if (rd_kafka_event_type(event) == RD_KAFKA_EVENT_REBALANCE) {
    into.change = change_of(event);
    unconfirmed = into.change->what;
  } else if (auto heard = notice_of(handle.get(), event)) {
    into.notices.push_back(std::move(*heard));
  }
}

rebalance membership::state::change_of(rd_kafka_event_t* event) const {
  using kind = rebalance::kind;
  rebalance change{kind::assigned, {}};
  if (rd_kafka_event_error(event) != RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
    change.what = rd_kafka_assignment_lost(handle.get()) != 0 ? kind::lost : kind::revoked;
  }
  for (const auto& each : elements_of(rd_kafka_event_topic_partition_list(event))) {
    change.partitions.push_back({each.topic, each.partition});
  }
  return change;
}

membership::membership(const config& settings, const std::string& group)
    : m_state(std::make_unique<state>(member_settings(settings, group), group)) {}

// A handle that goes while changes are not confirmed answers them itself, and when there are two,
// waits for ever for the second answer to be taken (2.0.2): the group that would take it has ended.
// So it leaves first, and goes when there is nothing to be confirmed any more. A static member
// would lose its place by that; for it what has come by now is confirmed.
membership::~membership() {
  confirm();
  if (!m_state->is_static) rd_kafka_unsubscribe(m_state->handle.get());
  while (poll().change) {
    confirm();
  }
}

void membership::subscribe(const std::vector<std::string>& topics) {
  const auto list = list_for(topics.size());
  for (const auto& topic : topics) {
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
  }
  check(rd_kafka_subscribe(m_state->handle.get(), list.get()), "joining " + m_state->group);
}

membership::news membership::poll() {
  auto& s = *m_state;
  news found;
  s.wake.drain();
  if (const event_ptr answer{rd_kafka_queue_poll(s.answers.get(), 0)}) {
    found.committed = error_of_commit(answer.get());
    s.committing = false;
  }
  while (!s.unconfirmed) {
    const event_ptr event(rd_kafka_queue_poll(s.events.get(), 0));
    if (!event) break;
    s.take(event.get(), found);
  }
  return found;
}

// Nothing is assigned to the handle, whatever the group gives us, or it would begin to fetch. What
// the group has given us librdkafka keeps apart from that, and tells the group when it divides its
// partitions anew.
void membership::confirm() {
  if (!m_state->unconfirmed) return;
  auto* handle = m_state->handle.get();
  const auto none = list_for(0);
  const bool assigned = *m_state->unconfirmed == rebalance::kind::assigned;
  if (std::string_view(rd_kafka_rebalance_protocol(handle)) == "COOPERATIVE") {
    // They refuse only what is in the list.
    const error_ptr ignored(assigned ? rd_kafka_incremental_assign(handle, none.get())
                                     : rd_kafka_incremental_unassign(handle, none.get()));
  } else {
    rd_kafka_assign(handle, assigned ? none.get() : nullptr);
  }
  m_state->unconfirmed.reset();
  m_state->wake.signal();  // there may be more behind it
}

void membership::commit(std::span<const committed_offset> offsets) {
  auto& s = *m_state;
  const auto list = list_for(offsets.size());
  for (const auto& each : offsets) {
    add_offset(s.handle.get(), list.get(), each);
  }
  check(rd_kafka_commit_queue(s.handle.get(), list.get(), s.answers.get(), nullptr, nullptr),
        "committing to " + s.group);
  s.committing = true;
}

bool membership::committing() const noexcept {
  return m_state->committing;
}
int membership::wake_fd() const noexcept {
  return m_state->wake.descriptor();
}
rd_kafka_s* membership::handle() const noexcept {
  return m_state->handle.get();
}

bool is_rebalancing(error_code code) noexcept {
  switch (code) {
    case RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION:
    case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID:
    case RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST:
      return true;
    default:
      return false;
  }
}

}  // namespace logpipe::kafka
