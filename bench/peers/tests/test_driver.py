"""The driver, with clients that are there without a build: python3 -m unittest discover bench/peers/tests. CLOUDAUTH_BENCH_SERVER
names the server's program."""

import os
import sys
import tempfile
import unittest
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from peers import Group, Peer, groups  # noqa: E402
from plot import PLOTS, picture  # noqa: E402
from points import Point, full, quick  # noqa: E402
from results import Results  # noqa: E402
from rounds import Rounds  # noqa: E402
from table import Tables  # noqa: E402

MEASURES = {"rate", "cpu_us", "server_cpu_us", "switches", "server_switches", "resident_kib", "peak_kib", "connections"}


def peer(name: str, *flags: str, **more: object) -> Peer:
    given = {"installed": (), "packages": None, "skip": {}} | more
    return Peer("Test", name, (sys.executable, str(HERE / "client.py"), *flags), **given)


def group(*peers: Peer, aims: tuple = ()) -> Group:
    return Group("Test", "test", 0.1, (), aims, peers)


def filled(values: dict[str, list[float]], point: Point) -> Results:
    results = Results(["A machine."])
    for name, rates in values.items():
        for rate in rates:
            results.add(point, peer(name), {"rate": rate, "cpu_us": 1e6 / rate, "peak_kib": 1024.0})
    return results


class Driver(unittest.TestCase):
    def test_peers_take_turns_and_give_every_measure(self) -> None:
        results, point = Results(), Point("HTTP", 1, 100)
        rounds = Rounds(Path(os.environ["CLOUDAUTH_BENCH_SERVER"]), Path(), 2, 0.05, 1)
        able, unable = peer("able"), peer("unable", skip={"HTTP": 0})
        for each in (point, Point("HTTP", one_shot=True)):
            rounds.run(each, [(able, 0.05), (unable, 0.05)], results)
        self.assertEqual({name for _, _, name in results.samples}, {"able"})
        samples = results.samples[point, "Test", "able"]
        self.assertEqual(set(samples), MEASURES)
        self.assertTrue(all(len(values) == 2 for values in samples.values()))
        for measure in ("rate", "cpu_us", "server_cpu_us", "peak_kib", "connections"):
            self.assertGreater(min(samples[measure]), 0, measure)
        # urllib makes one for each call.
        self.assertEqual(samples["connections"], [1, 1])

    def test_a_peer_that_ends_early_is_named(self) -> None:
        rounds = Rounds(Path(os.environ["CLOUDAUTH_BENCH_SERVER"]), Path(), 2, 0.05, 1)
        with self.assertRaisesRegex(RuntimeError, "Test, broken: ended early: as it was told"):
            rounds.run(Point("HTTP"), [(peer("broken", "--ends"), 0.05)], Results())

    def test_a_ratio_is_that_of_the_rounds(self) -> None:
        point = Point("HTTP")
        results = filled({"ours": [10, 200, 30], "theirs": [1, 10, 10]}, point)
        self.assertEqual(results.ratio(point, "Test", "ours", "theirs", "rate"), (10, 6.5, 15))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "results.json"
            results.sizes["Test", "ours"] = (1, 2.5)
            results.write(file)
            self.assertEqual(Results.read(file), results)

    def test_a_missed_aim_says_so(self) -> None:
        aims = tuple({"measure": "rate", "in_flight": 1, "at_least": bound} for bound in (10, 10.1))
        results = filled({"ours": [10, 10], "theirs": [1, 1]}, Point("HTTP"))
        text = Tables(results, [group(peer("ours"), peer("theirs"), aims=aims)]).markdown()
        self.assertIn("| Test | calls/s, 1 in flight ÷ theirs | ≥ 10 | 10.0 (10.0–10.0) |  |", text)
        self.assertIn("| ≥ 10.1 | 10.0 (10.0–10.0) missed |  |", text)
        self.assertIn("| HTTP | 1 | no images | 0.10 (0.10–0.10) |", text)

    def test_pictures_are_whole(self) -> None:
        results = filled({"ours": [10, 10], "theirs": [1, 1]}, Point("HTTP"))
        for count, each in ((16, [30, 30]), (64, [40, 40])):
            results.samples |= filled({"ours": each}, Point("TLS", count)).samples
        for plot in PLOTS:
            root = ElementTree.fromstring(picture(plot, results, [group(peer("ours"), peer("theirs"))]))
            circles = root.iter("{http://www.w3.org/2000/svg}circle")
            self.assertEqual(len(list(circles)), 2 if plot.along == "kib" else 4, plot.name)

    def test_each_language_has_ours_and_another(self) -> None:
        listed = groups(Path("/build"), [])
        self.assertGreater(len(listed), 6)
        for each in listed:
            self.assertGreaterEqual(len(each.peers), 2, each.name)
            self.assertIn("libcloudauth", each.peers[0].name)
            self.assertNotIn("{", " ".join(part for one in each.peers for part in one.command))
        self.assertLess(set(quick()), set(full()))


if __name__ == "__main__":
    unittest.main()
