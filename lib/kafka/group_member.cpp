#include <logpipe/kafka/group_member.hpp>
#include <logpipe/kafka/internal/events.hpp>
#include <logpipe/kafka/internal/rdkafka_ptr.hpp>
#include <logpipe/kafka/wake_event.hpp>

namespace logpipe::kafka {
namespace {

using error_ptr = owned_ptr<rd_kafka_error_t, rd_kafka_error_destroy>;

config member_settings(const config& settings, const std::string& group) {
  config complete = settings;
  complete.force("group.id", group);
  complete.set_default(group_member::strategy, "cooperative-sticky");
  // New partitions and topics are known of within 10 s.
  complete.set_default("topic.metadata.refresh.interval.ms", "5000");
  // What is committed is what we say, where reading begins as well.
  complete.force("enable.auto.commit", "false");
  complete.force("enable.auto.offset.store", "false");
  complete.force("auto.offset.reset", "error");
  return complete;
}

void check(rd_kafka_resp_err_t error, const std::string& asked) {
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw kafka_error(error, asked);
}

partition_list_ptr empty_list(std::size_t expected = 0) {
  return partition_list_ptr(rd_kafka_topic_partition_list_new(static_cast<int>(expected)));
}

std::span<rd_kafka_topic_partition_t> elements(const rd_kafka_topic_partition_list_t* list) {
  if (list == nullptr) return {};
  return {list->elems, static_cast<std::size_t>(list->cnt)};
}

void set_metadata(rd_kafka_t* handle, rd_kafka_topic_partition_t& element,
                  const std::string& metadata) {
  // librdkafka frees it with the list, so it has to come from its allocator.
  element.metadata = rd_kafka_mem_malloc(handle, metadata.size());
  metadata.copy(static_cast<char*>(element.metadata), metadata.size());
  element.metadata_size = metadata.size();
}

group_offset offset_of(const rd_kafka_topic_partition_t& element) {
  group_offset answer{{element.topic, element.partition}};
  if (element.offset >= 0) answer.offset = element.offset;
  if (element.metadata != nullptr) {
    answer.metadata.assign(static_cast<const char*>(element.metadata), element.metadata_size);
  }
  return answer;
}

error_code commit_error(rd_kafka_event_t* answer) {
  if (const auto error = rd_kafka_event_error(answer)) return error;
  for (const auto& each : elements(rd_kafka_event_topic_partition_list(answer))) {
    if (each.err != RD_KAFKA_RESP_ERR_NO_ERROR) return each.err;
  }
  return 0;
}

}  // namespace

struct group_member::state {
  state(const config& settings, const std::string& id)
      : group("group " + id),
        handle(make_handle(role::group_member, settings)),
        // Everything that is told comes through one queue, and each poll of it counts as one.
        queue((rd_kafka_poll_set_consumer(handle.get()),
               rd_kafka_queue_get_consumer(handle.get()))) {
    wake.attach(queue.get());
  }

  std::string group;
  wake_event wake;  // outlives the handle, whose threads write to it
  handle_ptr handle;
  queue_ptr queue;
  std::optional<rebalance::kind> unconfirmed;
  bool committing = false;

  void take(rd_kafka_event_t* event, news& into);
  rebalance change_of(rd_kafka_event_t* event) const;
};

void group_member::state::take(rd_kafka_event_t* event, news& into) {
  switch (rd_kafka_event_type(event)) {
    case RD_KAFKA_EVENT_REBALANCE:
      into.change = change_of(event);
      unconfirmed = into.change->what;
      break;
    case RD_KAFKA_EVENT_OFFSET_COMMIT:
      into.committed = commit_error(event);
      committing = false;
      break;
    default:
      if (auto heard = notice_of(handle.get(), event)) into.notices.push_back(std::move(*heard));
  }
}

rebalance group_member::state::change_of(rd_kafka_event_t* event) const {
  using kind = rebalance::kind;
  rebalance change{kind::assigned, {}};
  if (rd_kafka_event_error(event) != RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
    change.what = rd_kafka_assignment_lost(handle.get()) != 0 ? kind::lost : kind::revoked;
  }
  for (const auto& each : elements(rd_kafka_event_topic_partition_list(event))) {
    change.partitions.push_back({each.topic, each.partition});
  }
  return change;
}

group_member::group_member(const config& settings, const std::string& group)
    : m_state(std::make_unique<state>(member_settings(settings, group), group)) {}

// The handle closes the membership as it goes, and would wait for ever for a change that nobody
// confirms.
group_member::~group_member() {
  if (m_state->unconfirmed) confirm();
}

void group_member::subscribe(const std::vector<std::string>& topics) {
  const auto list = empty_list(topics.size());
  for (const auto& topic : topics) {
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
  }
  check(rd_kafka_subscribe(m_state->handle.get(), list.get()), "joining " + m_state->group);
}

group_member::news group_member::poll() {
  auto& s = *m_state;
  news found;
  s.wake.drain();
  while (!s.unconfirmed) {
    const event_ptr event(rd_kafka_queue_poll(s.queue.get(), 0));
    if (!event) return found;
    s.take(event.get(), found);
  }
  s.wake.signal();  // there may be more behind the change
  return found;
}

// Nothing is assigned to the handle, whatever the group gives us: it would begin to fetch. The
// group's side of it (what we own, when we join again) is kept by librdkafka apart from that, as it
// was told by the coordinator.
void group_member::confirm() {
  if (!m_state->unconfirmed) return;
  auto* handle = m_state->handle.get();
  const auto none = empty_list();
  const bool assigned = *m_state->unconfirmed == rebalance::kind::assigned;
  if (std::string_view(rd_kafka_rebalance_protocol(handle)) == "COOPERATIVE") {
    // What they can refuse is a list that is not empty.
    const error_ptr ignored(assigned ? rd_kafka_incremental_assign(handle, none.get())
                                     : rd_kafka_incremental_unassign(handle, none.get()));
  } else {
    rd_kafka_assign(handle, assigned ? none.get() : nullptr);
  }
  m_state->unconfirmed.reset();
}

bool group_member::commit(std::span<const group_offset> offsets) {
  auto& s = *m_state;
  if (s.committing) return false;
  const auto list = empty_list(offsets.size());
  for (const auto& each : offsets) {
    auto* added =
        rd_kafka_topic_partition_list_add(list.get(), each.of.topic.c_str(), each.of.partition);
    added->offset = each.offset;
    set_metadata(s.handle.get(), *added, each.metadata);
  }
  check(rd_kafka_commit_queue(s.handle.get(), list.get(), s.queue.get(), nullptr, nullptr),
        "committing to " + s.group);
  s.committing = true;
  return true;
}

bool group_member::committing() const noexcept {
  return m_state->committing;
}

std::vector<group_offset> group_member::committed(std::span<const topic_partition> partitions,
                                                  milliseconds timeout) {
  const auto list = empty_list(partitions.size());
  for (const auto& each : partitions) {
    rd_kafka_topic_partition_list_add(list.get(), each.topic.c_str(), each.partition);
  }
  const std::string asked = "committed offsets of " + m_state->group;
  check(rd_kafka_committed(m_state->handle.get(), list.get(), static_cast<int>(timeout.count())),
        asked);
  std::vector<group_offset> answers;
  for (const auto& each : elements(list.get())) {
    check(each.err, asked);
    answers.push_back(offset_of(each));
  }
  return answers;
}

int group_member::wake_fd() const noexcept {
  return m_state->wake.descriptor();
}
rd_kafka_s* group_member::handle() const noexcept {
  return m_state->handle.get();
}

bool is_rebalancing(error_code code) noexcept {
  return code == RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS ||
         code == RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION ||
         code == RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID ||
         code == RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST;
}

}  // namespace logpipe::kafka
