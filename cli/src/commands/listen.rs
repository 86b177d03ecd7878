use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use cloudauth_ledger::{Ledger, Lock};

use crate::bulk::Results;
use crate::client::ClientArgs;
use crate::exit::{self, Failure};
use crate::fetching::{Archives, Clients, Fetch, Limits};
use crate::folder::Folder;
use crate::listen::{self, Keeper, Listened};
use crate::stop::Stop;

/// Take the service's callbacks, and fetch and archive each verification that has ended
///
/// Prints one line of JSON when ready (endpoint), then serves until SIGINT or SIGTERM.
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// Ledger of what was begun; `cloudauth start --ledger FILE` adds to it
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// Folder for what comes of it: results.jsonl and archives
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Folder in which your servers leave what their starts gave, each in a file of its own that ends in .json
    #[arg(long, value_name = "DIR")]
    starts: Option<PathBuf>,
    /// Address to listen at; TLS is for the proxy in front
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8787")]
    bind: SocketAddr,
    /// Host to fetch videos from beside those below aliyuncs.com; may be given several times
    #[arg(long = "video-host", value_name = "HOST")]
    video_hosts: Vec<String>,
    /// Requests a second and operation at most, to each region [default: as many as the service admits]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    rate: Option<u32>,
    /// Verifications to fetch at a time
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=1024))]
    concurrency: u16,
    #[command(flatten)]
    client: ClientArgs,
}

const HELP: &str = concat!(
    "GET /callback is for the service: the CallbackUrl that Initialize is given leads there. A callback whose token is the one of its
start is in the ledger before it is answered with 200; any other gets 403 and changes nothing. No verdict is taken from it: the result
is asked for. Where no callback comes, the result is asked for 45 minutes after the start.
GET /healthz says that it works, GET /metrics how it goes, as Prometheus reads it.

Examples:
  cloudauth listen --ledger ledger.db --out evidence --region cn-hongkong
  cloudauth listen --ledger ledger.db --out evidence --starts starts --bind 127.0.0.1:8787 --rate 5 --region cn-hongkong

",
    exit::codes!()
);

pub(crate) fn run(args: Args) -> Result<u8, Failure> {
    Folder::open(&args.out)?;
    let limits = Limits { rate: args.rate, concurrency: args.concurrency.into() };
    let clients = Arc::new(Clients::new(args.client, limits));
    let _lock = Lock::take(&args.ledger)?;
    let ledger = Ledger::open(&args.ledger)?;
    clients.prepare(&ledger)?;
    let results = Results::rewrite(&args.out, &ledger)?;
    let listener = std::net::TcpListener::bind(args.bind);
    let listener = listener.map_err(|error| Failure::io(format_args!("cannot listen on {}", args.bind), &error))?;
    let stop = Stop::on_signals()?;
    let archives = Archives::new(clients.clone(), &args.out, &args.video_hosts);
    let fetch: Arc<dyn Fetch> = Arc::new(Listened::new(archives, clients.clone()));
    let keeper = Keeper::start(ledger, results, &fetch, limits.concurrency, args.starts, clients, stop.clone())?;
    listen::serve(listener, keeper, &stop)?;
    Ok(exit::DONE)
}
