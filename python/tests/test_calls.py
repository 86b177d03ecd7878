"""Calls that block."""

from __future__ import annotations

import asyncio
import builtins
import json
import logging
import math
import pickle
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import cloudauth
from cloudauth.testing import Emulator

from .conftest import KEYS, SilentServer


def test_a_result_is_dicts_and_bytes(client: cloudauth.Client) -> None:
    result = client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo", return_image=True)
    assert isinstance(result, dict)
    assert list(result) == list(cloudauth.CheckResult.__annotations__)
    assert result["passed"] is True
    face, document = result["face"], result["document"]
    assert face is not None
    assert document is not None
    assert list(face) == list(cloudauth.Face.__annotations__)
    assert type(face["comparison_score"]) is float
    image = face["image"]
    assert image is not None
    assert image["bytes"].startswith(b"\xff\xd8\xff")
    assert image["format"] == "jpeg"
    page = document["pages"]["01"]
    assert list(page) == list(cloudauth.Page.__annotations__)
    assert list(page["identity"] or ()) == list(cloudauth.Identity.__annotations__)
    assert client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["face"] != face


def test_parameters_and_any_operation(client: cloudauth.Client) -> None:
    assert client.check_result(transaction_id="idocr200", merchant_biz_id="demo", parameters={"ReturnFiveCategorySpoofResult": "Y"})["passed"]
    reply = client.call("Initialize", {"ProductCode": "eKYC_PRO", "MerchantBizId": "demo", "MetaInfo": "{}", "MerchantUserId": "u"})
    assert reply["Code"] == "Success"
    with pytest.raises(cloudauth.NotCompletedError):
        client.check_result(transaction_id=reply["Result"]["TransactionId"], merchant_biz_id="demo")


def test_an_error_knows_all(client: cloudauth.Client) -> None:
    with pytest.raises(cloudauth.ThrottledError) as refused:
        client.check_result(transaction_id="errorThrottlingApi", merchant_biz_id="demo")
    error = refused.value
    assert (error.kind, error.code, error.http_status) == ("throttled", "Throttling.Api", 403)
    assert error.retryable is True
    assert error.attempts == 3
    assert error.request_id
    assert error.advice
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is cloudauth.ThrottledError
    assert (str(again), vars(again)) == (str(error), vars(error))


def test_each_kind_has_its_class() -> None:
    classes = {kind.kind: kind for kind in cloudauth.Error.__subclasses__()}
    kinds = (
        "invalid_argument credentials authentication access_denied invalid_request not_completed throttled unavailable service "
        "network tls timeout cancelled protocol too_large blocked io internal forked"
    ).split()
    assert sorted(classes) == sorted(kinds)
    for kind, error in classes.items():
        assert error.__name__ == kind.title().replace("_", "") + "Error"
        assert getattr(cloudauth, error.__name__) is error
        explained = cloudauth.explain(kind)
        assert explained is not None
        assert explained["type"] == "kind"
    assert issubclass(cloudauth.TimeoutError, builtins.TimeoutError)
    assert issubclass(cloudauth.InvalidArgumentError, ValueError)
    assert issubclass(cloudauth.NetworkError, ConnectionError)


def test_time_is_over(silent: SilentServer) -> None:
    with cloudauth.Client(endpoint=silent.endpoint, **KEYS) as client, pytest.raises(cloudauth.TimeoutError, match="50 ms"):
        client.check_result(transaction_id="t", merchant_biz_id="demo", timeout=0.05)
    with cloudauth.Client(endpoint=silent.endpoint, timeout=0.05, **KEYS) as client, pytest.raises(builtins.TimeoutError):
        client.check_result(transaction_id="t", merchant_biz_id="demo")


def test_no_one_there() -> None:
    with cloudauth.Client(endpoint="http://127.0.0.1:1", **KEYS) as client, pytest.raises(ConnectionError):
        client.check_result(transaction_id="t", merchant_biz_id="demo")


def test_tls() -> None:
    with Emulator(tls=True, security_token="token") as emulator:
        with cloudauth.Client(**emulator.client_args) as client:
            assert client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"]
        stranger = emulator.client_args
        stranger["ca_file"] = None
        with cloudauth.Client(**stranger) as client, pytest.raises(cloudauth.TlsError):
            client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")


def test_decision_and_explanation(client: cloudauth.Client) -> None:
    result = client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
    assert cloudauth.decision(result)["action"] == "accept"
    strict = cloudauth.decision(result, min_face_score=100.0)
    assert strict["action"] == "review"
    assert "below the threshold 100" in strict["reasons"][-1]
    # Finding G3
    for least in (-5, 101, 10**400, math.nan, math.inf, -math.inf):
        with pytest.raises(cloudauth.InvalidArgumentError, match="^min_face_score: must be 0 to 100"):
            cloudauth.decision(result, min_face_score=least)
    with pytest.raises(cloudauth.InvalidArgumentError, match="the scale ends at 100, not at 1"):
        cloudauth.decision(result, min_face_score=0.9)
    for wrong in (True, "90"):
        with pytest.raises(TypeError, match="^min_face_score: must be a number, not "):
            cloudauth.decision(result, min_face_score=wrong)  # type: ignore[arg-type]
    assert cloudauth.decision(result, min_face_score=0)["action"] == "accept"
    explained = cloudauth.explain("212")
    assert explained is not None
    assert list(explained) == list(cloudauth.Explanation.__annotations__)
    assert (explained["type"], explained["action"], explained["billed"]) == ("sub_code", "reject", True)
    left = cloudauth.explain("A1006_2")
    assert left is not None
    assert (left["type"], left["action"], left["billed"]) == ("client_code", None, False)
    throttling = cloudauth.explain("Throttling.Api")
    assert throttling is not None
    assert (throttling["kind"], throttling["retry"]) == ("throttled", "after_pause")
    assert cloudauth.explain("none such") is None


@pytest.mark.parametrize(
    ("double", "text"),
    [
        (0.0, "0"), (-0.0, "0"), (1.0, "1"), (-1.5, "-1.5"), (100.0, "100"), (99.12, "99.12"), (1e20, "100000000000000000000"),
        (1e21, "1e+21"), (1.25e21, "1.25e+21"), (1e-6, "0.000001"), (1e-7, "1e-7"), (1.5e-7, "1.5e-7"), (5e-324, "5e-324"),
        (123456789012345680.0, "123456789012345680"), (0.1, "0.1"), (1 / 3, "0.3333333333333333"),
        (sys.float_info.max, "1.7976931348623157e+308"),
    ],
)  # fmt: skip
def test_doubles_print_as_in_ecmascript(double: float, text: str) -> None:
    result = cloudauth.decode('{"Code": "Success"}')
    result["source"] = double
    assert json.loads(cloudauth.canonical_json(result))["source"] == double
    assert f'"source":{text},' in cloudauth.canonical_json(result)


def test_many_in_order_and_as_they_come(client: cloudauth.Client) -> None:
    ids = ["ekycpro200", "idocr212", "errorInternalError", "x y"] * 5
    rows: list[cloudauth.Row] = [{"transaction_id": id, "merchant_biz_id": "demo"} for id in ids]
    told: list[tuple[int, int | None]] = []
    outcomes = list(client.check_many(rows, progress=lambda done, total: told.append((done, total))))
    assert told == [(done, 20) for done in range(1, 21)]
    assert [outcome.position for outcome in outcomes] == list(range(20))
    assert [outcome.row for outcome in outcomes] == rows
    assert [type(outcome.error) for outcome in outcomes[:4]] == [
        type(None), type(None), cloudauth.UnavailableError, cloudauth.InvalidArgumentError
    ]  # fmt: skip
    assert all((outcome.result is None) != (outcome.error is None) for outcome in outcomes)
    unordered = list(client.check_many(iter(rows), ordered=False, concurrency=3))
    assert sorted(outcome.position for outcome in unordered) == list(range(20))
    assert list(client.check_many([])) == []


def test_many_reads_no_more_rows_than_it_calls(client: cloudauth.Client) -> None:
    def rows(read: list[int]) -> Iterator[cloudauth.Row]:
        for number in range(1000):
            read.append(number)
            yield {"transaction_id": "ekycpro200", "merchant_biz_id": "demo"}

    for ordered in (True, False):
        read: list[int] = []
        outcomes = client.check_many(rows(read), concurrency=4, ordered=ordered)
        for taken in range(1, 50):
            next(outcomes)
            assert len(read) <= taken + 4
    everything = client.check_many(rows([]), concurrency=4)
    assert sum(outcome.result is not None for outcome in everything) == 1000


def test_many_shows_a_bar(client: cloudauth.Client, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    rows: list[cloudauth.Row] = [{"transaction_id": "ekycpro200", "merchant_biz_id": "demo"}] * 3
    assert len(list(client.check_many(rows, progress=True))) == 3
    assert "3/3" in capsys.readouterr().err


def test_the_log_tells_of_calls_and_of_nobody(client: cloudauth.Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "cloudauth"):
        client.check_result(transaction_id="ekycpro200", merchant_biz_id="canarybiz", return_image=True)
        with pytest.raises(cloudauth.ThrottledError):
            client.check_result(transaction_id="errorThrottlingApi", merchant_biz_id="canarybiz")
    told = caplog.text
    assert re.search(r'call{action="CheckResult" .*}: succeeded ms=\d+$', told, re.MULTILINE)
    failure = 'kind="throttled" code="Throttling.Api" http_status=403'
    assert re.search(rf"}}: failed {failure} attempts=3 ms=\d+$", told, re.MULTILINE)
    # Finding E6: neither these nor what follows below was in the log.
    assert len(re.findall(rf"}}: trying again {failure} pause_ms=\d+$", told, re.MULTILINE)) == 2
    for private in ("canarybiz", "ekycpro200", "emulator-key", "SPECIMEN"):
        assert private not in told


# Finding E6
@pytest.mark.parametrize("ordered", [True, False])
def test_the_log_tells_of_many_calls(client: cloudauth.Client, caplog: pytest.LogCaptureFixture, ordered: bool) -> None:
    rows = [{"transaction_id": id, "merchant_biz_id": "demo"} for id in ("ekycpro200", "errorInternalError", "idocr212")]
    with caplog.at_level(logging.DEBUG, "cloudauth"):
        assert len(list(client.check_many(rows, ordered=ordered))) == 3
    ends = [line for line in caplog.messages if "succeeded" in line or 'failed kind="unavailable"' in line]
    assert len(ends) == 3, caplog.text


# Finding E6
def test_the_log_has_the_warnings(emulator: Emulator, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOUDAUTH_ENDPOINT", emulator.endpoint)
    cloudauth.Client(region="ap-southeast-1", **KEYS)
    (warning,) = (record for record in caplog.records if record.name == "cloudauth")
    assert warning.levelno == logging.WARNING
    assert warning.getMessage() == f"CLOUDAUTH_ENDPOINT overrides the host of the region given endpoint={emulator.endpoint}"


# Finding D2: a code of a known family was logged whatever stood behind the family.
@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("Throttling.\nCRITICAL fake line Chan", "…"),
        ("Throttling.\x1b[31mChan Tai Man A1234567", "…"),
        ("Throttling.\u2028Chan", "…"),
        ("Chan Tai Man A1234567", "…"),
        ("Throttling.Api", "Throttling.Api"),
    ],
)
def test_the_log_shows_codes_by_their_form(tmp_path: Path, caplog: pytest.LogCaptureFixture, code: str, shown: str) -> None:
    body = json.dumps({"Code": code, "RequestId": "Chan Tai Man", "Message": code})
    (tmp_path / "told").mkdir()
    (tmp_path / "told" / "reply.http").write_text(f"HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n{body}")
    with Emulator(cases=tmp_path) as emulator, cloudauth.Client(**emulator.client_args, max_attempts=1) as client:
        with caplog.at_level(logging.DEBUG, "cloudauth"), pytest.raises(cloudauth.Error) as refused:
            client.check_result(transaction_id="told", merchant_biz_id="demo")
    (line,) = (record.getMessage() for record in caplog.records if record.name == "cloudauth")
    assert f'code="{shown}" ' in line
    error = refused.value
    for text in (line, str(error), repr(error), str(error.code), str(error.request_id)):
        assert "Chan" not in text
        assert text.isprintable()


# Finding G2: the error said no, the catalogue and the error's own text yes.
def test_who_has_not_finished_may_be_asked_for_again(client: cloudauth.Client) -> None:
    with pytest.raises(cloudauth.NotCompletedError) as refused:
        client.check_result(transaction_id="pending3", merchant_biz_id="demo")
    assert refused.value.retryable is True
    assert refused.value.code is not None
    explained = cloudauth.explain(refused.value.code)
    assert explained is not None
    assert explained["retry"] == "after_pause"


# Finding G7: advice named the options of C.
def test_advice_names_options_of_python(silent: SilentServer) -> None:
    for kind in cloudauth.Error.__subclasses__():
        explained = cloudauth.explain(kind.kind)
        assert explained is not None
        assert "_ms" not in explained["advice"]
    with cloudauth.Client(endpoint=silent.endpoint, **KEYS) as client, pytest.raises(cloudauth.TimeoutError) as over:
        client.check_result(transaction_id="t", merchant_biz_id="demo", timeout=0.05)
    assert "(timeout)" in over.value.advice


def test_what_a_client_has_done_is_counted(emulator: Emulator) -> None:
    with cloudauth.Client(**emulator.client_args, max_attempts=2, throttle_base=0.01) as client:
        client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
        with pytest.raises(cloudauth.ThrottledError):
            client.check_result(transaction_id="errorThrottlingApi", merchant_biz_id="demo")
        stats = client.stats()
    assert (stats["calls"], stats["succeeded"], stats["failed"]) == (2, 1, 1)
    assert (stats["requests"], stats["retries"], stats["throttled"]) == (3, 1, 2)
    assert stats["connections"] == 1 and stats["bytes_received"] > 0


def test_a_result_is_waited_for(emulator: Emulator) -> None:
    with cloudauth.Client(**emulator.client_args) as client:
        assert client.wait_for_result(transaction_id="pending2", merchant_biz_id="demo", first_pause=0.01, longest_pause=0.02)["request_id"]
        assert client.wait_for_result(transaction_id="pending2", merchant_biz_id="demo", longest_pause=0)["request_id"]
        with pytest.raises(cloudauth.NotCompletedError):
            client.wait_for_result(transaction_id="pending99", merchant_biz_id="demo", timeout=0.1)

    async def wait() -> None:
        async with cloudauth.AsyncClient(**emulator.client_args) as client:
            assert (await client.wait_for_result(transaction_id="ekycpro200", merchant_biz_id="demo", first_pause=0.01))["passed"]
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(client.wait_for_result(transaction_id="pending99", merchant_biz_id="demo"), 0.2)

    asyncio.run(wait())


def test_an_emulator_does_what_a_test_wants() -> None:
    with (
        Emulator(qps=5, finish_after=600) as emulator,
        cloudauth.Client(**emulator.client_args, max_attempts=1) as client,
    ):
        begin = {"ProductCode": "eKYC_PRO", "MerchantBizId": "demo", "MetaInfo": "{}", "MerchantUserId": "u"}
        first, second = (client.call("Initialize", begin)["Result"]["TransactionId"] for _ in range(2))
        emulator.finish(first, "212")
        assert client.check_result(transaction_id=first, merchant_biz_id="demo")["sub_code"] == "212"
        with pytest.raises(cloudauth.NotCompletedError):
            client.check_result(transaction_id=second, merchant_biz_id="demo")
        emulator.advance(601)
        assert client.check_result(transaction_id=second, merchant_biz_id="demo")["sub_code"] == "200"
        assert [call["action"] for call in emulator.calls] == ["Initialize"] * 2 + ["CheckResult"] * 3
        with pytest.raises(ValueError, match="transaction_id: not one that Initialize gave"):
            emulator.finish("none", "200")
        with pytest.raises(cloudauth.ThrottledError):
            for _ in range(6):
                client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
        emulator.set_faults("html-200")
        with pytest.raises(cloudauth.ProtocolError):
            client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
        emulator.set_faults()
        with pytest.raises(ValueError, match="latentcy: not a fault; they are latency, "):
            emulator.set_faults("latentcy")
    with pytest.raises(RuntimeError, match="the emulator was stopped"):
        emulator.advance(1)
    with pytest.raises(ValueError, match="qps"):
        Emulator(qps=0)


def test_the_package_is_typed() -> None:
    assert (Path(cloudauth.__file__).parent / "py.typed").exists()
    assert set(cloudauth.__all__) <= set(dir(cloudauth)) | {"AsyncClient", "testing"}
