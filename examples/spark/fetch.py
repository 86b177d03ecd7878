"""Fetches the results of a list of transactions on Spark, as Parquet: fetch.py IDS.csv RESULTS [--master local-cluster[2,1,1024]]

The list has the columns transaction_id and merchant_biz_id. Region, quota and keys come from the environment, on a cluster from
that of each worker: CLOUDAUTH_REGION, CLOUDAUTH_QUOTA, ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

import cloudauth.spark


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("ids")
    parser.add_argument("results")
    parser.add_argument("--master", default="local-cluster[2,1,1024]", help="two workers on this machine, unless given")
    parser.add_argument("--partitions", type=int, default=40, help="parts of the work: a lost worker's is done again")
    parser.add_argument("--qps", type=int, help="requests a second of all workers together; the region's quota, unless given")
    options = parser.parse_args()

    # Workers on this machine find Spark and Python as they are here.
    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.master(options.master).appName("cloudauth").getOrCreate()
    ids = spark.read.csv(options.ids, header=True).repartition(options.partitions)
    fetch = cloudauth.spark.check_result(qps=options.qps)
    ids.mapInArrow(fetch, fetch.schema(ids.schema)).write.parquet(options.results)
    spark.stop()
    print(f"results are in {options.results}")


if __name__ == "__main__":
    main()
