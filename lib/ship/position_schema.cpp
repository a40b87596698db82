#include <logpipe/ship/internal/position_rows.hpp>
#include <logpipe/ship/position_schema.hpp>

#include <array>

namespace logpipe::ship {

namespace {

constexpr std::uint32_t application = 0x6c6f6770;  // "logp"

void first_version(database& in) {
  in.run(position_tables);
  statement run = in.prepare(write_run);
  write(run, kept_run());
}

constexpr std::array steps = {schema_step{first_version}};

}  // namespace

state_schema position_schema() {
  return {.application = application, .content = "log positions", .steps = steps};
}

}  // namespace logpipe::ship
