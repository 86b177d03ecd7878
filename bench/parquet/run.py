#!/usr/bin/env python3
"""Decodes stored bodies from Parquet in several ways, one after the other: run.py [--gib 4] [--rounds 3] [--ways read,arrow,…]

Writes the files below --folder, has each way run in a process of its own, and prints a table: the median time, GB of bodies a second
and peak memory. The Python that runs this has the package and what tests/scale/requirements.txt names.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

# Bytes of the pictures of a face and of a document, and bodies of a batch.
SHAPES = {"pictures": (100 << 10, 200 << 10, 64), "texts": (0, 0, 16_384)}
DECODED = "passed boolean, sub_code string, face binary, document binary"


def body(face: int, document: int, row: int) -> bytes:
    def picture(size: int) -> str:
        return base64.b64encode(os.urandom(size)).decode()

    face_info: dict[str, Any] = {"faceAttack": "N", "faceComparisonScore": 99.99, "facePassed": "Y", "faceAge": 30}
    document_info: dict[str, Any] = {"ocrIdPassed": "Y", "ocrIdInfo": {"name": f"Person {row}", "idNumber": f"{row:010}"}}
    if face:
        face_info["faceImg"] = picture(face)
        document_info["idImage"] = picture(document)
    result = {
        "Passed": "Y",
        "SubCode": "200",
        "ExtFaceInfo": json.dumps(face_info),
        "ExtIdInfo": json.dumps(document_info),
    }
    reply = {"RequestId": f"130A2C10-{row:027}", "Code": "Success", "Message": "success", "Result": result}
    return json.dumps(reply).encode()


def write(path: Path, shape: str, size: int) -> None:
    """`size` bytes of bodies; pictures of different rows differ, within some hundred bodies."""
    face, document, rows = SHAPES[shape]
    with parquet.ParquetWriter(path, pa.schema([("body", pa.large_binary())])) as writer:
        batch = pa.record_batch({"body": pa.array([body(face, document, row) for row in range(rows * 4)], pa.large_binary())})
        written = 0
        while written < size:
            writer.write_batch(batch, row_group_size=rows)
            written += batch.nbytes


def batches(path: Path, rows: int) -> Iterator[pa.RecordBatch]:
    with parquet.ParquetFile(path, pre_buffer=False) as file:
        yield from file.iter_batches(batch_size=rows)


def by_hand(text: bytes) -> tuple[bool, str, bytes | None, bytes | None]:
    result = json.loads(text)["Result"]
    face, document = json.loads(result["ExtFaceInfo"]).get("faceImg"), json.loads(result["ExtIdInfo"]).get("idImage")
    pictures = [None if picture is None else base64.b64decode(picture) for picture in (face, document)]
    return result["Passed"] == "Y", result["SubCode"], pictures[0], pictures[1]


def read(path: Path, rows: int) -> None:
    for _ in batches(path, rows):
        pass


def arrow(images: Any) -> Callable[[Path, int], None]:
    def run(path: Path, rows: int) -> None:
        import cloudauth.arrow

        schema = pa.schema([("body", pa.large_binary())])
        reader = pa.RecordBatchReader.from_batches(schema, batches(path, rows))
        for batch in cloudauth.arrow.decode_stream(reader, "body", images=images):
            if "error_kind" in batch.schema.names and batch.column("error_kind").null_count != batch.num_rows:
                raise SystemExit("a body was not decoded")

    return run


def pandas(path: Path, rows: int) -> None:
    import pandas

    for batch in batches(path, rows):
        frame = batch.to_pandas()
        pandas.DataFrame(frame["body"].map(by_hand).tolist(), columns=["passed", "sub_code", "face", "document"])


def spark(decode: Callable[[Any], Any]) -> Callable[[Path, int], None]:
    def run(path: Path, rows: int) -> None:
        import pyspark
        from pyspark.sql import SparkSession

        os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        builder = SparkSession.builder.master("local[*]").config("spark.driver.memory", "4g").config("spark.ui.enabled", "false")
        session = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", rows).getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        session.range(1).count()
        begun = time.monotonic()
        decode(session.read.parquet(str(path))).write.format("noop").mode("overwrite").save()
        print(json.dumps({"seconds": time.monotonic() - begun}), flush=True)
        session.stop()
        sys.exit()

    return run


def in_python(frame: Any) -> Any:
    def decode(given: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in given:
            columns = list(zip(*map(by_hand, batch.column("body").to_pylist()), strict=True))
            types = (pa.bool_(), pa.string(), pa.binary(), pa.binary())
            arrays = [pa.array(column, of) for column, of in zip(columns, types, strict=True)]
            yield pa.RecordBatch.from_arrays(arrays, ["passed", "sub_code", "face", "document"])

    return frame.mapInArrow(decode, DECODED)


def in_arrow(frame: Any) -> Any:
    import cloudauth.spark

    decode = cloudauth.spark.decode("body")
    return frame.mapInArrow(decode, decode.schema(frame.schema))


WAYS: dict[str, tuple[str, Callable[[Path, int], None]]] = {
    "read": ("Parquet read, and nothing else", read),
    "drop": ("`cloudauth.arrow`, without pictures", arrow("drop")),
    "arrow": ("`cloudauth.arrow`", arrow("binary")),
    "pandas": ("pandas, json and base64", pandas),
    "spark-read": ("Spark read, and nothing else", spark(lambda frame: frame)),
    "spark-arrow": ("Spark, `cloudauth.spark.decode`", spark(in_arrow)),
    "spark-python": ("Spark, json and base64 in Python", spark(in_python)),
}


def measure(way: str, path: Path, rows: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--run", way, str(path), str(rows)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def main() -> None:
    if sys.argv[1:2] == ["--run"]:
        way, path, rows = sys.argv[2:]
        begun = time.monotonic()
        WAYS[way][1](Path(path), int(rows))
        status = Path("/proc/self/status").read_text()
        peak = int(status.partition("VmHWM:")[2].split()[0]) << 10
        print(json.dumps({"seconds": time.monotonic() - begun, "peak": peak}))
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gib", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ways", default=",".join(WAYS))
    parser.add_argument("--shapes", default=",".join(SHAPES))
    parser.add_argument("--folder", help="for the files; a temporary one, unless given")
    options = parser.parse_args()
    ways = options.ways.split(",")
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for shape in options.shapes.split(","):
            path, rows = Path(folder, f"{shape}.parquet"), SHAPES[shape][2]
            write(path, shape, int(options.gib * (1 << 30)))
            gigabytes = sum(batch.nbytes for batch in batches(path, rows)) / 1e9
            taken: dict[str, list[dict[str, float]]] = {way: [] for way in ways}
            for _ in range(options.rounds):
                for way in ways:
                    taken[way].append(measure(way, path, rows))
            print(f"\n| {gigabytes:.1f} GB of bodies with {shape} | s | GB/s | peak, MiB |\n|---|---|---|---|")
            for way in ways:
                seconds = statistics.median(each["seconds"] for each in taken[way])
                peak = max(each.get("peak", 0) for each in taken[way]) / (1 << 20)
                shown = f"{peak:.0f}" if peak else ""
                print(f"| {WAYS[way][0]} | {seconds:.1f} | {gigabytes / seconds:.2f} | {shown} |", flush=True)
            path.unlink()


if __name__ == "__main__":
    main()
