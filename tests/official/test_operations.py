"""The table of operations holds all that the official Python package knows, and nothing else."""

import inspect
import tomllib
import typing
from copy import deepcopy
from pathlib import Path

from alibabacloud_cloudauth_intl20220809.client import Client
from alibabacloud_tea_openapi.models import Config

TABLE = Path(__file__).parents[2] / "core/schema/operations.toml"
PARAMETERS = {str: ("", "x"), int: (" integer", 1), typing.List[str]: (" list", ["x"])}
FIELDS = PARAMETERS | {float: (" number", 1.0), bool: (" boolean", True), typing.Dict[str, str]: (" object", {"x": "x"})}


class Sent(Exception):
    """Holds what the official client was about to send."""


def client():
    """An official client that sends nothing."""

    def call_api(params, request, _runtime):
        raise Sent(params, request)

    client = Client(Config(access_key_id="x", access_key_secret="x", endpoint="127.0.0.1:1"))
    client.call_api = call_api
    return client


def hints(model):
    return typing.get_type_hints(model.__init__, vars(inspect.getmodule(model)))


def wire_name(model, attribute, value):
    """What an attribute is called in JSON."""
    one, empty = model(), model().to_map()
    setattr(one, attribute, value)
    (name,) = [name for name, value in one.to_map().items() if empty.get(name) != value]
    return name


def fields(model, prefix=""):
    """The fields of a reply's model, as the table writes them."""
    for attribute, hint in hints(model).items():
        if hint in FIELDS:
            kind, value = FIELDS[hint]
            yield prefix + wire_name(model, attribute, value) + kind
        elif typing.get_origin(hint) is list:
            (item,) = typing.get_args(hint)
            yield from fields(item, prefix + wire_name(model, attribute, [item()]) + "[].")
        else:
            yield from fields(hint, prefix + wire_name(model, attribute, hint()) + ".")


def official():
    """All operations of the installed package, as the table writes them."""
    for name, method in inspect.getmembers(client(), inspect.ismethod):
        if not name.endswith("with_options"):
            continue
        given = typing.get_type_hints(method.__func__, method.__func__.__globals__)
        reply, arguments, kinds = given.pop("return"), [], {}
        for model in list(given.values())[:-1]:
            request = model()
            for attribute, hint in hints(model).items():
                kind, value = PARAMETERS[hint]
                setattr(request, attribute, value)
                kinds[wire_name(model, attribute, value)] = kind
            arguments.append(request)
        try:
            method(*arguments, None)
        except Sent as sent:
            params, request = sent.args
        assert all(value == '["x"]' for key, value in (request.query or {}).items() if kinds[key] == " list"), name
        yield {
            "action": params.action,
            "query": sorted(key + kinds[key] for key in request.query or {}),
            "form": sorted(key + kinds[key] for key in request.body or {}),
            "reply": sorted(fields(hints(reply)["body"])),
        }


def differences(table):
    """A line for each operation, parameter or field that only one of the two knows."""
    ours = {operation["action"]: operation for operation in table["operation"]}
    theirs = {operation["action"]: operation for operation in official()}
    lines = [f"the table lacks operation {action}" for action in sorted(theirs.keys() - ours.keys())]
    lines += [f"the package has no operation {action}" for action in sorted(ours.keys() - theirs.keys())]
    for action in sorted(ours.keys() & theirs.keys()):
        for part in ("query", "form", "reply"):
            own, other = set(ours[action].get(part, [])), set(theirs[action][part])
            lines += [f"{action}: the table lacks {name!r} in its {part}" for name in sorted(other - own)]
            lines += [f"{action}: the package has no {name!r} in its {part}" for name in sorted(own - other)]
    return lines


def table():
    return tomllib.loads(TABLE.read_text())


def test_the_table_is_the_packages():
    assert table()["operation"]
    assert differences(table()) == []


def test_what_is_missing_is_named():
    short = deepcopy(table())
    short["operation"] = [operation for operation in short["operation"] if operation["action"] != "CardOcr"]
    initialize = next(operation for operation in short["operation"] if operation["action"] == "Initialize")
    initialize["query"].remove("MetaInfo")
    initialize["reply"].remove("Result.TransactionId")
    assert differences(short) == [
        "the table lacks operation CardOcr",
        "Initialize: the table lacks 'MetaInfo' in its query",
        "Initialize: the table lacks 'Result.TransactionId' in its reply",
    ]
