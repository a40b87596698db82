#pragma once

#include "fake_sender.hpp"

#include <logpipe/ship/lane.hpp>

#include <list>
#include <memory>
#include <string>
#include <support/chunk_of.hpp>
#include <vector>

namespace logpipe::test {

/// A lane and its sender; time stands still until the test moves it.
class lane_story : private kafka::delivery_sink {
public:
  void send(const std::vector<std::string>& lines) {
    ship::batch& made = add(lines);
    lane.send(sender, made, m_shipments.back().content.chunk.lines, refused);
  }
  /// The same lines as values of full records.
  void send_full(const std::vector<std::string>& lines) {
    ship::batch& made = add(lines);
    auto& content = m_shipments.back().content;
    for (const auto& line : content.chunk.lines) {
      content.records.push_back({line, "key", {}, -1, &made});
    }
    std::vector<const kafka::outgoing_record*> records;
    for (const auto& record : content.records) {
      records.push_back(&record);
    }
    lane.send(sender, made, records, refused);
  }
  /// The broker answers everything in flight, and the lane goes on.
  void broker_answers(const std::function<kafka::error_code(const fake_sender::sent&)>& error_of) {
    sender.answer(error_of);
    sender.serve(*this, milliseconds(0));
    lane.advance(sender, now, refused);
  }
  /// The same, where one record spoils all that is in flight with it.
  void broker_blames(std::string_view bad, kafka::error_code error) {
    sender.answer_batches([&](const auto& record) { return record.line == bad ? error : 0; });
    sender.serve(*this, milliseconds(0));
    lane.advance(sender, now, refused);
  }
  void broker_takes_all() {
    broker_answers([](const auto&) { return 0; });
  }
  /// Until nothing is in flight.
  void broker_takes_all_that_comes() {
    for (int i = 0; i < 100 && !sender.in_air.empty(); ++i)
      broker_takes_all();
  }
  void pass(milliseconds time) {
    now += time;
    lane.advance(sender, now, refused);
  }
  std::vector<std::string> refused_lines() const {
    std::vector<std::string> lines;
    for (const auto& each : refused)
      lines.emplace_back(each.record.line);
    return lines;
  }

  time_point now{};
  fake_sender sender;
  ship::lane lane{{0, 3}, false};
  std::vector<ship::refused_record> refused;

private:
  void delivered(void*, std::size_t count) override { lane.delivered(count); }
  void failed(void* tag, std::string_view payload, kafka::error_code error) override {
    lane.failed({static_cast<ship::batch*>(tag), payload}, error, refused);
  }
  void failed(const kafka::outgoing_record& record, kafka::error_code error) override {
    auto& from = *static_cast<ship::batch*>(record.tag);
    lane.failed({&from, from.of->line_of(record), &record}, error, refused);
  }
  void heard(const kafka::notice&) override {}

  ship::batch& add(const std::vector<std::string>& lines) {
    ship::parcel content;
    content.chunk = chunk_of(lines);
    const auto id = static_cast<ship::ledger::batch_id>(m_shipments.size());
    m_shipments.push_back({std::move(content), id, now, 0, nullptr, {}, 1, {}});
    auto& made = m_shipments.back();
    made.batches.push_back({&made, nullptr, lines.size(), 0});
    return made.batches.back();
  }

  std::list<ship::shipment> m_shipments;
};

}  // namespace logpipe::test
