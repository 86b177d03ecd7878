"""What a merchant makes of a reply by hand."""

import base64
import json


def decoded(body):
    """A result from a reply's body: JSON in JSON, pictures to bytes."""
    result = body["Result"]
    face = json.loads(result["ExtFaceInfo"])
    document = json.loads(result["ExtIdInfo"])
    for page in document["ocrIdInfoData"].values():
        page["ocrIdInfo"] = json.loads(page["ocrIdInfo"])
        page["spoofInfo"] = json.loads(page["spoofInfo"])
    page = document["ocrIdInfoData"]["01"]
    pictures = [base64.b64decode(holder[key]) for holder, key in ((face, "faceImg"), (page, "idImage")) if key in holder]
    return result["Passed"] == "Y", float(face["faceComparisonScore"]), page["ocrIdInfo"]["surname"], pictures
