//! The options of every command that calls the service, and the client that they make.

use std::path::PathBuf;
use std::time::Duration;

use cloudauth_core::{Client, ClientBuilder, Proxy, Signature, blocking};

use crate::exit::Failure;
use crate::input;

#[derive(clap::Args)]
pub(crate) struct ClientArgs {
    /// Region to call: ap-southeast-1, ap-southeast-3, ap-southeast-5 or cn-hongkong. There is no default.
    #[arg(long, value_name = "REGION", help_heading = "Where")]
    region: Option<String>,
    /// The region's public host, or the one inside its own VPC [default: public].
    #[arg(long, value_parser = ["public", "internal"], help_heading = "Where", hide_possible_values = true, value_name = "public|internal")]
    network: Option<String>,
    /// Server to call in place of a region's: https://host, with :port where it has one, or http:// on this machine.
    #[arg(long, value_name = "URL", help_heading = "Where")]
    endpoint: Option<String>,
    /// Take plain http:// to other machines too. Faces then travel in the open.
    #[arg(long, help_heading = "Where")]
    allow_insecure: bool,
    /// Proxy to go through (http, https, socks5 or socks5h), or none [default: what HTTPS_PROXY, ALL_PROXY and NO_PROXY say].
    #[arg(long, value_name = "URL|none", help_heading = "Where")]
    proxy: Option<String>,
    /// Certificates to trust beside the system's.
    #[arg(long, value_name = "PEM", help_heading = "Where")]
    ca_file: Option<PathBuf>,

    /// AccessKey id [default: the first source of keys that there is; docs/credentials.md lists them].
    #[arg(long, value_name = "ID", requires = "access_key_secret_file", help_heading = "Keys")]
    access_key_id: Option<String>,
    /// File that holds the AccessKey secret; - reads stdin. A secret is never an argument: others could see it.
    #[arg(long, value_name = "FILE", requires = "access_key_id", help_heading = "Keys")]
    access_key_secret_file: Option<PathBuf>,
    /// File that holds the security token of temporary keys; - reads stdin.
    #[arg(long, value_name = "FILE", requires = "access_key_id", help_heading = "Keys")]
    security_token_file: Option<PathBuf>,
    /// Profile of ~/.aliyun/config.json or ~/.alibabacloud/credentials to take the keys from.
    #[arg(long, value_name = "NAME", conflicts_with = "access_key_id", help_heading = "Keys")]
    profile: Option<String>,

    /// Signature to send: acs3 (ACS3-HMAC-SHA256), or rpc1, the older one (HMAC-SHA1).
    #[arg(long, default_value = "acs3", help_heading = "How", hide_possible_values = true, value_name = "acs3|rpc1")]
    signature: Scheme,
    /// Time for the whole call, fractions allowed [default: 60].
    #[arg(long, value_name = "SECONDS", value_parser = input::some_seconds, allow_negative_numbers = true, help_heading = "How")]
    timeout: Option<Duration>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Scheme {
    Acs3,
    Rpc1,
}

impl ClientArgs {
    /// The client, or which option breaks which rule. Nothing is sent.
    pub(crate) fn client(&self) -> Result<blocking::Client, Failure> {
        let client = self.builder()?.build_blocking()?;
        #[cfg(feature = "opentelemetry")]
        crate::export::observe(&client);
        Ok(client)
    }

    /// What the client is made of, not checked yet.
    pub(crate) fn builder(&self) -> Result<ClientBuilder, Failure> {
        let mut builder = Client::builder()
            .allow_insecure(self.allow_insecure)
            .user_agent(concat!("cloudauth-cli/", env!("CARGO_PKG_VERSION")))
            .signature(match self.signature {
                Scheme::Acs3 => Signature::Acs3,
                Scheme::Rpc1 => Signature::Rpc1,
            });
        if let Some(region) = &self.region {
            builder = builder.region(region);
        }
        if let Some(network) = &self.network {
            builder = builder.network(network);
        }
        if let Some(endpoint) = &self.endpoint {
            builder = builder.endpoint(endpoint);
        }
        if let Some(proxy) = &self.proxy {
            builder = builder.proxy(proxy_of(proxy)?);
        }
        if let Some(path) = &self.ca_file {
            builder = builder.ca_file(path);
        }
        if let Some(timeout) = self.timeout {
            builder = builder.timeout(timeout);
        }
        if let Some(profile) = &self.profile {
            builder = builder.profile(profile);
        }
        if let Some((id, secret, token)) = self.keys()? {
            builder = builder.access_key(id, secret, token);
        }
        Ok(builder)
    }

    fn keys(&self) -> Result<Option<(String, String, Option<String>)>, Failure> {
        let files = [&self.access_key_secret_file, &self.security_token_file];
        if files.iter().all(|file| file.as_deref().is_some_and(input::is_stdin)) {
            return Err(Failure::usage("--security-token-file", "stdin is taken by --access-key-secret-file already"));
        }
        let secret = input::read_secret("--access-key-secret-file", self.access_key_secret_file.as_ref())?;
        let token = input::read_secret("--security-token-file", self.security_token_file.as_ref())?;
        // The parser has seen to it that there is an id with every secret.
        Ok(self.access_key_id.clone().zip(secret).map(|(id, secret)| (id, secret, token)))
    }
}

fn proxy_of(text: &str) -> Result<Proxy, Failure> {
    if text == "none" {
        return Ok(Proxy::Direct);
    }
    if text.contains('@') {
        let rule = "a user name or password is not taken as an argument; set HTTPS_PROXY instead";
        return Err(Failure::usage("--proxy", rule));
    }
    Ok(Proxy::Url(text.to_owned()))
}
