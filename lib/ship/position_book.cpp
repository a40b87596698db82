#include <logpipe/ship/position_book.hpp>

#include <algorithm>
#include <utility>

namespace logpipe::ship {
namespace {

/// So much of a file is sent in one go at the start, when all files have something to send: it is
/// kept ahead for all of them at once. Bytes.
constexpr std::uint64_t first_lines = std::uint64_t{64} << 10;

template <typename Value>
void append(std::vector<Value>& to, const std::vector<Value>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

}  // namespace

void position_book::begin(const follow::generation_begun& what, std::uint64_t sent_before) {
  const std::uint64_t start = what.now.read.offset;
  row begun{.now = what.now, .given = start, .given_before = start, .sent_before = sent_before};
  begun.now.id = m_next_id();
  begun.now.sent = std::max(start, sent_before);
  row& added = m_rows.insert_or_assign(what.generation, std::move(begun)).first->second;
  append(m_forgotten, what.continues);
  m_expected.push_back(what.generation);
  change(what.generation, added);
}

void position_book::follow(const follow::generation_followed& what) {
  row* const of = find(what.generation);
  if (of == nullptr) return;
  of->now.what = follow::kept_generation::state::followed;
  change(what.generation, *of);
}

void position_book::end(const follow::generation_ended& what) {
  row* const of = find(what.generation);
  if (of == nullptr) return;
  const follow::kept_generation before = std::exchange(of->now, what.last);
  of->now.id = before.id;
  of->now.read = before.read;
  of->now.sent = before.sent;
  if (!std::exchange(of->ended, true)) m_ended.push_back(what.generation);
  change(what.generation, *of);
}

void position_book::know(const follow::generation_known& what) {
  m_known.push_back(what.what);
  m_known.back().id = m_next_id();
  append(m_forgotten, what.replaces);
}

void position_book::see(const std::vector<follow::kept_id>& kept) {
  append(m_seen, kept);
}

// For each chunk: a search in a hash table and two comparisons.
bool position_book::give(const follow::chunk& chunk) {
  const bool sends = !chunk.lines.empty();
  bool to_keep = give(chunk.source, chunk.generation, chunk.end, sends);
  for (const follow::extent& each : chunk.also) {
    to_keep = give(chunk.source, each.generation, each.end, sends) || to_keep;
  }
  if (to_keep) expect_first_lines();
  return to_keep;
}

bool position_book::give(follow::source_id source, follow::generation_id generation,
                         std::uint64_t end, bool sends) {
  row* const of = find(generation);
  if (of == nullptr) return false;
  of->source = source;
  of->given = std::max(of->given, end);
  if (!std::exchange(of->paced, true)) m_paced.push_back(generation);
  if (!sends || (!of->fresh && of->given <= of->now.sent)) return false;
  send_ahead(generation, *of, of->given + (of->given - of->given_before));
  return true;
}

void position_book::send_ahead(follow::generation_id generation, row& of, std::uint64_t until) {
  const std::uint64_t sent = std::max(until, of.sent_before);
  if (of.now.sent == sent) return;
  of.now.sent = sent;
  change(generation, of);
}

/// Where one file's first lines are sent, the others' will be in a moment.
void position_book::expect_first_lines() {
  for (const auto each : std::exchange(m_expected, {})) {
    row* const of = find(each);
    if (of == nullptr || of->ended) continue;
    send_ahead(each, *of, std::max(of->now.sent, std::min(of->now.size, of->given + first_lines)));
    if (!std::exchange(of->paced, true)) m_paced.push_back(each);
  }
}

void position_book::move(const ledger::move& what) {
  row* const of = find(what.generation);
  if (of == nullptr) return;
  of->now.read = what.read;
  of->now.sent = std::max(of->now.sent, what.read.offset);
  change(what.generation, *of);
}

void position_book::settle() {
  for (const auto each : std::exchange(m_paced, {})) {
    row* const of = find(each);
    if (of == nullptr) continue;
    send_ahead(each, *of, of->given + (of->given - of->given_before));
    of->paced = of->given != of->given_before;
    if (of->paced) m_paced.push_back(each);
    of->given_before = of->given;
  }
}

std::vector<std::string> position_book::refresh(const describer& describe) {
  std::vector<std::string> at_end;
  for (const auto each : m_changed) {
    row& of = m_rows.at(each);
    auto now = of.source && !of.ended ? describe(*of.source, each) : std::nullopt;
    if (!now) continue;
    now->id = of.now.id;
    now->read = of.now.read;
    now->sent = of.now.sent;
    of.now = std::move(*now);
    const bool is_open = of.now.what == follow::kept_generation::state::open;
    if (is_open && of.now.read.offset >= of.now.size) at_end.push_back(of.now.source);
  }
  return at_end;
}

void position_book::close() {
  for (const auto each : std::exchange(m_paced, {})) {
    row* const of = find(each);
    if (of == nullptr) continue;
    of->paced = false;
    of->given_before = of->given;
    send_ahead(each, *of, of->given);
  }
}

bool position_book::changed() const noexcept {
  return !m_changed.empty() || !m_paced.empty() || !m_known.empty() || !m_forgotten.empty() ||
         !m_seen.empty();
}

void position_book::collect(position_changes& to) const {
  for (const auto each : m_changed) {
    to.generations.push_back(m_rows.at(each).now);
  }
  append(to.generations, m_known);
  append(to.forgotten, m_forgotten);
  append(to.seen, m_seen);
}

void position_book::kept(const ledger* acknowledged) {
  for (const auto each : std::exchange(m_changed, {})) {
    row& of = m_rows.at(each);
    of.changed = false;
    of.fresh = false;
  }
  m_known.clear();
  m_forgotten.clear();
  m_seen.clear();
  std::erase_if(m_ended, [&](follow::generation_id each) {
    const row& of = m_rows.at(each);
    // Its last lines may be given after its end was told, and `sent` has to come back.
    if (of.given < of.now.size || of.paced) return false;
    if (acknowledged != nullptr && acknowledged->knows(each)) return false;
    m_rows.erase(each);
    return true;
  });
}

const std::string* position_book::source_of(follow::generation_id generation) const {
  const auto found = m_rows.find(generation);
  return found == m_rows.end() ? nullptr : &found->second.now.source;
}

position_book::row* position_book::find(follow::generation_id generation) {
  const auto found = m_rows.find(generation);
  return found == m_rows.end() ? nullptr : &found->second;
}

void position_book::change(follow::generation_id generation, row& of) {
  if (!std::exchange(of.changed, true)) m_changed.push_back(generation);
}

}  // namespace logpipe::ship
