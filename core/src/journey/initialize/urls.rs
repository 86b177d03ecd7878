//! Where the service and the browser are sent.

use url::Url;

use super::given::Given;
use super::refusal::refuse;
use crate::endpoint::is_loopback_host;
use crate::error::Result;

pub(super) fn validate(given: Given<'_>, loopback: bool) -> Result<()> {
    for (argument, parameter) in [("callback_url", "CallbackUrl"), ("return_url", "ReturnUrl")] {
        let Some(text) = given.text(parameter) else { continue };
        let Some(url) = url(text) else { return refuse(argument, "must be a URL such as https://merchant.example/path") };
        let is_safe = url.scheme() == "https" || loopback && is_loopback_host(url.host().as_ref());
        if !is_safe {
            return refuse(
                argument,
                "must begin with https://; plain http is for loopback addresses, from an endpoint that is one",
            );
        }
    }
    // Such a token would match nothing.
    if given.0.get("CallbackToken") == Some("") {
        return refuse("callback_token", "must not be empty; left out, one is made");
    }
    for (argument, parameter) in [("face_picture_url", "FacePictureUrl"), ("target_face_picture_url", "TargetFacePictureUrl")] {
        if given.text(parameter).is_some_and(|text| url(text).is_none()) {
            return refuse(argument, "must be a public URL that begins with https:// or http://");
        }
    }
    Ok(())
}

/// A whole URL of the Web. URLs are read with much good will: `https:/tmp` would be a host of that name.
fn url(text: &str) -> Option<Url> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let is_written_out = text.bytes().all(|byte| byte.is_ascii_graphic()) && !rest.starts_with(['/', '\\', '.']);
    Url::parse(text).ok().filter(|url| is_written_out && url.host().is_some())
}
