"""What a person reads. Never the reason in detail: it helps whoever cheats, and tells of the person."""

from __future__ import annotations

from dataclasses import dataclass

from .store import Verification


@dataclass(frozen=True)
class Words:
    title: str
    text: str
    button: str | None = None


_START = "Verify your identity"
_AGAIN = "Try again"

_BY_STATE = {
    "waiting": Words(
        "We are waiting for your verification",
        "When you have finished, this page changes by itself. If you closed the page with the camera, you can begin anew.",
        "Begin anew",
    ),
    "accept": Words("You are verified", "Thank you. You need not do anything else."),
    "retry": Words("That did not work", "Please try again.", _AGAIN),
    "review": Words("We are taking a closer look", "One of us checks your verification and writes to you within two days."),
    "reject": Words("We could not verify you", "Please write to us if you think that this is a mistake."),
    "abandoned": Words("You left before the end", "Nothing is lost: you can begin anew.", _AGAIN),
    "expired": Words("Your verification has lapsed", "It has to begin within 30 minutes.", _AGAIN),
    "gone": Words("We could not verify you", "The verification is not there any more.", _AGAIN),
}
BROKEN = Words("Something went wrong on our side", "Please try again in a few minutes.", _AGAIN)
_NOT_YET = Words(_START, "You need an identity document and a camera. It takes about two minutes.", _START)

# What the person can do about it, by SubCode.
_ADVICE = {
    "204": "Find good light, look straight into the camera, and use a document with your own picture.",
    "206": "Use another phone or browser, without apps that copy or change other apps.",
    "217": "Find good light, and keep your face free and in the middle.",
}


def words(verification: Verification | None) -> Words:
    if verification is None:
        return _NOT_YET
    found = _BY_STATE[verification.state]
    advice = _ADVICE.get(verification.sub_code or "") if verification.state == "retry" else None
    return Words(found.title, advice, found.button) if advice else found
