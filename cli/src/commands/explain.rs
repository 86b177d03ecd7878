use cloudauth_core::catalogue::{self, ClientCode, Explanation, ResponseCode, SubCode, Variant};
use cloudauth_core::spelling::{Language, spell};
use cloudauth_core::{Kind, canonical_value, explain};
use serde_json::json;

use crate::exit::{self, Failure};
use crate::output::{self, Format, Rows};

/// Explain a SubCode, a response code, a code of the client or a kind of error
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// A SubCode (212), a response code (Throttling.Api), a code of the client (1006, A1006_2) or a kind (not_completed)
    code: String,
    /// table for people, json for programs
    #[arg(long, hide_possible_values = true, value_name = "json|table", default_value = "table")]
    format: Format,
}

const HELP: &str = concat!(
    "Examples:
  cloudauth explain 212
  cloudauth explain Throttling.Api
  cloudauth explain A1006_2
  cloudauth explain not_completed --format json

",
    exit::codes!()
);

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    let explanation = explain(&args.code).ok_or_else(unknown)?;
    let text = match args.format {
        Format::Table => table(&explanation).render(""),
        Format::Json => canonical_value(&json(&explanation))? + "\n",
    };
    output::emit(&text)?;
    Ok(exit::DONE)
}

fn unknown() -> Failure {
    let sub_codes: Vec<_> = catalogue::sub_codes().iter().map(|entry| entry.code).collect();
    let kinds: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    let accepted = format!(
        "not known; give a SubCode ({}), a response code (such as Throttling.Api or InternalError), a code of the client (such as 1006 or A1006_2) or a kind ({})",
        sub_codes.join(", "),
        kinds.join(", ")
    );
    Failure::usage("CODE", accepted)
}

fn table(explanation: &Explanation) -> Rows {
    match explanation {
        Explanation::SubCode(entry) => sub_code_rows(entry),
        Explanation::Response(entry) => response_rows(entry),
        Explanation::Kind(kind) => kind_rows(*kind),
        Explanation::Client(entry) => client_rows(entry),
    }
}

fn sub_code_rows(entry: &SubCode) -> Rows {
    let mut rows = Rows::default();
    rows.push("SubCode", entry.code);
    rows.push("meaning", entry.meaning);
    rows.push_lines("cause", entry.cause.map(str::to_owned));
    rows.push("what to do", entry.advice);
    rows.push("action", entry.action.name());
    rows.push("billed", if entry.billed { "yes" } else { "no" });
    rows.push("retry", "no: the verification is finished, and asking again gives the same result");
    rows.push("products", products(entry.variants).join(", "));
    rows
}

fn response_rows(entry: &ResponseCode) -> Rows {
    let mut rows = Rows::default();
    rows.push("code", entry.code);
    rows.push_lines("HTTP status", entry.http_status.map(|status| status.to_string()));
    rows.push("kind", entry.kind.name());
    rows.push("meaning", entry.meaning);
    rows.push_lines("cause", entry.cause.map(str::to_owned));
    rows.push("what to do", entry.advice);
    rows.push("retry", retry(entry));
    let all = products(entry.variants);
    rows.push("products", if all.is_empty() { "any: a code of the gateway".to_owned() } else { all.join(", ") });
    rows.push("exit code", exit_code(entry).to_string());
    rows
}

fn kind_rows(kind: Kind) -> Rows {
    let mut rows = Rows::default();
    rows.push("kind", kind.name());
    rows.push("meaning", kind.meaning());
    rows.push("what to do", spell(kind.advice(), Language::Command));
    rows.push("retry", if kind.retryable() { "the same call can succeed later" } else { "the same call fails again" });
    rows.push("exit code", kind.exit_code().to_string());
    let codes = catalogue::response_codes().iter().filter(|entry| entry.kind == kind && entry.code != SUCCESS);
    rows.push_lines("codes", codes.map(|entry| entry.code.to_owned()));
    rows
}

fn client_rows(entry: &ClientCode) -> Rows {
    let mut rows = Rows::default();
    rows.push("client code", entry.code);
    rows.push("meaning", entry.meaning);
    rows.push_lines("cause", entry.cause.map(str::to_owned));
    rows.push("what to do", entry.advice);
    rows.push("billed", if entry.billed { "yes" } else { "no" });
    rows
}

/// The one code that is no error, whose kind says only what a contradiction would be.
const SUCCESS: &str = "Success";

fn exit_code(entry: &ResponseCode) -> u8 {
    if entry.code == SUCCESS { exit::DONE } else { entry.kind.exit_code() }
}

fn retry(entry: &ResponseCode) -> &'static str {
    use catalogue::Retry;
    match entry.retry {
        Retry::Never => "no",
        Retry::AfterPause => "yes, after a pause",
        Retry::OnceNewNonce => "once, with a new nonce",
        Retry::OnceNewTime => "once, with the service's time",
        Retry::OnceNewToken => "once, with fresh temporary keys",
    }
}

fn products(variants: &[Variant]) -> Vec<&'static str> {
    variants.iter().map(|variant| variant.product_code()).collect()
}

fn json(explanation: &Explanation) -> serde_json::Value {
    match explanation {
        Explanation::SubCode(entry) => json!({
            "type": explanation.subject().name(),
            "code": entry.code,
            "meaning": entry.meaning,
            "cause": entry.cause,
            "advice": entry.advice,
            "action": entry.action.name(),
            "billed": entry.billed,
            "products": products(entry.variants),
        }),
        Explanation::Response(entry) => json!({
            "type": explanation.subject().name(),
            "code": entry.code,
            "http_status": entry.http_status,
            "kind": entry.kind.name(),
            "meaning": entry.meaning,
            "cause": entry.cause,
            "advice": entry.advice,
            "retry": entry.retry.name(),
            "exit_code": exit_code(entry),
            "products": products(entry.variants),
        }),
        Explanation::Client(entry) => json!({
            "type": explanation.subject().name(),
            "code": entry.code,
            "meaning": entry.meaning,
            "cause": entry.cause,
            "advice": entry.advice,
            "billed": entry.billed,
        }),
        Explanation::Kind(kind) => json!({
            "type": explanation.subject().name(),
            "kind": kind.name(),
            "meaning": kind.meaning(),
            "advice": spell(kind.advice(), Language::Command),
            "retryable": kind.retryable(),
            "exit_code": kind.exit_code(),
        }),
    }
}
