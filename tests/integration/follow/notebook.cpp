#include "notebook.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <utility>

namespace logpipe::follow::testing {

void notebook::note(const event& told) {
  if (const auto* begun = std::get_if<generation_begun>(&told)) {
    REQUIRE_FALSE(m_open.contains(begun->generation));
    for (const kept_id old : begun->continues) {
      REQUIRE(m_kept.erase(old) == 1);
    }
    kept_generation added = begun->now;
    added.id = m_next++;
    m_open[begun->generation].id = added.id;
    m_kept.emplace(added.id, std::move(added));
  } else if (const auto* known = std::get_if<generation_known>(&told)) {
    for (const kept_id old : known->replaces) {
      REQUIRE(m_kept.erase(old) == 1);
    }
    kept_generation added = known->what;
    added.id = m_next++;
    m_kept.emplace(added.id, std::move(added));
  } else if (const auto* followed = std::get_if<generation_followed>(&told)) {
    m_kept.at(m_open.at(followed->generation).id).what = kept_generation::state::followed;
  } else if (const auto* ended = std::get_if<generation_ended>(&told)) {
    take_over(m_open.at(ended->generation).id, ended->last);
  } else if (const auto* vanished = std::get_if<generation_vanished>(&told)) {
    REQUIRE(m_kept.erase(vanished->what.id) == 1);
  }
}

/// Everything but what only the notebook knows.
void notebook::take_over(kept_id id, const kept_generation& now) {
  kept_generation& kept = m_kept.at(id);
  const bookmark read = kept.read;
  kept = now;
  kept.id = id;
  kept.read = read;
}

void notebook::took(const chunk& given) {
  m_open.at(given.generation).source = given.source;
  m_open.at(given.generation).has_source = true;
  move(given.generation, given.end, given.before_end);
  for (const extent& part : given.also) {
    move(part.generation, part.end, part.before_end);
  }
}

void notebook::move(generation_id generation, std::uint64_t end, const guard_print& before_end) {
  kept_generation& kept = m_kept.at(m_open.at(generation).id);
  REQUIRE(end >= kept.read.offset);
  kept.read = {.offset = end, .before = before_end};
  kept.sent = end;
}

void notebook::look_up(const follower& in) {
  for (const auto& [generation, open] : m_open) {
    if (!open.has_source) continue;
    if (const auto now = in.describe(open.source, generation)) take_over(open.id, *now);
  }
}

std::vector<kept_generation> notebook::kept() const {
  std::vector<kept_generation> all;
  for (const auto& [id, each] : m_kept) {
    all.push_back(each);
  }
  return all;
}

}  // namespace logpipe::follow::testing
