use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use cloudauth_ledger::{Ledger, Lock};

use crate::archive_root::FilingArgs;
use crate::bulk::{Claim, Results};
use crate::client::ClientArgs;
use crate::exit::{self, Failure};
use crate::fetching::{Archives, Clients, Fetch, Limits, OfArchives};
use crate::filed::PATIENCE;
use crate::filing::Filing;
use crate::folder::Folder;
use crate::listen::{self, Book, Keeper, Listened};
use crate::stop::Stop;
use crate::typed::TypedArgs;

/// Take the service's callbacks, and fetch and archive each verification that has ended
///
/// Prints one line of JSON when ready (endpoint), then serves until SIGINT, SIGTERM or SIGHUP.
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// Ledger of the verifications; `cloudauth start --ledger FILE` adds to it
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// Folder for the output: results.jsonl and archives; or s3://BUCKET/PREFIX or oss://BUCKET/PREFIX for the archives, with
    /// results.jsonl beside --ledger
    #[arg(long, value_name = "DIR|URL")]
    out: PathBuf,
    /// Folder where your servers put the output of `cloudauth start` or initialize, each in a file of its own that ends in .json
    #[arg(long, value_name = "DIR")]
    starts: Option<PathBuf>,
    /// Address to listen at; TLS is for the proxy in front
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8787")]
    bind: SocketAddr,
    #[command(flatten)]
    archives: TypedArgs<OfArchives>,
    #[command(flatten)]
    limits: Limits,
    #[command(flatten)]
    filing: FilingArgs,
    #[command(flatten)]
    client: ClientArgs,
}

const HELP: &str = concat!(
    "The service calls GET /callback; let the CallbackUrl of Initialize lead there. listen answers 200 once a callback with the token
of its start is in the ledger; any other callback gets 403 and changes nothing. listen takes no verdict from a callback: it fetches
the result. Where no callback comes, it asks 45 minutes after the start.
GET /healthz answers 200 while listen works; GET /metrics has its counters for Prometheus.

Examples:
  cloudauth listen --ledger ledger.db --out evidence --region cn-hongkong
  cloudauth listen --ledger ledger.db --out evidence --starts starts --bind 127.0.0.1:8787 --rate 5 --region cn-hongkong
  cloudauth listen --ledger ledger.db --out evidence --then-delete All --region cn-hongkong
  cloudauth listen --ledger ledger.db --out oss://evidence/shop --then-delete All --region cn-hongkong

",
    exit::codes!()
);

pub(crate) fn run(args: Args) -> Result<u8, Failure> {
    let filing = Filing::read(&args.out, Some(&args.ledger), &args.filing, &args.client, PATIENCE)?;
    let Filing { root, folder, ledger: path } = filing;
    let clients = Arc::new(Clients::new(args.client, args.limits));
    let archives = Archives::new(clients.clone(), root, &args.archives)?;
    Folder::open(&folder)?;
    let _lock = Lock::take(&path)?;
    let ledger = Ledger::open(&path)?;
    let mut claim = Claim::take(&folder, &ledger)?;
    clients.prepare(&ledger)?;
    claim.keep()?;
    let results = Results::rewrite(&folder, &ledger)?;
    let listener = std::net::TcpListener::bind(args.bind);
    let listener = listener.map_err(|error| Failure::io(format_args!("cannot listen on {}", args.bind), &error))?;
    let stop = Stop::on_signals()?;
    let undeleted = if archives.then_delete().is_some() { Some(ledger.undeleted()?) } else { None };
    let fetch: Arc<dyn Fetch> = Arc::new(Listened::new(archives, clients.clone()));
    let book = Book { ledger, results, undeleted };
    let keeper = Keeper::start(book, &fetch, args.limits.concurrency(), args.starts, clients, stop.clone())?;
    listen::serve(listener, keeper, &stop)?;
    Ok(exit::DONE)
}
