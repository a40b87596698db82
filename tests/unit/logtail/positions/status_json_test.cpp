#include "logtail/positions/status_text.hpp"

#include <catch2/catch.hpp>

using namespace logpipe;
using namespace logpipe::logtail;

TEST_CASE("each log is one line of JSON, what is not known is null") {
  std::vector<source_status> sources(2);
  sources[0].kept = {.path = "/log/a \"b\"",
                     .topic = "web",
                     .cluster = "",
                     .held = 1,
                     .lost = 2,
                     .refused = 3,
                     .sent_again = 4,
                     .caught_up = 5};
  sources[0].lag = 37;
  sources[0].behind_since = 10'000;
  sources[0].files.resize(2);
  sources[0].files[0].name = "/log/a.1";
  sources[0].files[0].what = logtail::file_status::state::gone;
  sources[0].files[0].position = 7;
  sources[0].files[0].lag = 7;
  sources[0].files[1].name = "/log/\xff";
  sources[0].files[1].size = 30;
  sources[0].files[1].lag = 30;
  sources[1].kept.path = "/log/c";
  CHECK(
      status_json(sources, 22'345) ==
      R"({"source":"/log/a \"b\"","topic":"web","cluster":null,"lag_bytes":37,"behind_since":10000,)"
      R"("lag_seconds":12.345,"held_bytes":1,"lost_bytes":2,"refused_lines":3,)"
      R"("sent_again_lines":4,"files":[)"
      R"({"file":"/log/a.1","state":"gone","position":7,"size":null,"lag_bytes":7},)"
      R"({"file":{"base64":"L2xvZy//"},"state":"there","position":0,"size":30,"lag_bytes":30}]})"
      "\n"
      R"({"source":"/log/c","topic":null,"cluster":null,"lag_bytes":0,"behind_since":null,)"
      R"("lag_seconds":0.000,"held_bytes":0,"lost_bytes":0,"refused_lines":0,)"
      R"("sent_again_lines":0,"files":[]})"
      "\n");
}
