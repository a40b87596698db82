#include <array>
#include <stdexcept>
#include <support/client.hpp>

namespace logpipe::test {

client_ptr make_producer(const settings& with) {
  kafka::conf_ptr conf(rd_kafka_conf_new());
  std::array<char, 256> reason{};
  rd_kafka_conf_set(conf.get(), "log_level", "0", nullptr, 0);
  for (const auto& [name, value] : with) {
    if (rd_kafka_conf_set(conf.get(), name.c_str(), value.c_str(), reason.data(), reason.size()) !=
        RD_KAFKA_CONF_OK) {
      throw std::runtime_error(reason.data());
    }
  }
  client_ptr client(rd_kafka_new(RD_KAFKA_PRODUCER, conf.get(), reason.data(), reason.size()));
  if (!client) throw std::runtime_error(reason.data());
  static_cast<void>(conf.release());  // the client owns it now
  return client;
}

void check(rd_kafka_resp_err_t error, const std::string& asked) {
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    throw std::runtime_error(asked + ": " + rd_kafka_err2str(error));
  }
}

}  // namespace logpipe::test
