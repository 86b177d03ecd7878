//! The faces to compare with.

use super::given::Given;
use super::refusal::refuse;
use crate::error::Result;

/// The service's 1 MB, taken for the larger of the two that it may mean.
const MAX_PICTURE: usize = 1 << 20;

/// A face's parameters, and the arguments that give them.
struct Face {
    picture: (&'static str, &'static str),
    url: (&'static str, &'static str),
    file: (&'static str, &'static str),
}

const FACE: Face = Face {
    picture: ("face_picture", "FacePictureBase64"),
    url: ("face_picture_url", "FacePictureUrl"),
    file: ("face_picture_file", "FacePictureFile"),
};
const TARGET: Face = Face {
    picture: ("target_face_picture", "TargetFacePicture"),
    url: ("target_face_picture_url", "TargetFacePictureUrl"),
    file: ("target_face_picture_file", "TargetFacePictureFile"),
};

pub(super) fn validate(given: Given<'_>) -> Result<()> {
    for face in [FACE, TARGET] {
        let (argument, parameter) = face.file;
        if given.has(parameter) && given.0.action() == "Initialize" {
            return refuse(argument, "only InitializeV2 takes it: name it as `operation`");
        }
        let (argument, parameter) = face.picture;
        if let Some(base64) = given.text(parameter) {
            picture(argument, base64)?;
        }
    }
    let places = [FACE.picture, FACE.url, FACE.file].into_iter().filter(|(_, parameter)| given.has(parameter)).count();
    match (given.is("ProductCode", "FACE_VERIFY"), places) {
        (false, _) | (true, 1) => Ok(()),
        (true, 0) => refuse("face_picture", "FACE_VERIFY needs it, or `face_picture_url` or `face_picture_file`"),
        (true, _) => refuse("face_picture", "FACE_VERIFY takes one of it, `face_picture_url` and `face_picture_file`"),
    }
}

/// A picture is known by its first bytes, in Base64: FF D8 FF, and 89 P N G CR LF SUB.
fn picture(argument: &str, base64: &str) -> Result<()> {
    if !base64.starts_with("/9j/") && !base64.starts_with("iVBORw0KGg") {
        return refuse(argument, "must be a JPEG or PNG picture");
    }
    let padding = base64.bytes().rev().take_while(|byte| *byte == b'=').count();
    let length = (base64.len() / 4 * 3).saturating_sub(padding);
    if length > MAX_PICTURE {
        return refuse(argument, &format!("must have at most {MAX_PICTURE} bytes, got {length}"));
    }
    Ok(())
}
