#!/usr/bin/env python3
"""Which brokers are asked, by order of force: -X, -b, -F, KAFKA_BROKERS, the default file."""

from support import ToolCase, main


class Connection(ToolCase):
    def setUp(self):
        super().setUp()
        self.filled = self.topic()
        self.filled.write(b"one")
        self.real, self.brokers = self.brokers, None
        self.wrong = self.closed_port()

    def config(self, name, brokers):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# where\nbootstrap.servers={brokers}\n")
        return path

    def assert_reached(self, *options, env=None):
        """By both tools."""
        limit = ("--connect-timeout", "2s")
        printed = self.logcat(*options, *limit, "-e", "--value", self.filled, env=env)
        self.assert_ended(printed, 0)
        self.assertEqual(printed.lines, [b"one"])
        log = self.file("app.log", b"two\n")
        topic = self.topic(brokers=self.real)
        shipped = self.logtail(*options, *limit, "-t", topic, "--once", log, env=env)
        self.assert_ended(shipped, 0)
        self.assertEqual(topic.values(), [b"two"])

    def test_the_environment_names_them(self):
        self.assert_reached(env={"KAFKA_BROKERS": self.real})

    def test_the_default_file_names_them(self):
        self.config("xdg/logpipe.conf", self.real)
        self.assert_reached(env={"XDG_CONFIG_HOME": str(self.folder / "xdg")})

    def test_the_environment_goes_before_the_default_file(self):
        self.config("xdg/logpipe.conf", self.wrong)
        env = {"XDG_CONFIG_HOME": str(self.folder / "xdg"), "KAFKA_BROKERS": self.real}
        self.assert_reached(env=env)

    def test_a_file_goes_before_the_environment(self):
        file = self.config("cluster.conf", self.real)
        self.assert_reached("-F", file, env={"KAFKA_BROKERS": self.wrong})

    def test_a_later_file_goes_before_an_earlier_one(self):
        files = self.config("first.conf", self.wrong), self.config("second.conf", self.real)
        self.assert_reached("-F", files[0], "-F", files[1])

    def test_b_goes_before_a_file(self):
        file = self.config("cluster.conf", self.wrong)
        self.assert_reached("-F", file, "-b", self.real)

    def test_x_goes_before_b(self):
        self.assert_reached("-b", self.wrong, "-X", f"bootstrap.servers={self.real}")

    def test_acks_other_than_all_are_obeyed_and_warned_about(self):
        log = self.file("app.log", b"two\n")
        options = ("-b", self.real, "-X", "acks=1", "-t", self.filled, "--once")
        self.assert_ended(self.logtail(*options, log), 0, "acks")
        self.assertEqual(self.filled.values(), [b"one", b"two"])


if __name__ == "__main__":
    main()
