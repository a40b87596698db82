#!/usr/bin/env python3
"""Logs that are rotated by renaming while nothing runs: all once, the oldest first."""

from support import main
from support.following import lines, text
from support.remembering import RememberingCase
from support.rotating import rotate


class Rotations(RememberingCase):
    """Line 1 is shipped, line 2 is written in downtime, and then it is rotated."""

    def setUp(self):
        super().setUp()
        self.append(text(lines(1, 1)))
        self.ship()
        self.append(text(lines(2, 2)))

    def test_one(self):
        rotate(self.log)
        self.append(text(lines(3, 4)))
        self.ship()
        self.assert_topic(lines(1, 4))

    def test_three(self):
        for n in range(3, 6):
            rotate(self.log)
            self.append(text(lines(n, n)))
        self.ship()
        self.assert_topic(lines(1, 5))

    def test_twelve_whose_numbers_do_not_sort_as_text(self):
        for n in range(3, 15):
            rotate(self.log)
            self.append(text(lines(n, n)))
        self.ship()
        self.assert_topic(lines(1, 14))

    def test_the_new_log_is_not_there_yet(self):
        rotate(self.log)
        self.assert_ended(self.run_once(), 1, str(self.log))
        self.append(text(lines(3, 3)))
        self.ship()
        self.assert_topic(lines(1, 3))

    def test_a_follower_catches_up_and_goes_on(self):
        rotate(self.log)
        self.append(text(lines(3, 3)))
        rotate(self.log)
        self.append(text(lines(4, 4)))
        run = self.go_on()
        self.into.wait_for(4)
        self.append(text(lines(5, 5)))
        rotate(self.log)
        self.append(text(lines(6, 6)))
        self.assert_shipped(run, lines(1, 6))
        self.append(text(lines(7, 7)))
        self.ship()
        self.assert_topic(lines(1, 7))

    def test_names_of_dates(self):
        for style in ("-20261120 -20261121 -20261122", ".2026-11-20 .2026-11-21 .2026-11-22"):
            with self.subTest(style):
                self.into = self.topic()
                self.log = self.folder / f"app{style[:4]}.log"
                self.sources = [self.log]
                self.append(text(lines(1, 1)))
                self.ship()
                for n, ending in enumerate(style.split(), start=2):
                    self.log.rename(self.log.with_name(self.log.name + ending))
                    self.append(text(lines(n, n)))
                self.ship()
                self.assert_topic(lines(1, 4))

    def test_a_rotated_file_that_is_written_to_while_it_is_followed_late(self):
        rotate(self.log)
        self.append(text(lines(3, 3)))
        self.ship()
        self.append(text(lines(4, 4)), self.folder / "app.log.1")
        self.ship()
        self.assert_topic(lines(1, 4))

    def test_what_was_shipped_is_not_shipped_again_however_often_it_is_rotated(self):
        for n in range(3, 8):
            rotate(self.log)
            self.append(text(lines(n, n)))
            self.ship()
            self.ship()
        self.assert_topic(lines(1, 7))


class Names(RememberingCase):
    def started(self, *options):
        self.append(text(lines(1, 1)))
        self.ship(*options)
        self.append(text(lines(2, 2)))

    def test_names_that_no_one_would_guess_are_found_by_a_pattern(self):
        options = ("--rotated", "20*.txt")
        self.started(*options)
        for n, moment in enumerate(("20261122093000", "20261122093100"), start=3):
            self.log.rename(self.folder / f"{moment}.txt")
            self.append(text(lines(n, n)))
        self.ship(*options)
        self.assert_topic(lines(1, 4))

    def test_a_pattern_of_old_files_holds_the_name_and_the_path_of_each_log(self):
        for name, pattern in (("a.log", "old/{name}-*"), ("b.log", "{path}-old/*")):
            with self.subTest(pattern):
                self.into = self.topic()
                self.log = self.folder / name
                self.sources = [self.log]
                self.started("--rotated", pattern)
                for n in (3, 4):
                    to = pattern.format(name=self.log.name, path=self.log).replace("*", str(n))
                    (self.folder / to).parent.mkdir(exist_ok=True)
                    self.log.rename(self.folder / to)
                    self.append(text(lines(n, n)))
                self.ship("--rotated", pattern)
                self.assert_topic(lines(1, 4))

    def test_a_name_that_would_not_be_found_is_told_with_the_pattern_that_would(self):
        self.append(text(lines(1, 1)))
        run = self.go_on()
        self.into.wait_for(1)
        self.log.rename(self.folder / "20261122093000.txt")
        self.append(text(lines(2, 2)))
        run.wait_for_message("--rotated")
        ended = self.assert_shipped(run, lines(1, 2))
        pattern = ended.err.partition("--rotated '")[2].partition("'")[0]
        for n, moment in enumerate(("20261122103000", "20261122113000"), start=3):
            self.log.rename(self.folder / f"{moment}.txt")
            self.append(text(lines(n, n)))
        self.ship("--rotated", pattern)
        self.assert_topic(lines(1, 4))

    def test_old_files_of_the_first_start_are_never_sent(self):
        self.file("app.log.2", b"older\n")
        self.file("app.log.1", b"old\n")
        self.started()
        rotate(self.log)
        self.append(text(lines(3, 3)))
        self.ship()
        self.assert_topic(lines(1, 3))

    def test_old_files_of_the_first_start_are_not_sent_by_a_follower(self):
        self.file("app.log.1", b"old\n")
        self.append(text(lines(1, 1)))
        run = self.go_on()
        self.into.wait_for(1)
        rotate(self.log)
        self.append(text(lines(2, 2)))
        self.assert_shipped(run, lines(1, 2))
        rotate(self.log)
        self.append(text(lines(3, 3)))
        self.ship()
        self.assert_topic(lines(1, 3))

    def test_neighbours_are_not_taken_for_old_files(self):
        self.started()
        for name in ("app.log.audit", "app.log.pos", "app.log.1.swp", "app.log-old"):
            self.file(name, b"not asked for\n")
        rotate(self.log)
        self.append(text(lines(3, 3)))
        self.ship()
        self.assert_topic(lines(1, 3))

    def test_old_files_that_the_pattern_matches_too(self):
        self.sources = [self.folder / "app.log*"]
        self.started()
        for n in range(3, 6):
            rotate(self.log)
            self.append(text(lines(n, n)))
        self.ship()
        self.assert_topic(lines(1, 5))

    def test_one_followed_log_is_moved_onto_another(self):
        a, b = self.file("a", b"a 1\n"), self.file("b", b"b 1\n")
        self.sources = [a, b]
        self.ship()
        self.append(b"a 2\n", a)
        a.rename(b)
        self.append(b"a 3\n", b)
        self.append(b"new\n", a)
        self.assert_told_once(str(b))  # what came to it last went unseen
        self.assert_topic_in_any_order([b"a 1", b"b 1", b"a 2", b"a 3", b"new"])


class HalfLines(RememberingCase):
    def test_a_line_that_is_finished_behind_a_restart_is_one_record(self):
        self.append(b"line 1\nline")
        self.ship()
        self.assert_topic(lines(1, 1))
        self.append(b" 2\n")
        self.ship()
        self.assert_topic(lines(1, 2))

    def test_a_line_that_a_follower_held_is_one_record(self):
        self.append(b"line 1\nline")
        run = self.go_on()
        self.assert_shipped(run, lines(1, 1))
        self.append(b" 2\n")
        self.assert_shipped(self.go_on(), lines(1, 2))

    def test_a_line_that_rotation_left_unfinished_is_a_record_as_it_is(self):
        self.append(b"line 1\nhalf")
        self.ship()
        rotate(self.log)
        self.append(b"line 3\n")
        self.ship()
        self.assert_topic([b"line 1", b"half", b"line 3"])

    def test_a_line_that_was_finished_before_the_rotation_is_one_record(self):
        self.append(b"line 1\nline")
        self.ship()
        self.append(b" 2\n")
        rotate(self.log)
        self.append(b"line 3\n")
        self.ship()
        self.assert_topic(lines(1, 3))


if __name__ == "__main__":
    main()
