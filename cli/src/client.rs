//! The options of every command that calls the service, and the client that they make.

use std::env;
use std::path::PathBuf;
use std::time::Duration;

use cloudauth_core::{Client, ClientBuilder, blocking, options};

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
    #[arg(long, value_parser = ["acs3", "rpc1"], default_value = options::SIGNATURE, help_heading = "How", hide_possible_values = true, value_name = "acs3|rpc1")]
    signature: String,
    /// Time for the whole call, fractions allowed [default: 60].
    #[arg(long, value_name = "SECONDS", value_parser = input::some_seconds, allow_negative_numbers = true, help_heading = "How")]
    timeout: Option<Duration>,
}

impl ClientArgs {
    /// The client, or which option breaks which rule. Nothing is sent.
    pub(crate) fn client(&self) -> Result<blocking::Client, Failure> {
        self.client_at(None, None)
    }

    /// The same, of this region or endpoint where the options name none. An endpoint of the environment goes before this one:
    /// requests are signed with the same keys, and the server to trust with that is not for a file to say.
    pub(crate) fn client_at(&self, region: Option<&str>, endpoint: Option<&str>) -> Result<blocking::Client, Failure> {
        build(self.builder_at(region, endpoint)?)
    }

    /// What that client is made of, not checked yet.
    pub(crate) fn builder_at(&self, region: Option<&str>, endpoint: Option<&str>) -> Result<ClientBuilder, Failure> {
        let mut builder = self.builder()?;
        let named = endpoint.is_some() && env::var_os("CLOUDAUTH_ENDPOINT").is_some_and(|named| !named.is_empty());
        if self.region.is_none() && self.endpoint.is_none() && !named {
            builder.set("region", region.map(str::to_owned))?;
            builder.set("endpoint", endpoint.map(str::to_owned))?;
        }
        Ok(builder)
    }

    /// What the client is made of, not checked yet.
    pub(crate) fn builder(&self) -> Result<ClientBuilder, Failure> {
        let (secret, token) = self.secrets()?;
        let mut builder = Client::builder();
        for (name, given) in [
            ("region", self.region.clone()),
            ("network", self.network.clone()),
            ("endpoint", self.endpoint.clone()),
            ("proxy", self.proxy.as_deref().map(without_login).transpose()?),
            ("signature", Some(self.signature.clone())),
            ("profile", self.profile.clone()),
            ("access_key_id", self.access_key_id.clone()),
            ("access_key_secret", secret),
            ("security_token", token),
            ("user_agent", Some(concat!("cloudauth-cli/", env!("CARGO_PKG_VERSION")).to_owned())),
        ] {
            builder.set(name, given)?;
        }
        builder.set("ca_file", self.ca_file.as_deref())?;
        builder.set("timeout_ms", self.timeout)?;
        builder.set("allow_insecure", self.allow_insecure)?;
        Ok(builder)
    }

    /// The AccessKey's secret, and the security token; the parser has seen to it that there is an id with them.
    fn secrets(&self) -> Result<(Option<String>, Option<String>), Failure> {
        let files = [&self.access_key_secret_file, &self.security_token_file];
        if files.iter().all(|file| file.as_deref().is_some_and(input::is_stdin)) {
            return Err(Failure::usage("--security-token-file", "stdin is taken by --access-key-secret-file already"));
        }
        let secret = input::read_secret("--access-key-secret-file", self.access_key_secret_file.as_ref())?;
        Ok((secret, input::read_secret("--security-token-file", self.security_token_file.as_ref())?))
    }
}

pub(crate) fn build(builder: ClientBuilder) -> Result<blocking::Client, Failure> {
    let client = builder.build_blocking()?;
    #[cfg(feature = "opentelemetry")]
    crate::export::observe(&client);
    Ok(client)
}

/// The proxy's URL; others could see a password in an argument.
fn without_login(url: &str) -> Result<String, Failure> {
    if url.contains('@') {
        let rule = "a user name or password is not taken as an argument; set HTTPS_PROXY instead";
        return Err(Failure::usage("--proxy", rule));
    }
    Ok(url.to_owned())
}
