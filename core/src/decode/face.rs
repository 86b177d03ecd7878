//! `ExtFaceInfo`.

use super::nested::{Decoder, Object, Reader};
use super::path::Path;
use crate::result::{Duplicate, Face};
use crate::tree::Node;

pub(super) fn face(decoder: &mut Decoder, mut object: Object<'_>) -> Face {
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
        if let Some(items) = decoder.list(value, object.depth(), &path) {
            face.duplicates = Some(duplicates(decoder, &items, &path));
            if items.iter().any(has_further_names) {
                let mut list = Node::List(items);
                decoder.keep(&mut list, &path);
                whole_list = Some(list);
            }
        }
    }
    face.extra = object.into_extra(decoder);
    face.extra.extend(whole_list.map(|list| ("duplicateFace".to_owned(), list.into_value())));
    face
}

const DUPLICATE_NAMES: [&str; 4] = ["faceGroupCode", "faceId", "merchantUserId", "score"];

/// Whether [`Duplicate`] has no name for one of its fields.
fn has_further_names(item: &Node) -> bool {
    item.as_object().is_some_and(|fields| fields.names().any(|name| !DUPLICATE_NAMES.contains(&name)))
}

fn duplicates(decoder: &mut Decoder, items: &[Node], path: &Path<'_>) -> Vec<Duplicate> {
    let mut duplicates = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let path = path.element(index);
        let Node::Object(fields) = item else {
            decoder.problem(&path, "not an object", item);
            continue;
        };
        let mut reader = Reader { decoder, fields, path: &path };
        let [group, id, user, score] = DUPLICATE_NAMES;
        duplicates.push(Duplicate {
            face_group_code: reader.text(&[group]),
            face_id: reader.text(&[id]),
            merchant_user_id: reader.text(&[user]),
            score: reader.number(&[score]),
        });
    }
    duplicates
}
