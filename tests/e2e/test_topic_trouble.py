#!/usr/bin/env python3
"""Topics that refuse, go away, or are not there: what is held, what goes on, and what is told."""

import base64
import json
import random

from support import ToolCase, main


def noise(size):
    return base64.b64encode(random.Random(size).randbytes(size))[:size]


class TopicTrouble(ToolCase):
    def append(self, name, content):
        with (self.folder / name).open("ab") as log:
            log.write(content)

    def follow(self, *arguments):
        run = self.start_logtail(*arguments)
        run.wait_for_message("waiting for it")
        return run

    def test_a_topic_that_is_deleted_and_made_again_gets_what_was_not_acknowledged(self):
        topic = self.topic()
        run = self.follow("-t", topic, self.folder / "app.log")
        self.append("app.log", b"before\n")
        topic.wait_for(1)
        topic.delete()
        self.append("app.log", b"one\ntwo\n")
        run.wait_for_message("held")
        topic.create()
        topic.wait_for(2, 60)
        self.append("app.log", b"three\n")
        topic.wait_for(3)
        self.assert_ended(run.stop(), 0)
        self.assertEqual(topic.values(), [b"one", b"two", b"three"])

    def test_one_topic_of_two_that_is_denied_holds_only_its_own_sources(self):
        prefix = self.missing_topic().name
        good = self.missing_topic(name=f"{prefix}-good.log")
        bad = self.missing_topic(name=f"{prefix}-bad.log")
        good.create()
        bad.create()
        logs = [self.folder / "bad.log", self.folder / "good.log"]
        run = self.start_logtail(
            "-t", prefix + "-{name}", "--from", "beginning", "--memory", "1M", *logs
        )
        self.append("bad.log", b"first\n")
        bad.wait_for(1)
        bad.deny()
        self.append("bad.log", b"b" * 99 + b"\n")
        run.wait_for_message(f"{bad}")
        lines = [b"%d %s" % (n, b"x" * 100) for n in range(50_000)]
        for at in range(0, len(lines), 5000):
            self.append("bad.log", b"".join(b"b" * 99 + b"\n" for _ in range(5000)))
            self.append("good.log", b"".join(line + b"\n" for line in lines[at : at + 5000]))
        good.wait_for(len(lines))
        self.assert_ended(run.stop(), 3, str(bad))
        self.assert_same_lines(good.values(), lines)

    def test_a_topic_that_says_no_for_a_while_is_waited_for(self):
        topic = self.topic()
        run = self.follow("-t", topic, self.folder / "app.log")
        self.append("app.log", b"before\n")
        topic.wait_for(1)
        topic.deny()
        self.append("app.log", b"one\ntwo\n")
        run.wait_for_message(f"{topic}")
        self.append("app.log", b"three\n")
        topic.allow()
        topic.wait_for(4, 60)
        self.assert_ended(run.stop(), 0)
        self.assertEqual(topic.values(), [b"before", b"one", b"two", b"three"])

    def test_a_topic_that_is_made_compacted_holds_its_source_until_it_is_not(self):
        topic = self.topic()
        run = self.follow("-t", topic, self.folder / "app.log")
        self.append("app.log", b"before\n")
        topic.wait_for(1)
        topic.set("cleanup.policy=compact")
        self.append("app.log", b"one\ntwo\n")
        run.wait_for_message(f"{topic}")
        self.append("app.log", b"three\n")
        topic.set("cleanup.policy=delete")
        topic.wait_for(4, 60)
        self.assert_ended(run.stop(), 0)
        self.assertEqual(topic.values(), [b"before", b"one", b"two", b"three"])

    def test_a_bounded_run_ships_what_it_can_and_ends_with_1(self):
        prefix = self.missing_topic().name
        good = self.missing_topic(name=f"{prefix}-good.log")
        good.create()
        logs = [self.file("missing.log", b"lost\n"), self.file("good.log", b"kept\n")]
        ended = self.logtail("-t", prefix + "-{name}", "--once", *logs)
        self.assert_ended(ended, 1, f'no topic "{prefix}-missing.log"')
        self.assertEqual(good.values(), [b"kept"])

    def test_a_missing_topic_is_made_when_asked(self):
        topic = self.missing_topic(partitions=5)
        log = self.file("app.log", b"a\n")
        self.assert_quiet(self.logtail("-t", topic, "--once", "--create-topic=5:1", "-p", "4", log))
        self.assertEqual([(r.partition, r.value) for r in topic.records()], [(4, b"a")])
        self.assert_quiet(self.logtail("-t", topic, "--once", "--create-topic", log))

    def test_a_topic_that_cannot_be_made_so_is_told(self):
        topic = self.missing_topic()
        log = self.file("app.log", b"a\n")
        for how, code in (("=0", 2), ("=x", 2), ("=1:99", 1)):
            with self.subTest(how):
                ended = self.logtail("-t", topic, "--once", "--create-topic" + how, log)
                self.assert_ended(ended, code, "topic")

    def test_a_compacted_topic_refuses_lines_without_a_key(self):
        topic = self.topic(cleanup_policy="compact")
        log = self.file("app.log", b"a\nb\n")
        ended = self.logtail("-t", topic, "--once", log)
        self.assert_ended(ended, 1, str(topic))
        self.assertEqual(topic.values(), [])

    def test_what_is_refused_for_good_is_kept_where_it_was_asked_for(self):
        rejected = self.folder / "rejected"
        topic = self.topic(cleanup_policy="compact")
        log = self.file("app.log", b"a=1\nno key\nb=2\n")
        ended = self.logtail("-t", topic, "--once", "-K", "=", "--rejected", rejected, log)
        self.assert_ended(ended, 1)
        self.assertEqual(sorted(topic.values()), [b"1", b"2"])
        (kept,) = map(json.loads, rejected.read_bytes().splitlines())
        self.assertEqual((kept["topic"], kept["key"], kept["value"]), (str(topic), None, "no key"))

    def test_a_line_too_large_is_kept_too_and_can_be_sent_from_there(self):
        rejected = self.folder / "rejected"
        topic = self.topic(max_message_bytes=50_000)
        large = noise(100_000)
        log = self.file("app.log", b"before\n" + large + b"\nafter\n")
        options = ("--rejected", rejected, "--max-line", "900K", "-H", "from={name}")
        self.assert_ended(self.logtail("-t", topic, "--once", *options, log), 1)
        self.assertEqual(topic.values(), [b"before", b"after"])
        topic.set("max.message.bytes=500000")
        again = self.logtail("-t", topic, "--once", "--input", "json", rejected)
        self.assert_quiet(again)
        last = topic.records()[-1]
        self.assertEqual((last.value, last.headers), (large, "from=app.log"))

    def test_a_file_for_the_rejected_that_cannot_be_written_is_refused(self):
        log = self.file("app.log", b"a\n")
        options = ("--rejected", self.folder / "no" / "such" / "file")
        ended = self.logtail("-t", self.topic(), "--once", *options, log)
        self.assert_ended(ended, 2, "--rejected", "No such file")


if __name__ == "__main__":
    main()
