use std::path::{Path, PathBuf};

use cloudauth_core::typed::Started;
use cloudauth_core::{CallOptions, Kind};

use crate::client::ClientArgs;
use crate::exit::{self, Failure};
use crate::folder::Folder;
use crate::output;
use crate::typed::{Operation, TypedArgs};

/// Start a verification, and keep what it gave
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// New file to keep it in, of mode 0600; the URL for the person is then printed. Without it, what is to be kept is printed
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Ledger to add it to, for `cloudauth listen`, `sweep` and `bulk`; the URL for the person is then printed
    #[cfg(feature = "ledger")]
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Let through what the rules of this version refuse
    #[arg(long)]
    unchecked: bool,
    #[command(flatten)]
    initialize: TypedArgs<Initialize>,
    #[command(flatten)]
    client: ClientArgs,
}

pub(crate) struct Initialize;

impl Operation for Initialize {
    const NAME: &'static str = "initialize";
}

const HELP: &str = concat!(
    "What it gives holds the callback's token and the person's URL: protect it. `cloudauth status`, `wait` and `delete` read it.
A text or JSON may come from a file: --meta-info @metainfo.json, --callback-token @token.txt; @- is stdin, @@ a plain @.
The request is never sent twice: where no reply came (exit code 5), start anew.

Examples:
  cloudauth start --product-code eKYC_PRO --meta-info @metainfo.json --doc-type GLB03002 --out started.json --region cn-hongkong
  cloudauth wait started.json --images DIR

",
    exit::codes!()
);

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    let mut keepers = Keepers::open(args)?;
    let mut request = args.initialize.request()?;
    request.set_unchecked(args.unchecked);
    let started = Started::from(args.client.client()?.run(&request, &CallOptions::default())?);
    if started.transaction_id.is_none() {
        return Err(Failure::new(Kind::Protocol, "the reply has no TransactionId"));
    }
    let kept = started.to_json()? + "\n";
    if keepers.are_none() {
        output::emit(&kept)?;
        return Ok(exit::DONE);
    }
    if let Err(failure) = keepers.write(&kept) {
        // It must not be lost: the transaction has begun.
        output::emit(&kept)?;
        return Err(failure);
    }
    output::emit(&(started.transaction_url.or(started.transaction_id).unwrap_or_default() + "\n"))?;
    Ok(exit::DONE)
}

/// Where it is to be kept.
struct Keepers {
    file: Option<New>,
    #[cfg(feature = "ledger")]
    ledger: Option<cloudauth_ledger::Ledger>,
}

impl Keepers {
    /// Proves that they can be written, before anything is sent.
    fn open(args: &Args) -> Result<Self, Failure> {
        Ok(Self {
            file: args.out.as_deref().map(New::open).transpose()?,
            #[cfg(feature = "ledger")]
            ledger: args.ledger.as_deref().map(cloudauth_ledger::Ledger::open).transpose()?,
        })
    }

    fn are_none(&self) -> bool {
        #[cfg(feature = "ledger")]
        if self.ledger.is_some() {
            return false;
        }
        self.file.is_none()
    }

    fn write(&mut self, kept: &str) -> Result<(), Failure> {
        #[cfg(feature = "ledger")]
        if let Some(ledger) = &mut self.ledger {
            crate::bulk::add_started(ledger, kept)?;
        }
        self.file.as_ref().map_or(Ok(()), |file| file.write(kept))
    }
}

/// A file that is not there yet.
struct New {
    folder: Folder,
    name: String,
}

impl New {
    /// Proves that the file can be made, before anything is sent.
    fn open(path: &Path) -> Result<Self, Failure> {
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.ok_or_else(|| Failure::usage("--out", "must name a file"))?.to_owned();
        if path.exists() {
            return Err(Failure::usage("--out", "there is a file of this name; it may hold another start"));
        }
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok(Self { folder: Folder::open(parent)?, name })
    }

    fn write(&self, text: &str) -> Result<(), Failure> {
        self.folder.put_new(&self.name, text.as_bytes()).map(drop)
    }
}
