"""One blocking call: `check.py TRANSACTION`. Where to call and with which keys is read from the environment."""

from __future__ import annotations

import sys

import cloudauth


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: check.py TRANSACTION", file=sys.stderr)
        return 2
    try:
        with cloudauth.Client() as client:
            result = client.check_result(transaction_id=sys.argv[1], merchant_biz_id="example")
    except cloudauth.Error as error:
        print(f"{error.kind}: {error}\n{error.advice}", file=sys.stderr)
        return 1
    decision = cloudauth.decision(result, min_face_score=90)
    print(f"passed: {result['passed']}")
    print(f"decision: {decision['action']} ({' '.join(decision['reasons'])})")
    return 0 if result["passed"] else 1


if __name__ == "__main__":
    sys.exit(main())
