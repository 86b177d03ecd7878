//! `ExtFaceInfo`.

use super::nested::{Decoder, Object};
use crate::result::{Duplicate, Face, Value};

pub(super) fn face(decoder: &mut Decoder, mut object: Object) -> Face {
    let mut face = Face {
        passed: object.flag(decoder, "facePassed"),
        comparison_score: object.number(decoder, "faceComparisonScore"),
        image: object.image(decoder, "faceImg"),
        attack: object.flag(decoder, "faceAttack"),
        quality: object.number(decoder, "faceQuality"),
        occlusion: object.flag(decoder, "faceOcclusion"),
        video_url: object.text(decoder, "docVideoUrl"),
        age: object.whole(decoder, "faceAge"),
        gender: object.text(decoder, "faceGender"),
        attack_score: object.number(decoder, "faceAttackScore"),
        guard_risk_score: object.number(decoder, "guardRiskScore"),
        registered: object.flag(decoder, "faceRegistrationResult"),
        registration_id: object.text(decoder, "faceRegistrationID"),
        device_token: object.text(decoder, "deviceToken"),
        ..Face::default()
    };
    let mut whole_list = None;
    if let Some(value) = object.take("duplicateFace") {
        let path = object.path("duplicateFace");
        if let Some((items, depth)) = decoder.list(value, object.depth(), &path) {
            let (duplicates, unnamed) = duplicates(decoder, &items, depth, &path);
            face.duplicates = Some(duplicates);
            whole_list = unnamed.then(|| {
                let mut list = Value::Array(items);
                decoder.expand(&mut list, 0, &mut path.clone());
                list
            });
        }
    }
    face.extra = object.into_extra(decoder);
    face.extra.extend(whole_list.map(|list| ("duplicateFace".to_owned(), list)));
    face
}

/// The duplicates, and whether one of them has a field that [`Duplicate`] has no name for.
fn duplicates(decoder: &mut Decoder, items: &[Value], depth: u8, path: &str) -> (Vec<Duplicate>, bool) {
    let mut duplicates = Vec::with_capacity(items.len());
    let mut unnamed = false;
    for (index, item) in items.iter().enumerate() {
        let path = format!("{path}[{index}]");
        if !item.is_object() {
            decoder.problem(path, "not an object", item);
            continue;
        }
        let Some(mut object) = decoder.object(item.clone(), depth, &path) else { continue };
        duplicates.push(Duplicate {
            face_group_code: object.text(decoder, "faceGroupCode"),
            face_id: object.text(decoder, "faceId"),
            merchant_user_id: object.text(decoder, "merchantUserId"),
            score: object.number(decoder, "score"),
        });
        unnamed |= !object.is_empty();
    }
    (duplicates, unnamed)
}
