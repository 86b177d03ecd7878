//! libcloudauth, as a program has it: signed, under its quota, retried, decoded.

use cloudauth_core::{CheckResultRequest, Client};

use crate::tasks::Check;
use crate::{Given, Result};

pub(crate) struct Ours {
    client: Client,
    request: CheckResultRequest,
    image_bytes: usize,
}

pub(crate) fn open(given: &Given) -> Result<Ours> {
    let mut builder = Client::builder().endpoint(&given.endpoint).access_key("bench-key-id", "bench-key-secret", None);
    // A call in flight needs a connection of its own; 64 are the default.
    builder = builder.max_connections(given.in_flight.max(64));
    if let Some(file) = &given.ca_file {
        builder = builder.ca_file(file);
    }
    let request = CheckResultRequest::new("bench", given.kib.to_string()).return_image(given.kib > 0);
    Ok(Ours { client: builder.build()?, request, image_bytes: given.kib * 1024 / 4 * 3 })
}

impl Check for Ours {
    /// A wrong result is no result: nobody is to be fast by doing less.
    async fn check(&self) -> Result<()> {
        let result = self.client.check_result(&self.request).await?;
        let face = result.face.as_ref().ok_or("no face")?;
        let page = result.document.as_ref().and_then(|document| document.pages.get("01")).ok_or("no page")?;
        let surname = page.identity.as_ref().and_then(|identity| identity.surname.as_deref());
        let lengths = [&face.image, &page.image].map(|image| image.as_ref().map_or(0, |image| image.bytes.len()));
        let right = result.passed == Some(true)
            && face.comparison_score == Some(99.12)
            && surname == Some("SPECIMEN")
            && lengths == [self.image_bytes; 2];
        if right { Ok(()) } else { Err("the result is not what the server sent".into()) }
    }
}
