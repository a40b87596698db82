#include "file_names.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace logpipe::follow::testing {

namespace {

bool is_rotated_name(std::string_view name, std::string_view path) {
  if (!name.starts_with(path)) return false;
  name.remove_prefix(path.size());
  return name.size() > 1 && (name[0] == '.' || name[0] == '-') &&
         name.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

}  // namespace

void file_names::put_link(const std::string& name, const std::string& target) {
  m_names[name] = name.substr(0, name.rfind('/') + 1) + target;
}

void file_names::rename(const std::string& from, const std::string& to) {
  if (auto moved = m_names.extract(from)) {
    m_names[to] = std::move(moved.mapped());
    return;
  }
  decltype(m_names) renamed;
  for (auto& [name, leads_to] : m_names) {
    const auto moved = [&](const std::string& old) {
      return old.starts_with(from + "/") ? to + old.substr(from.size()) : old;
    };
    if (auto* target = std::get_if<std::string>(&leads_to)) *target = moved(*target);
    renamed[moved(name)] = std::move(leads_to);
  }
  m_names = std::move(renamed);
}

bool file_names::is_link(const std::string& name) const {
  const auto found = m_names.find(name);
  return found != m_names.end() && std::holds_alternative<std::string>(found->second);
}

written_file* file_names::at(const std::string& name) const {
  const auto found = m_names.find(name);
  if (found == m_names.end()) return nullptr;
  if (const auto* target = std::get_if<std::string>(&found->second)) return at(*target);
  return std::get<written_file*>(found->second);
}

bool file_names::has_rotated_name(const written_file& file, const std::string& path) const {
  return std::any_of(m_names.begin(), m_names.end(), [&](const auto& entry) {
    return is_rotated_name(entry.first, path) && at(entry.first) == &file;
  });
}

}  // namespace logpipe::follow::testing
