#include "keeper_story.hpp"

#include <catch2/catch.hpp>

#include <chrono>

using namespace logpipe;
using namespace logpipe::test;
using namespace std::chrono_literals;
using follow::kept_generation;

TEST_CASE("a start is kept before the first line is sent") {
  keeper_story story;
  story.begin(1, 500, 600);
  CHECK(story.store.rows.empty());
  story.send(1);
  CHECK(story.row(1).read == keeper_story::at(500));
  CHECK(story.row(1).sent >= 510);
}

TEST_CASE("what a run sends first is kept soon, and what follows a second later") {
  keeper_story story;
  story.begin(1);
  story.acknowledge(1, story.send(1));
  CHECK(story.row(1).read.offset == 0);
  story.pass(99ms);
  CHECK(story.row(1).read.offset == 0);
  story.pass(1ms);
  CHECK(story.row(1).read == keeper_story::at(10));
  story.acknowledge(1, story.send(1));
  story.pass(999ms);
  CHECK(story.row(1).read == keeper_story::at(10));
  story.pass(1ms);
  CHECK(story.row(1).read == keeper_story::at(20));
}

TEST_CASE("only what has moved is saved") {
  keeper_story story;
  for (follow::generation_id each = 1; each <= 100; ++each) {
    story.begin(each);
  }
  story.pass_a_save();
  CHECK(story.store.last.generations.size() == 100);
  story.acknowledge(7, story.send(7));
  story.pass_a_save();
  CHECK(story.store.last.generations.size() == 1);
  story.pass_a_save();
  story.pass_a_save();
  const int saves = story.store.saves;
  story.pass_a_save();
  CHECK(story.store.saves == saves);
}

TEST_CASE("a quiet run says that it is alive") {
  keeper_story story;
  story.begin(1);
  story.pass_a_save();
  const int saves = story.store.saves;
  CHECK(story.keeper->due() == story.now + 15s);
  story.pass(15s);
  CHECK(story.store.saves == saves + 1);
  CHECK(story.store.alive == story.wall_time());
  CHECK_FALSE(story.store.ended_well);
}

TEST_CASE("at an even pace, what is sent is kept ahead once a second") {
  keeper_story story;
  story.begin(1);
  for (int i = 0; i < 20; ++i) {
    story.acknowledge(1, story.send(1, 100), 100);
    story.pass(100ms);
  }
  const int saves = story.store.saves;
  for (int i = 0; i < 30; ++i) {
    story.acknowledge(1, story.send(1, 100), 100);
    CHECK(story.row(1).sent >= story.files[1].size);
    story.pass(100ms);
  }
  CHECK(story.store.saves == saves + 3);
}

TEST_CASE("what was kept ahead is taken back when nothing more comes") {
  keeper_story story;
  story.begin(1);
  story.acknowledge(1, story.send(1, 100), 100);
  story.pass_a_save();
  CHECK(story.row(1).sent > 1000);
  story.pass_a_save();
  CHECK(story.row(1).sent == 1000);
}

TEST_CASE("many files that begin at once are kept at once") {
  keeper_story story;
  for (follow::generation_id each = 1; each <= 100; ++each) {
    story.begin(each, 0, 50);
  }
  for (follow::generation_id each = 1; each <= 100; ++each) {
    story.send(each, 5);
  }
  CHECK(story.store.saves == 1);
}

TEST_CASE("quiet files that wake together are kept at once") {
  keeper_story story;
  for (follow::generation_id each = 1; each <= 100; ++each) {
    story.begin(each);
    story.acknowledge(each, story.send(each));
  }
  story.pass_a_save();
  story.pass_a_save();
  const int saves = story.store.saves;
  for (follow::generation_id each = 1; each <= 100; ++each) {
    CHECK(story.keeper->about_to_send(story.next_lines(each), story.now));
  }
  story.keeper->save_ahead(story.now);
  CHECK(story.store.saves == saves + 1);
  for (follow::generation_id each = 1; each <= 100; ++each) {
    CHECK(story.row(each).sent >= 20);
  }
}

TEST_CASE("one that continues what was kept takes its place in one save") {
  keeper_story story;
  story.begin(1);
  story.acknowledge(1, story.send(1));
  story.keeper->end(story.now);
  const auto before = story.row(1).id;
  story.start();
  story.begin(1, 10, 10, {before});
  story.pass_a_save();
  CHECK(story.store.rows.size() == 1);
  CHECK(story.row(1).id != before);
  CHECK(story.store.last.forgotten == std::vector{before});
}

TEST_CASE("a file that is known is kept as it is, and replaces what it was") {
  keeper_story story;
  kept_generation old;
  old.source = "/app.log";
  old.what = kept_generation::state::left_out;
  story.keeper->note(follow::generation_known{old, {}});
  story.pass_a_save();
  REQUIRE(story.store.rows.size() == 1);
  const auto id = story.store.rows.begin()->first;
  story.keeper->note(follow::generation_known{old, {id}});
  story.pass_a_save();
  REQUIRE(story.store.rows.size() == 1);
  CHECK(story.store.rows.begin()->first != id);
}

TEST_CASE("one that has vanished is forgotten") {
  keeper_story story;
  story.begin(1);
  story.pass_a_save();
  story.keeper->note(follow::generation_vanished{story.row(1), 12});
  story.pass_a_save();
  CHECK(story.store.rows.empty());
}

TEST_CASE("what is done with is forgotten seven days after it was seen last") {
  keeper_story story;
  for (const follow::kept_id id : {1, 2, 3}) {
    story.store.rows[id].id = id;
    story.store.rows[id].seen = story.wall_time();
  }
  story.now += 24h * 7 - 1ms;
  story.store.rows[3].seen = story.wall_time();
  story.start();
  story.keeper->note(follow::generations_seen{{1}, {2, 3}});
  story.pass_a_save();
  CHECK(story.store.last.seen == std::vector<follow::kept_id>{1});
  CHECK(story.store.rows.size() == 3);

  story.start();
  story.keeper->note(follow::generations_seen{{}, {2, 3}});
  story.pass_a_save();
  CHECK(story.store.rows.count(2) == 0);
  CHECK(story.store.rows.count(3) == 1);
}

TEST_CASE("the position of one that has ended moves until all of it is acknowledged") {
  keeper_story story;
  story.begin(1);
  const auto batch = story.send(1);
  story.end(1);
  story.pass_a_save();
  CHECK(story.row(1).what == kept_generation::state::followed);
  CHECK_FALSE(story.row(1).is_done());
  story.acknowledge(1, batch);
  story.pass_a_save();
  CHECK(story.row(1).read == keeper_story::at(10));
  CHECK(story.row(1).is_done());
}

TEST_CASE("one that ends before its last line is handed over is kept to its end") {
  keeper_story story;
  story.begin(1, 0, 10);
  story.files.at(1).what = kept_generation::state::followed;
  story.keeper->note(follow::generation_ended{1, story.files.at(1)});
  story.acknowledge(1, story.send(1));
  story.acknowledged->drop(1);
  story.pass_a_save();
  CHECK(story.row(1).is_done());
}

TEST_CASE("names and fingerprints are kept as they are when a position is") {
  keeper_story story;
  story.begin(1);
  story.acknowledge(1, story.send(1));
  story.files.at(1).name = "/1.old";
  story.files.at(1).head.extend("nine byte\n");
  story.pass_a_save();
  CHECK(story.row(1).name == "/1.old");
  CHECK(story.row(1).head.size() == 10);
}

TEST_CASE("a source whose file is acknowledged to its end has caught up") {
  keeper_story story;
  story.begin(1, 0, 20);
  story.acknowledge(1, story.send(1));
  story.pass_a_save();
  CHECK(story.store.sources.count("/1") == 0);
  story.acknowledge(1, story.send(1));
  story.pass_a_save();
  CHECK(story.store.sources.at("/1").caught_up == story.wall_time());
}

TEST_CASE("what a record covers of two generations is kept in one save") {
  keeper_story story;
  story.begin(1);
  story.begin(2);
  const follow::extent rest{2, 0, 30, keeper_story::at(30).before};
  const auto record = story.send(1, 1, {rest});
  CHECK(story.row(2).sent >= 30);
  story.acknowledge(1, record);
  story.pass_a_save();
  CHECK(story.store.last.generations.size() == 2);
  CHECK(story.row(1).read == keeper_story::at(10));
  CHECK(story.row(2).read == keeper_story::at(30));
}

TEST_CASE("a store that fails is told once, tried each second, and catches up") {
  keeper_story story;
  story.begin(1);
  story.acknowledge(1, story.send(1));
  story.store.failure = "no space left on device";
  story.pass_a_save();
  story.acknowledge(1, story.send(1, 50), 50);
  story.begin(2);
  story.acknowledge(2, story.send(2));
  const int tried = story.store.saves;
  story.pass(999ms);
  CHECK(story.store.saves == tried);
  story.pass(1ms);
  CHECK(story.store.saves == tried + 1);
  CHECK(story.row(1).read.offset == 0);
  REQUIRE(story.all_told<ship::state_failing>().size() == 1);
  CHECK(story.all_told<ship::state_failing>()[0].reason == "no space left on device");
  CHECK(story.keeper->errors() == 2);

  story.store.failure.clear();
  story.pass_a_save();
  CHECK(story.row(1).read.offset == 510);
  CHECK(story.row(2).read.offset == 10);
  CHECK(story.all_told<ship::state_works>().size() == 1);
}

TEST_CASE("at the end all is kept as it is, or it is said that it is not") {
  keeper_story story;
  story.begin(1);
  story.acknowledge(1, story.send(1, 3), 3);
  CHECK(story.keeper->end(story.now));
  CHECK(story.store.ended_well);
  CHECK(story.row(1).read.offset == 30);
  CHECK(story.row(1).sent == 30);

  story.start();
  story.store.failure = "read-only";
  CHECK_FALSE(story.keeper->end(story.now));
}

TEST_CASE("lines that an earlier run may have sent are counted when they are sent again") {
  keeper_story story;
  story.begin(1, 0, 1000);
  story.acknowledge(1, story.send(1, 4), 4);
  story.pass_a_save();
  story.send(1, 5);
  const auto kept = story.row(1);
  story.crash();
  story.begin(1, 40, 1000, {kept.id});
  story.acknowledge(1, story.send(1, 100), 100);
  story.pass(500ms);
  CHECK(story.all_told<ship::sent_again>().empty());
  story.pass_a_save();
  REQUIRE(story.all_told<ship::sent_again>().size() == 1);
  const auto lines = story.all_told<ship::sent_again>()[0].lines;
  CHECK(lines >= 5);
  CHECK(lines == (kept.sent - 40) / keeper_story::line_size);
  CHECK(story.keeper->lines_sent_again() == lines);
  CHECK(story.store.sources.at("/1").sent_again == lines);
}
