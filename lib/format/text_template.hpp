#pragma once

#include <logpipe/base/output.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace logpipe::format {

/// A template cannot be understood; the text says what is wrong and which names there are.
class template_error : public std::invalid_argument {
public:
  using std::invalid_argument::invalid_argument;
};

/// What the names in a template stand for.
struct template_values {
  std::string_view path;
  /// The path's last component.
  std::string_view name;
  std::string_view host;
  /// Inode of the file that the line is in; written in hex.
  std::uint64_t generation = 0;
  /// Of the line in its file, bytes.
  std::uint64_t offset = 0;
};

/// Text in which {path}, {name}, {host}, {generation} and {offset} stand for values; `{{` and `}}`
/// stand for a brace. Immutable, for any thread.
class text_template {
public:
  /// How often the text comes out another.
  enum class varies { never, by_file, by_line };

  /// Throws template_error.
  explicit text_template(std::string_view text);

  varies changes() const noexcept;
  /// Appends the text; allocates nothing but for the buffer's growth.
  void append_to(output_buffer& out, const template_values& values) const;
  std::string expand(const template_values& values) const;

private:
  friend class topic_template;
  enum class name : unsigned char { none, path, base_name, host, generation, offset };
  /// A stretch of literal text and the name behind it.
  struct part {
    std::string literal;
    name value = name::none;
  };
  static name name_of(std::string_view text);
  bool uses(name value) const noexcept;

  std::vector<part> m_parts;
};

/// A topic's name that may hold {name} and {host}: one topic for each source.
class topic_template {
public:
  /// Throws template_error, also for text that no topic name can hold.
  explicit topic_template(std::string_view text);

  /// Whether sources may have different topics.
  bool varies_by_source() const noexcept;
  /// The topic of a source with that name. What a topic name cannot hold becomes `_`; it is cut to
  /// the 249 bytes that a broker takes.
  std::string topic_for(std::string_view name, std::string_view host) const;

private:
  text_template m_text;
};

}  // namespace logpipe::format
