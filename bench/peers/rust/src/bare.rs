//! reqwest alone: one client, a request that is not signed, and the body's bytes.

use reqwest::{Certificate, Client, Url};

use crate::tasks::Check;
use crate::{Given, Result};

pub(crate) struct Bare {
    client: Client,
    url: Url,
    least: usize,
}

pub(crate) fn open(given: &Given) -> Result<Bare> {
    let mut builder = Client::builder();
    if let Some(file) = &given.ca_file {
        builder = builder.tls_certs_only([Certificate::from_pem(&std::fs::read(file)?)?]);
    }
    let url = Url::parse(&format!("{}{}", given.endpoint, crate::socket::path(given.kib)))?;
    Ok(Bare { client: builder.build()?, url, least: 2 * given.kib * 1024 })
}

impl Check for Bare {
    async fn check(&self) -> Result<()> {
        let reply = self.client.post(self.url.clone()).send().await?.error_for_status()?;
        if reply.bytes().await?.len() > self.least { Ok(()) } else { Err("the body is not what the server sent".into()) }
    }
}
