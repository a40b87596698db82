#!/usr/bin/env python3
"""Links whose targets rotate in another directory while nothing runs, as the logs of containers do:
/var/log/containers/app.log leads to /var/log/pods/app/0.log."""

from support import main
from support.following import lines, text
from support.remembering import RememberingCase
from support.rotating import compress, restore


class Links(RememberingCase):
    """Line 1 is shipped through the link, line 2 is written in downtime."""

    def setUp(self):
        super().setUp()
        self.target = self.folder / "pods" / "app" / "0.log"
        self.target.parent.mkdir(parents=True)
        self.link = self.folder / "containers" / "app.log"
        self.link.parent.mkdir()
        self.link.symlink_to(self.target)
        self.sources = [self.folder / "containers" / "*.log"]
        self.append(text(lines(1, 1)), self.target)
        self.ship()
        self.append(text(lines(2, 2)), self.target)

    def rotate(self, next_line):
        """As the kubelet names them."""
        old = self.target.with_name(f"0.log.20261122-1015{next_line:02}")
        self.target.rename(old)
        self.append(text(lines(next_line, next_line)), self.target)
        return old

    def point_at(self, target):
        new = self.link.with_name("new")
        new.symlink_to(target)
        new.rename(self.link)

    def test_the_target_rotates_once(self):
        self.rotate(3)
        self.ship()
        self.assert_topic(lines(1, 3))

    def test_the_target_rotates_three_times_and_all_but_the_youngest_is_compressed(self):
        for n in (3, 4):
            compress(self.rotate(n))
        self.rotate(5)
        self.ship()
        self.assert_topic(lines(1, 5))

    def test_the_link_is_named_itself(self):
        self.sources = [self.link]
        compress(self.rotate(3))
        self.rotate(4)
        self.ship()
        self.assert_topic(lines(1, 4))

    def test_the_container_is_started_again(self):
        """The link leads to the next file, 1.log, then."""
        self.rotate(3)
        other = self.target.with_name("1.log")
        self.append(text(lines(4, 4)), other)
        self.point_at(other)
        self.ship()
        self.assert_topic(lines(1, 4))

    def test_the_link_is_pointed_into_another_directory(self):
        other = self.folder / "pods" / "app-2" / "0.log"
        other.parent.mkdir()
        self.append(text(lines(3, 3)), other)
        self.point_at(other)
        self.ship()
        self.assert_topic(lines(1, 3))

    def test_the_link_is_made_anew(self):
        self.link.unlink()
        self.link.symlink_to(self.target)
        self.append(text(lines(3, 3)), self.target)
        self.ship()
        self.assert_topic(lines(1, 3))

    def test_the_link_becomes_a_file_that_holds_the_same(self):
        self.link.unlink()
        self.link.write_bytes(self.target.read_bytes())
        self.append(text(lines(3, 3)), self.link)
        self.target.unlink()
        self.ship()
        self.assert_topic(lines(1, 3))

    def test_the_target_is_restored(self):
        old = self.rotate(3)
        restore(old)
        restore(self.target)
        self.ship()
        self.assert_topic(lines(1, 3))

    def test_a_follower_goes_on_behind_it(self):
        compress(self.rotate(3))
        run = self.go_on()
        self.into.wait_for(3)
        self.rotate(4)
        self.assert_shipped(run, lines(1, 4))
        self.rotate(5)
        self.ship()
        self.assert_topic(lines(1, 5))


if __name__ == "__main__":
    main()
