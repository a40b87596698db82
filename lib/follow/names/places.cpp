#include <logpipe/follow/names/places.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace logpipe::follow {

namespace {

namespace fs = std::filesystem;

fs::path directory_of(const fs::path& path) {
  const fs::path parent = path.parent_path();
  return parent.empty() ? fs::path(".") : parent;
}

/// As many links as the kernel follows.
constexpr int max_links = 40;

}  // namespace

void places::watch_now() {
  std::vector<watch> now;
  if (!m_watches->polling()) {
    // Goes down the path; where a component is a link, the rest hangs below what it leads to.
    fs::path done;
    fs::path rest = m_path;
    for (int links = 0; !rest.empty();) {
      done /= *rest.begin();
      rest = rest.lexically_relative(*rest.begin());
      if (rest == ".") rest.clear();
      std::error_code not_a_link;
      const fs::path target = fs::read_symlink(done, not_a_link);
      if (not_a_link) continue;
      now.push_back(m_watches->on_entry(directory_of(done), done.filename(), m_source));
      if (++links == max_links) break;
      rest = rest.empty() ? target : target / rest;
      done = target.is_absolute() ? fs::path() : done.parent_path();
    }
    now.push_back(nearest(done));
  }
  m_watched = std::move(now);  // the old ones end behind the new: a directory in both stays watched
}

bool places::watched() const {
  return !m_watched.empty() &&
         std::all_of(m_watched.begin(), m_watched.end(), [](const watch& w) { return bool(w); });
}

watch places::nearest(const std::string& text) {
  // The directory may be made while its ancestors are tried: then once more.
  for (int attempt = 0; attempt < 3; ++attempt) {
    fs::path path = text;
    watch on = m_watches->on_entry(directory_of(path), path.filename(), m_source);
    if (on) return on;
    while (!on && path.has_relative_path() && directory_of(path) != ".") {
      path = directory_of(path);
      on = m_watches->on_entry(directory_of(path), path.filename(), m_source);
    }
    std::error_code missing;
    if (on && !fs::exists(path, missing)) return on;
    if (attempt == 2) return on;
  }
  return {};
}

}  // namespace logpipe::follow
