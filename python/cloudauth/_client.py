"""The client for programs that block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, NoReturn

from ._compat import Self
from ._config import ids_by_keyword, parameters_of
from ._log import logged
from ._many import Progress, outcomes, reporter
from ._operations import Operations
from ._result import CheckResult
from ._types import Outcome, Row, RowLike


class Client(Operations):
    """Calls ID Verification, blocking. Meant to be shared: by all threads, and by forked children, who get connections of
    their own. Other threads run while a call waits, and Ctrl-C ends it.
    """

    def check_result(
        self,
        *positional: NoReturn,
        transaction_id: str,
        merchant_biz_id: str,
        return_image: bool = False,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> CheckResult:
        """Fetches the outcome of one verification.

        :param transaction_id: as ``Initialize`` gave it to the server; at most 128 printable ASCII characters.
        :param merchant_biz_id: the merchant's own, 1 to 32 letters and digits.
        :param return_image: whether pictures come with the result.
        :param parameters: further parameters of the operation, by their names in the API; see :meth:`call`.
        :param unchecked: let through parameters that are newer than this library.
        :param timeout: seconds for the whole call; the client's, unless given.

        Raises :class:`cloudauth.NotCompletedError` while the end user has not finished, and other kinds of
        :class:`cloudauth.Error`. A value of the reply that cannot be decoded stands in ``problems`` and is not raised.
        """
        ids_by_keyword("check_result", positional)
        with logged:
            native = self._open()
            given = parameters_of(parameters)
            return native.check_result(transaction_id, merchant_biz_id, return_image, given, unchecked, timeout)

    def wait_for_result(
        self,
        *positional: NoReturn,
        transaction_id: str,
        merchant_biz_id: str,
        return_image: bool = False,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
        first_pause: float | None = None,
        longest_pause: float | None = None,
    ) -> CheckResult:
        """Fetches the outcome of one verification, again and again while the person has not finished.

        The arguments are those of :meth:`check_result`, but for:

        :param timeout: seconds to wait altogether, half an hour unless given; each call has the client's own limit.
        :param first_pause: seconds before the second call, two unless given; pauses grow by half.
        :param longest_pause: seconds between two calls at most, fifteen unless given.

        Raises :class:`cloudauth.NotCompletedError` where the time was over first.
        """
        ids_by_keyword("wait_for_result", positional)
        with logged:
            native = self._open()
            given, wait = parameters_of(parameters), (timeout, first_pause, longest_pause)
            return native.wait_for_result(transaction_id, merchant_biz_id, return_image, given, unchecked, wait)

    def call(
        self,
        action: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> dict[str, Any]:
        """Calls any operation of the API version, such as ``Initialize``, and returns its reply as it came.

        :param action: the operation's name.
        :param parameters: by their names in the API, at most 256 of 32 MiB together: ``str``, ``int``, ``float``, ``bool``,
            ``list`` or ``dict``. Lists and dicts are sent as JSON, ``None`` is not sent.
        :param unchecked: let through an operation, or parameters of it, that are newer than this library.
        :param timeout: seconds for the whole call; the client's, unless given.

        Raises :class:`cloudauth.Error`.
        """
        with logged:
            return self._open().call(action, parameters_of(parameters), unchecked, timeout)

    def check_many(
        self,
        rows: Iterable[Row | RowLike],
        *,
        concurrency: int | None = None,
        ordered: bool = True,
        progress: Progress = False,
        timeout: float | None = None,
    ) -> Iterator[Outcome]:
        """Fetches the outcomes of many verifications, and yields each as it comes.

        Rows are read as calls become due, never all at once: on a thread of their own, so that a row that is long in coming
        holds no outcome up. What has a length is read in place, and so is a cursor of :mod:`sqlite3`. Calls under way go on
        between two steps, and are cancelled when the iterator is closed.

        :param rows: dicts with the arguments of :meth:`check_result`, such as
            ``{"transaction_id": "...", "merchant_biz_id": "..."}``, or what reads like one, as :class:`sqlite3.Row` does.
            Other keys are ignored.
        :param concurrency: how many calls are under way at most; the client's ``max_concurrency``, unless given.
        :param ordered: yield in the order of the rows, rather than as outcomes come.
        :param progress: ``True`` for a bar by tqdm, where that is installed, or a function that gets how many are done,
            and of how many (``None`` where ``rows`` does not tell).
        :param timeout: seconds for each call.

        A call that fails is yielded with its ``error``; for a row that is none, that is an
        :class:`cloudauth.InvalidArgumentError` which names the row. What ``rows`` raises is raised once the calls under way
        have been yielded.
        """
        native = self._open()
        with logged:
            many = native.check_many(concurrency, ordered, timeout)
        return outcomes(many, rows, reporter(progress, rows), self._limiter)

    def close(self) -> None:
        """Lets go of the connections. Calls under way go on; later ones raise :class:`cloudauth.InvalidArgumentError`."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
