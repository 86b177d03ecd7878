"""Results and stored bodies in Ray Data. Needs ``pip install 'cloudauth[ray]'``.

>>> import cloudauth.ray, ray
>>> ids = ray.data.read_csv("ids.csv")
>>> service = {"region": "ap-southeast-1", "quota": "redis://cache.internal:6379/0?account=shop"}
>>> results = ids.map_batches(cloudauth.ray.CheckResult, fn_constructor_kwargs=service, batch_format="pyarrow", concurrency=4)
>>> results.write_parquet("results")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._check import CheckResult, refuse_other_than_arrow
from .arrow import Images, decode_column

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["CheckResult", "decode"]

CheckResult.__module__ = __name__


def decode(table: pa.Table, column: str = "body", *, images: Images = "binary") -> pa.Table:
    """:func:`cloudauth.arrow.decode_column` for ``Dataset.map_batches``, on one thread, since Ray has a task for each core.

    >>> ray.data.read_parquet("replies").map_batches(cloudauth.ray.decode, batch_format="pyarrow", batch_size=64)
    """
    refuse_other_than_arrow(table)
    return decode_column(table, column, images=images, threads=1)
