"""Fetches the results of a list of transactions on Ray, as Parquet: fetch.py IDS.csv RESULTS [--workers 2]

The list has the columns transaction_id and merchant_biz_id. Region, quota and keys come from the environment, on a cluster from
that of each worker: CLOUDAUTH_REGION, CLOUDAUTH_QUOTA, ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET.
"""

from __future__ import annotations

import argparse

import ray
from ray.data import ActorPoolStrategy

import cloudauth.ray


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("ids")
    parser.add_argument("results")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--qps", type=int, help="requests a second of all workers together; the region's quota, unless given")
    options = parser.parse_args()

    ids = ray.data.read_csv(options.ids).repartition(target_num_rows_per_block=500)
    results = ids.map_batches(
        cloudauth.ray.CheckResult,
        fn_constructor_kwargs={"qps": options.qps},
        batch_format="pyarrow",
        compute=ActorPoolStrategy(size=options.workers),
        # A worker waits more than it works.
        num_cpus=0.1,
    )
    results.write_parquet(options.results)
    print(f"results are in {options.results}")


if __name__ == "__main__":
    main()
