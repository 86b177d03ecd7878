use std::path::PathBuf;

use cloudauth_core::{Callback, canonical_value};
use serde_json::json;

use crate::exit::{self, Failure};
use crate::{input, output};

const LARGEST_QUERY: u64 = 64 << 10;

/// Read the service's call of CallbackUrl
#[derive(clap::Args)]
#[command(arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    Parse(ParseArgs),
}

/// Print the transaction and the parameters of a callback
#[derive(clap::Args)]
#[command(after_help = HELP)]
struct ParseArgs {
    /// The query, or the whole URL that was called; - reads stdin
    query: String,
    /// File that holds the CallbackToken which Initialize was given; without it the callback is not verified
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
}

const HELP: &str = concat!(
    "The callback says that a verification has ended. It is not signed: its passed and subcode are no verdict.
Ask `cloudauth check` for the result of the transaction that you stored.

Examples:
  cloudauth callback parse 'callbackToken=s3cr3t&transactionId=hks1&passed=Y&subCode=200' --token-file token.txt
  pbpaste | cloudauth callback parse - --token-file token.txt

",
    exit::codes!()
);

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    match &args.command {
        Command::Parse(args) => parse(args),
    }
}

fn parse(args: &ParseArgs) -> Result<u8, Failure> {
    if args.query == "-" && args.token_file.as_deref().is_some_and(input::is_stdin) {
        return Err(Failure::usage("--token-file", "stdin is taken by QUERY already"));
    }
    let token = input::read_secret("--token-file", args.token_file.as_ref())?;
    let query = if args.query == "-" { input::read_text("-".as_ref(), LARGEST_QUERY)? } else { args.query.clone() };
    let callback = Callback::parse(&query)?;
    if let Some(token) = &token {
        callback.verify(token.as_str())?;
    }
    let read = json!({
        "transaction_id": callback.transaction_id,
        "parameters": callback.parameters,
        "token_verified": token.is_some(),
    });
    output::emit(&(canonical_value(&read)? + "\n"))?;
    Ok(exit::DONE)
}
