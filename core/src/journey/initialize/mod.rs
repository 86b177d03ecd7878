//! Starting a verification: what holds between the parameters of `Initialize`, and what is made where it is not given.
//!
//! Only what a document forbids without a contradiction is refused. Lists that grow, of products, documents, models or languages, are
//! no rule, nor is what is known of a sibling operation alone.

mod document;
mod face;
mod given;
mod liveness;
mod product;
mod refusal;
mod urls;

pub(crate) mod ids;

pub(crate) use product::operation;

use given::Given;
use refusal::refuse;

use crate::call::Call;
use crate::error::Result;

/// Holds the parameters of `call` against the rules; a `loopback` endpoint may call back by `http`.
pub(crate) fn validate(call: &Call, loopback: bool) -> Result<()> {
    let given = Given(call);
    scene_code(given)?;
    urls::validate(given, loopback)?;
    product::validate(given)?;
    document::validate(given)?;
    liveness::validate(given)?;
    face::validate(given)
}

fn scene_code(given: Given<'_>) -> Result<()> {
    let Some(code) = given.text("SceneCode") else { return Ok(()) };
    if code.len() > 10 || !code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return refuse("scene_code", "must be at most 10 letters, digits and underscores");
    }
    Ok(())
}
