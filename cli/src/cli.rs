//! The command line.

use clap::{Parser, Subcommand};

use crate::commands::{
    archive, call, callback, check, decode, delete, demo, doctor, emulator, explain, report, start, status, wait,
};
#[cfg(feature = "ledger")]
use crate::commands::{bulk, listen, sweep};
use crate::exit::{self, Failure};

/// Fetches, decodes and explains results of Alibaba Cloud ID Verification.
#[derive(Parser)]
#[command(name = "cloudauth", version, after_help = HELP, max_term_width = 110)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const HELP: &str = concat!(
    "Examples:
  cloudauth demo
  cloudauth check hksb7ba1b28130d24e015d694361bee4 --biz order1 --region ap-southeast-1
  cloudauth decode reply.json
  cloudauth explain 212
  cloudauth doctor --region ap-southeast-1

Environment:
  ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, ALIBABA_CLOUD_SECURITY_TOKEN
                       the keys, where no option gives any
  ALIBABA_CLOUD_PROFILE
                       which profile gives them, where neither option nor environment does
  CLOUDAUTH_REGION, CLOUDAUTH_ENDPOINT
                       where to call, where no option says it; a loopback address also goes before --region
  HTTPS_PROXY, ALL_PROXY, NO_PROXY
                       which proxy to go through, where no option says it
  CLOUDAUTH_LOG        off, error, warn (the default), info, debug or trace: what is logged on stderr
  NO_COLOR             no colours

",
    exit::codes!()
);

#[derive(Subcommand)]
pub(crate) enum Command {
    Demo(demo::Args),
    Start(start::Args),
    Status(status::Args),
    Wait(wait::Args),
    Check(check::Args),
    Archive(archive::Args),
    Delete(delete::Args),
    #[cfg(feature = "ledger")]
    Bulk(bulk::Args),
    #[cfg(feature = "ledger")]
    Sweep(sweep::Args),
    #[cfg(feature = "ledger")]
    Listen(listen::Args),
    Callback(callback::Args),
    Decode(decode::Args),
    Explain(explain::Args),
    Report(report::Args),
    Call(call::Args),
    Doctor(doctor::Args),
    Emulator(emulator::Args),
}

impl Command {
    /// Runs to the end, and gives the exit code.
    pub(crate) fn run(self) -> Result<u8, Failure> {
        match self {
            Self::Demo(args) => demo::run(&args),
            Self::Start(args) => start::run(&args),
            Self::Status(args) => status::run(&args),
            Self::Wait(args) => wait::run(&args),
            Self::Check(args) => check::run(&args),
            Self::Archive(args) => archive::run(&args),
            Self::Delete(args) => delete::run(&args),
            #[cfg(feature = "ledger")]
            Self::Bulk(args) => bulk::run(args),
            #[cfg(feature = "ledger")]
            Self::Sweep(args) => sweep::run(args),
            #[cfg(feature = "ledger")]
            Self::Listen(args) => listen::run(args),
            Self::Callback(args) => callback::run(&args),
            Self::Decode(args) => decode::run(&args),
            Self::Explain(args) => explain::run(&args),
            Self::Report(args) => report::run(&args),
            Self::Call(args) => call::run(&args),
            Self::Doctor(args) => doctor::run(&args),
            Self::Emulator(args) => emulator::run(&args),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_holds_together() {
        super::Cli::command().debug_assert();
    }
}
