use serde_json::{Map, Value, json};

use super::scene::{Scene, yes_no};
use crate::picture::Kind;
use crate::variant::Variant;

/// `ExtFaceInfo`. Scores follow the `SubCode`: 204 another person, 205 an attack, 206 a risky device, 233 a duplicate.
pub(super) fn face(scene: &Scene<'_>) -> Value {
    let (attack, other_person) = (scene.failed("205"), scene.failed("204"));
    let variant = scene.plan.variant;
    let mut face = Map::new();
    let mut put = |name: &str, value: Value| drop(face.insert(name.to_owned(), value));
    if let Some(image) = scene.image(Kind::Face) {
        put("faceImg", image);
    }
    if !scene.text {
        return face.into();
    }
    put("faceAttack", yes_no(attack));
    put("faceAge", "30".into());
    put("faceGender", "F".into());
    put("faceAttackScore", if attack { json!(97.31) } else { json!(1.28) });
    put("guardRiskScore", if scene.failed("206") { json!(95.5) } else { json!(2.5) });
    if let Some(url) = scene.video_url {
        put("docVideoUrl", url.into());
    }
    let comparison = if other_person { json!(41.27) } else { json!(99.12) };
    if variant == Variant::FaceLiveness {
        // The score is there in verification mode only, of which 204 is a sign.
        if matches!(scene.plan.sub_code, "200" | "204") {
            put("faceComparisonScore", comparison);
        }
        registration(scene, &mut put);
    } else {
        put("facePassed", yes_no(!matches!(scene.plan.sub_code, "204" | "205" | "206")));
        put("faceComparisonScore", comparison);
        if matches!(variant, Variant::FaceVerification | Variant::Ekyc) {
            put("faceQuality", json!(95.45));
            put("faceOcclusion", yes_no(false));
        }
    }
    face.into()
}

/// Registration into the face library, and who was found there.
fn registration(scene: &Scene<'_>, put: &mut impl FnMut(&str, Value)) {
    let registered = scene.plan.sub_code == "200";
    put("faceRegistrationResult", if registered { "1" } else { "0" }.into());
    if registered {
        put("faceRegistrationID", "specimen0face0registration000001".into());
    }
    if scene.failed("233") {
        let duplicates = json!([{
            "faceGroupCode": "specimengroup",
            "faceId": "specimen0face0000000000000000002",
            "merchantUserId": "specimenuser0002",
            "score": 93.26,
        }]);
        put("duplicateFace", scene.plan.style.nested_object(duplicates));
    }
    put("deviceToken", "specimen0device0token00000000001".into());
}
