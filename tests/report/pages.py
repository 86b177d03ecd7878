"""What is reported: a result, archives and a run, of invented people, and one that means harm."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

NAME = "CHAN TAI MAN"


class Pages:
    def __init__(self, cloudauth: str, folder: Path) -> None:
        self._cloudauth, self._folder = cloudauth, folder
        self._run("demo", "--out", str(folder / "demo"))
        archive = folder / "demo/journey/archive"
        changed = folder / "changed"
        shutil.copytree(archive, changed)
        (changed / "face.jpg").write_bytes(b"forged")
        self.transaction = json.loads((archive / "manifest.json").read_text())["transaction_id"]
        hostile = folder / "hostile.json"
        hostile.write_text(json.dumps(_hostile()))
        run = folder / "run"
        run.mkdir()
        (run / "results.jsonl").write_text("".join(json.dumps(line) + "\n" for line in _records()))
        self._sources = {
            "result": folder / "demo/faceliveness/result.json",
            "archive": archive,
            "changed": changed,
            "hostile": hostile,
            "run": run,
        }

    def page(self, name: str, *, show: bool) -> Path:
        to = self._folder / f"{name}{'-shown' if show else ''}.html"
        if not to.exists():
            self._run("report", str(self._sources[name]), "--out", str(to), *["--show"][: int(show)])
        return to

    def written(self, name: str, text: str) -> Path:
        """A page of a test's own."""
        to = self._folder / name
        to.write_text(text)
        return to

    def _run(self, *arguments: str) -> None:
        subprocess.run([self._cloudauth, *arguments], check=True, capture_output=True)


def _hostile() -> dict[str, Any]:
    """A reply that would ask for something and run a script, if its text were markup."""
    markup = "</style></title><img src=http://127.0.0.1:9/a onerror=alert(1)><script>document.title='taken'</script>"
    texts = [markup, f"'\">{markup}", "javascript:alert(1)", "\u202emoc.elpmaxe", "A" * (1 << 20), NAME]
    fields = {f"field{index}": text for index, text in enumerate(texts)} | {markup: markup, "name": NAME, "address": texts[4]}
    return {
        "RequestId": markup,
        "Code": "Success",
        "Result": {
            "Passed": markup,
            "SubCode": markup,
            markup: markup,
            "ExtFaceInfo": {"docVideoUrl": "http://127.0.0.1:9/video", "faceComparisonScore": "1e400", "faceQuality": markup},
            "ExtIdInfo": {"ocrIdInfo": fields, "spoofInfo": {"spoofResult": "Y", "spoofType": [markup]}},
        },
    }


def _records() -> list[dict[str, Any]]:
    """Two minutes of a run."""
    codes, records = ["200"] * 14 + ["205", "204", "204", "212"], list[dict[str, Any]]()
    for number in range(360):
        record: dict[str, Any] = {"transaction_id": f"hkscanary{number}", "ended_at": f"2026-03-01T10:{number // 180:02}:{number // 3 % 60:02}Z"}
        code = codes[number % len(codes)]
        if number % 40 == 39:
            record |= {"outcome": "failed", "kind": "access_denied"}
        elif number % 60 == 58:
            record |= {"outcome": "expired"}
        else:
            score = 96 + number % 8 / 2 if code == "200" else 30 + number % 60
            record |= {"outcome": "fetched", "passed": code == "200", "sub_code": code, "face_score": score}
        records.append(record)
    return records
