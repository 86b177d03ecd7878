use std::io::{self, IsTerminal};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use cloudauth_core::Kind;
use cloudauth_emulator::{CallbackNames, Emulator, Fault, Options, Region};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::commands::emulator_control::Control;
use crate::exit::{self, Failure};
use crate::{input, output};

/// Serve CheckResult on this machine, for development and tests
///
/// Prints one line of JSON when ready (endpoint, access_key_id, access_key_secret, and security_token, ca_file and
/// control_endpoint where there are such), then serves until SIGINT or SIGTERM.
#[derive(clap::Args)]
#[command(after_help = HELP, after_long_help = long_help(), args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    running: Option<Control>,
    /// Where to listen: a loopback address; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Where else to listen for control calls, in the clear and untouched by faults; control_endpoint in the line says where
    #[arg(long, value_name = "ADDRESS")]
    control: Option<SocketAddr>,
    /// Take control calls and show pages under this host name too, such as a container's; may be given several times
    #[arg(long = "allow-host", value_name = "NAME")]
    allow_hosts: Vec<String>,
    /// End as well when stdin is at its end: with the program that started this one and holds the other end of a pipe
    #[arg(long)]
    until_stdin_closes: bool,
    /// Serve HTTPS, with a certificate made for this run; ca_file in the line says where to find it
    #[arg(long)]
    tls: bool,
    /// Answer Throttling.Api to more calls per second than this
    #[arg(long, value_name = "N")]
    qps: Option<u32>,
    /// Refuse products and documents that this region does not have: cn-hongkong, ap-southeast-1, -3 or -5
    #[arg(long, value_name = "REGION")]
    region: Option<Region>,
    /// Answer Throttling.Api beyond the region's documented quota
    #[arg(long, requires = "region", conflicts_with = "qps")]
    documented_quota: bool,
    /// How callbacks spell subcode and CallbackToken: mixed, prose or sample, as the service's documents have them
    #[arg(long, value_name = "SPELLING", default_value = "mixed")]
    callback_names: CallbackNames,
    /// Call a merchant once more who does not answer a callback with 200
    #[arg(long)]
    callback_retry: bool,
    /// Recorded replies to give, one sub-folder a TransactionId, each with a reply.http
    #[arg(long, value_name = "DIR")]
    cases: Option<PathBuf>,
    /// End each verification that Initialize began by itself after this time, as passed
    #[arg(long, value_name = "SECONDS", value_parser = input::seconds, allow_negative_numbers = true)]
    finish_after: Option<Duration>,
    /// File with a security token that every call must then carry; - reads stdin
    #[arg(long, value_name = "FILE")]
    security_token_file: Option<PathBuf>,
    /// What goes wrong, and when, such as latency:delay=300ms,next=2; may be given several times
    #[arg(long = "fault", value_name = "NAME[:KEY=VALUE,...]")]
    faults: Vec<Fault>,
    /// Share of the calls that get one of the faults which say neither rate nor next: 0.05 is one in twenty
    #[arg(long, value_name = "SHARE", requires = "faults")]
    fault_rate: Option<f64>,
    /// Draw as the last time with this seed
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// How many of the latest attempts GET /control/attempts can tell
    #[arg(long, value_name = "N")]
    attempts_kept: Option<usize>,
}

const HELP: &str = concat!(
    "Open the endpoint in a browser for the TransactionIds that it knows (ekycpro200, idocr212, errorInternalError, ...).

Examples:
  cloudauth emulator
  cloudauth emulator --listen 127.0.0.1:8080 --qps 5
  cloudauth emulator --tls --finish-after 2.5
  cloudauth emulator finish hksb7ba1b28130d24e015d694361bee4 204 --endpoint http://127.0.0.1:8080
  cloudauth emulator --fault throttle:retry-after=250ms,next=3
  cloudauth emulator --fault reset-mid-body --fault html-502 --fault latency --fault-rate 0.05 --seed 7

Keys of every fault: next=N (so many calls), rate=SHARE, for=TIME, action=NAME, transaction=ID. --help lists the names.

",
    exit::codes!()
);

/// With every fault, for `--help`.
fn long_help() -> String {
    let width = Fault::all().map(|(name, _)| name.len()).max().unwrap_or_default();
    let lines: Vec<_> = Fault::all().map(|(name, does)| format!("  {name:width$}  {does}")).collect();
    format!("{HELP}\n\nFaults (docs/emulator.md lists the keys that each takes):\n{}", lines.join("\n"))
}

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    if let Some(control) = &args.running {
        return control.run();
    }
    let options = Options {
        listen: args.listen,
        control: args.control,
        allow_hosts: args.allow_hosts.clone(),
        tls: args.tls,
        qps: args.qps,
        region: args.region,
        documented_quota: args.documented_quota,
        callback_names: args.callback_names,
        callback_retry: args.callback_retry,
        cases: args.cases.clone(),
        finish_after: args.finish_after,
        faults: args.faults.clone(),
        fault_rate: args.fault_rate,
        seed: args.seed,
        attempts_kept: args.attempts_kept.unwrap_or(Options::default().attempts_kept),
        security_token: input::read_secret("--security-token-file", args.security_token_file.as_ref())?,
        ..Options::default()
    };
    let emulator = Emulator::start(options).map_err(|error| refused(&error, args.listen))?;
    // From here on a signal ends the emulator in order, and with it the certificate's file.
    let mut signals = Signals::new([SIGINT, SIGTERM]).map_err(|error| Failure::io("signals", &error))?;
    if args.until_stdin_closes {
        let signals = signals.handle();
        let wait = move || {
            // An error is an end, too.
            let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
            signals.close();
        };
        thread::Builder::new().spawn(wait).map_err(|error| Failure::io("stdin", &error))?;
    }
    output::emit(&(emulator.ready_line() + "\n"))?;
    if io::stderr().is_terminal() {
        output::note(&format!("cloudauth: open {} in a browser; Ctrl-C ends it", emulator.endpoint()));
    }
    signals.forever().next();
    Ok(exit::DONE)
}

/// What the emulator refuses names an option; what the system refuses does not.
fn refused(error: &io::Error, listen: SocketAddr) -> Failure {
    if error.kind() == io::ErrorKind::InvalidInput {
        Failure::new(Kind::InvalidArgument, error.to_string())
    } else if error.raw_os_error().is_some() {
        Failure::io(format_args!("cannot listen on {listen}"), error)
    } else {
        Failure::new(Kind::Io, error.to_string())
    }
}
