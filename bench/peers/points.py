"""What is measured: a kind of server, so many calls in flight, and KiB of base64 in each of two images."""

from dataclasses import dataclass

IN_FLIGHT = (1, 16, 64, 256)
KIB = (0, 100, 1024, 4096)
# Where the plain server is compared with Go's.
CHECKED = ((1, 0), (16, 0), (64, 0), (1, 1024))


@dataclass(frozen=True, order=True)
class Point:
    server: str
    in_flight: int = 1
    kib: int = 0
    one_shot: bool = False

    @property
    def name(self) -> str:
        return "one shot" if self.one_shot else f"{self.in_flight} in flight, {images(self.kib)}"

    def seconds(self, least: float) -> float:
        """How long a round takes at least. At both ends fewer calls are in flight, for as long as a call of the slow server takes."""
        return 8 * least if self.server == "slow" else least


def images(kib: int) -> str:
    size = f"{kib // 1024} MiB" if kib >= 1024 else f"{kib} KiB"
    return f"images of {size}" if kib else "no images"


def full() -> list[Point]:
    """Calls in flight without images, and images of one caller and of 16: as many of 4 MiB in 256 replies fit into no memory."""
    shapes = [*((count, 0) for count in IN_FLIGHT), *((1, kib) for kib in KIB[1:]), (16, 1024)]
    return [
        *(Point(server, *shape) for server in ("HTTP", "TLS") for shape in shapes),
        *(Point(server, one_shot=True) for server in ("HTTP", "TLS")),
        Point("slow", 256),
        *(Point("net/http", *shape) for shape in CHECKED),
    ]


def quick() -> list[Point]:
    shapes = ((1, 0), (16, 0), (256, 0), (1, 1024))
    return [
        *(Point("HTTP", *shape) for shape in shapes),
        Point("TLS", 16),
        Point("HTTP", one_shot=True),
        Point("slow", 256),
        Point("net/http", 16),
    ]
