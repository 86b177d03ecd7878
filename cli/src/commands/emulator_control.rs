use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use cloudauth_core::Kind;
use serde_json::{Value, json};

use crate::exit::{self, Failure};
use crate::output::{self, Format, Rows};

const PATIENCE: Duration = Duration::from_secs(10);

/// Commands to an emulator that runs already.
#[derive(clap::Subcommand)]
pub(crate) enum Control {
    /// End a verification that Initialize began, with a SubCode; its callback follows
    Finish {
        /// The id that Initialize gave
        transaction: String,
        /// How it ends: one of the product's
        #[arg(value_name = "SUBCODE", default_value = "200")]
        sub_code: String,
        #[command(flatten)]
        target: Target,
    },
    /// Let the person leave for good; nobody is called back
    Abandon {
        /// The id that Initialize gave
        transaction: String,
        /// The page where the person leaves: LOADING, GUIDE, OCR_SCAN, OCR_RESULT, NFC_INPUT, NFC_READ or FACE
        #[arg(long, default_value = "FACE")]
        page: String,
        /// What CheckVerifyLog then says: 1002 to 1016, or 9999
        #[arg(long, default_value = "1006")]
        code: String,
        #[command(flatten)]
        target: Target,
    },
    /// Let the person be done before the service decides: CheckResult gives Passed P until finish
    Pend {
        /// The id that Initialize gave
        transaction: String,
        #[command(flatten)]
        target: Target,
    },
    /// List the verifications that Initialize began, and the state of each
    List {
        /// How to write it [default: table on a terminal, else json]
        #[arg(long, hide_possible_values = true, value_name = "json|table")]
        format: Option<Format>,
        #[command(flatten)]
        target: Target,
    },
}

/// The emulator that is meant.
#[derive(clap::Args)]
pub(crate) struct Target {
    /// Its endpoint, or with --tls the control_endpoint of its line [default: CLOUDAUTH_ENDPOINT]
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
}

impl Control {
    pub(crate) fn run(&self) -> Result<u8, Failure> {
        let line = match self {
            Self::Finish { transaction, sub_code, target } => {
                let arguments = json!({"transaction_id": transaction, "sub_code": sub_code});
                target.post("finish", &arguments)?.to_string()
            }
            Self::Abandon { transaction, page, code, target } => {
                let arguments = json!({"transaction_id": transaction, "page": page, "code": code});
                target.post("abandon", &arguments)?.to_string()
            }
            Self::Pend { transaction, target } => target.post("pend", &json!({"transaction_id": transaction}))?.to_string(),
            Self::List { format, target } => {
                let list = target.get("transactions")?;
                match Format::or_fitting(*format) {
                    Format::Json => list.to_string(),
                    Format::Table => table(&list).trim_end().to_owned(),
                }
            }
        };
        output::emit(&(line + "\n"))?;
        Ok(exit::DONE)
    }
}

fn table(list: &Value) -> String {
    let text = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
    let mut rows = Rows::default();
    for one in list["transactions"].as_array().into_iter().flatten() {
        let state = ["product_code", "state", "page", "verify_error_code", "sub_code"].map(|name| text(one, name));
        rows.push(text(one, "transaction_id"), state.map(|part| part + "  ").concat());
    }
    rows.render("")
}

impl Target {
    fn get(&self, call: &str) -> Result<Value, Failure> {
        self.ask(&format!("GET /control/{call}"), "")
    }

    fn post(&self, call: &str, arguments: &Value) -> Result<Value, Failure> {
        self.ask(&format!("POST /control/{call}"), &arguments.to_string())
    }

    /// One call on a connection of its own; a refusal is the emulator's own sentence.
    fn ask(&self, call: &str, body: &str) -> Result<Value, Failure> {
        let address = self.address()?;
        let unreached = |error: std::io::Error| Failure::new(Kind::Network, format!("no emulator at {address}: {error}"));
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE).map_err(unreached)?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(unreached)?;
        let head = format!("{call} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
        stream.write_all((head + body).as_bytes()).map_err(unreached)?;
        let mut reply = String::new();
        stream.read_to_string(&mut reply).map_err(unreached)?;
        let json = reply.split_once("\r\n\r\n").and_then(|(_, body)| serde_json::from_str::<Value>(body).ok());
        let Some(json) = json else {
            return Err(Failure::new(Kind::Protocol, format!("{address} does not answer as an emulator does")));
        };
        match json["error"].as_str() {
            Some(error) => Err(Failure::new(Kind::InvalidRequest, error)),
            None => Ok(json),
        }
    }

    /// Where to connect: this machine, in the clear, by number, so that no resolver is asked.
    fn address(&self) -> Result<SocketAddr, Failure> {
        let given = self.endpoint.clone().or_else(|| std::env::var("CLOUDAUTH_ENDPOINT").ok());
        let url = given.ok_or_else(|| Failure::usage("--endpoint", "say which emulator, or set CLOUDAUTH_ENDPOINT"))?;
        let rule = "must be http and a loopback address with its port; for an emulator with --tls, its control_endpoint";
        let authority = url.strip_prefix("http://").map(|rest| rest.trim_end_matches('/'));
        let address = authority.and_then(|authority| match authority.strip_prefix("localhost:") {
            Some(port) => Some(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port.parse().ok()?)),
            None => authority.parse().ok(),
        });
        let loopback = address.filter(|address: &SocketAddr| address.ip().is_loopback());
        loopback.ok_or_else(|| Failure::usage("--endpoint", rule))
    }
}
