#include <logpipe/ship/composer.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace logpipe::ship {
namespace {

using varies = format::text_template::varies;

}  // namespace

composer::composer(composition how, observer tell)
    : m_how(std::move(how)),
      m_tell(std::move(tell)),
      m_key_varies_by_line(!m_how.key_delimiter.empty() ||
                           (m_how.key && m_how.key->changes() == varies::by_line)),
      m_text(256) {
  format::template_values values;
  values.host = m_how.host;
  if (m_how.key && m_how.key->changes() == varies::never) m_fixed_key = m_how.key->expand(values);
}

void composer::compose(parcel& of, const source_name& source) {
  of.key.reset();
  of.records.clear();
  of.partitions.clear();
  of.store.reset();
  follow::chunk& chunk = of.chunk;
  const format::template_values values{.path = source.path,
                                       .name = source.name,
                                       .host = m_how.host,
                                       .generation = chunk.inode,
                                       .offset = 0};
  if (m_how.lines_are == composition::input::json) {
    record_maker maker(m_how, values, chunk, m_text);
    return read_records(of, maker);
  }

  const auto beginning = beginning_of(chunk);
  filter(chunk.lines, beginning);
  if (!needs_records(chunk)) {
    set_key(of, values);
  } else if (!chunk.lines.empty()) {
    record_maker maker(m_how, values, chunk, m_text);
    make_records(of, maker, beginning);
  }
  if (!chunk.partial) return;
  long_line& line = m_long_lines[chunk.source] = {chunk.generation, !chunk.lines.empty(), {}};
  if (line.taken && of.records.front().key) line.key = *of.records.front().key;
}

void composer::forget(follow::source_id source) {
  m_long_lines.erase(source);
  m_counters.erase(source);
}

/// What is known of the line that goes on in this chunk; nothing: a new one begins there.
std::optional<composer::long_line> composer::beginning_of(const follow::chunk& chunk) {
  if (m_long_lines.empty()) return std::nullopt;
  auto found = m_long_lines.extract(chunk.source);
  // The rest of a line that was cut off with its file does not come.
  if (found.empty() || found.mapped().generation != chunk.generation) return std::nullopt;
  return std::move(found.mapped());
}

void composer::filter(std::vector<std::string_view>& lines,
                      const std::optional<long_line>& beginning) const {
  if (m_how.include.empty() && m_how.drop.empty()) return;
  const auto rest = lines.begin() + (beginning && !lines.empty() ? 1 : 0);
  lines.erase(std::remove_if(rest, lines.end(), [this](auto line) { return !m_how.takes(line); }),
              lines.end());
  if (beginning && !beginning->taken && !lines.empty()) lines.erase(lines.begin());
}

bool composer::needs_records(const follow::chunk& chunk) const noexcept {
  return chunk.partial || m_key_varies_by_line || !m_how.headers.empty();
}

void composer::set_key(parcel& of, const format::template_values& values) const {
  if (!m_how.key) return;
  if (m_how.key->changes() == varies::never) {
    of.key = m_fixed_key;
  } else {
    auto key = std::make_shared<const std::string>(m_how.key->expand(values));
    of.key = *key;
    of.store = std::move(key);
  }
}

void composer::make_records(parcel& of, record_maker& maker,
                            const std::optional<long_line>& beginning) const {
  const follow::chunk& chunk = of.chunk;
  const bool goes_on = beginning && beginning->taken;
  of.records.reserve(chunk.lines.size());
  for (const std::string_view line : chunk.lines) {
    kafka::outgoing_record& made = of.records.emplace_back();
    maker.at(chunk.offset_of(line));
    made.value = line;
    made.headers = maker.headers_beside({});
    if (goes_on && of.records.size() == 1) {
      if (beginning->key) made.key = maker.keep(*beginning->key);
    } else if (m_how.key_delimiter.empty()) {
      made.key = maker.key();
    } else if (const auto end = line.find(m_how.key_delimiter); end != std::string_view::npos) {
      made.key = line.substr(0, end);
      made.value = line.substr(end + m_how.key_delimiter.size());
    }
  }
  of.store = maker.store();
}

void composer::read_records(parcel& of, record_maker& maker) {
  follow::chunk& chunk = of.chunk;
  line_counter& counter = m_counters[chunk.source];
  counter.enter(chunk);
  of.records.reserve(chunk.lines.size());
  auto kept = chunk.lines.begin();
  for (const std::string_view line : chunk.lines) {
    const std::uint64_t offset = chunk.offset_of(line);
    const auto number = counter.count(offset, line.size());
    if (!m_how.takes(line)) continue;
    const auto outcome = m_json.read(line, *maker.store());
    if (const auto* bad = std::get_if<format::bad_json>(&outcome)) {
      m_tell({chunk.source, chunk.generation, offset, number, line, bad->reason});
      continue;
    }
    const record& read = std::get<record>(outcome);
    maker.at(offset);
    of.records.push_back({.value = read.value,
                          .key = read.key,
                          .headers = maker.headers_beside(read.headers),
                          .timestamp = read.timestamp,
                          .tag = nullptr});
    if (m_how.same_partition) of.partitions.push_back(read.partition);
    *kept++ = line;
  }
  chunk.lines.erase(kept, chunk.lines.end());
  of.store = maker.store();
}

}  // namespace logpipe::ship
