#include "run.hpp"

#include "standard_descriptors.hpp"

#include <logpipe/base/state/state_file.hpp>
#include <logpipe/kafka/error.hpp>

#include <new>

namespace logpipe::app {

int run_tool(messages& out, const std::function<exit_code()>& body) {
  occupy_standard_descriptors();
  const auto fail = [&out](exit_code code, const char* why) {
    out.error("{}", why);
    return static_cast<int>(code);
  };
  try {
    return static_cast<int>(body());
  } catch (const usage_error& error) {
    return fail(exit_code::usage, error.what());
  } catch (const kafka::config_error& error) {
    return fail(exit_code::usage, error.what());
  } catch (const state_error& error) {
    return fail(exit_code::usage, error.what());
  } catch (const kafka::kafka_error& error) {
    const bool unreachable = error.kind() == kafka::failure::unreachable;
    return fail(unreachable ? exit_code::incomplete : exit_code::failed, error.what());
  } catch (const std::bad_alloc&) {
    return fail(exit_code::failed, "out of memory");
  } catch (const std::exception& error) {
    return fail(exit_code::failed, error.what());
  }
}

}  // namespace logpipe::app
