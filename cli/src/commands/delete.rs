use std::path::Path;

use cloudauth_core::canonical_value;
use cloudauth_core::typed::DeleteResultRequest;
use serde_json::json;

use crate::client::ClientArgs;
use crate::exit::{self, Failure};
use crate::{input, output, started};

/// Delete what the service keeps of one verification, for good
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// File that `cloudauth start` wrote; - reads stdin. Or the TransactionId, as Initialize gave it to your server
    #[arg(value_name = "FILE|TRANSACTION")]
    transaction: String,
    /// What to delete: Img all pictures, Text all the rest, All both
    #[arg(long, value_name = "Img|Text|All")]
    delete_type: String,
    /// Delete only if CheckResult was asked before
    #[arg(long, value_name = "true|false", default_value = "true", hide_possible_values = true, action = clap::ArgAction::Set)]
    after_query: bool,
    #[command(flatten)]
    client: ClientArgs,
}

const HELP: &str = concat!(
    "It cannot be undone: fetch and store the result first. The reply is printed as one line of JSON, which is your receipt.
The request is never sent twice: where no reply came (exit code 5), nobody knows whether it was done.
With a FILE, region or endpoint are those of the start. What is no file here, and has neither . nor /, is a TransactionId.

Examples:
  cloudauth delete started.json --delete-type All
  cloudauth delete hksb7ba1b28130d24e015d694361bee4 --delete-type All --region cn-hongkong
  cloudauth delete hksb7ba1b28130d24e015d694361bee4 --delete-type Img --after-query false --region cn-hongkong

",
    exit::codes!()
);

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    let path = Path::new(&args.transaction);
    let (client, transaction) = if input::is_stdin(path) || args.transaction.contains(['.', '/']) || path.exists() {
        let started = started::read(path)?;
        (started::client(&args.client, &started)?, started.transaction_id.unwrap_or_default())
    } else {
        (args.client.client()?, args.transaction.clone())
    };
    let request = DeleteResultRequest::new(transaction, &args.delete_type).after_query(args.after_query);
    let deletion = client.delete_result(&request)?;
    let receipt = json!({
        "request_id": deletion.request_id,
        "transaction_id": deletion.transaction_id,
        "deleted": deletion.deleted,
        "delete_type": args.delete_type,
        "fail_reason": deletion.fail_reason,
        "extra": deletion.extra,
    });
    output::emit(&(canonical_value(&receipt)? + "\n"))?;
    Ok(if deletion.deleted == Some(true) { exit::DONE } else { exit::NOT_PASSED })
}
