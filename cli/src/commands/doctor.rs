use cloudauth_core::doctor::{Finding, Measured, State};
use cloudauth_core::spelling::{Language, spell};
use cloudauth_core::{DiagnosisOptions, Kind, canonical_value};
use serde_json::{Value, json};

use crate::client::ClientArgs;
use crate::exit::{self, Failure};
use crate::output::{self, Format, Paint};
use crate::plain::plain;

/// Find out why calls do not work: keys, DNS, proxy, TLS, signature, permissions, clock
///
/// Looks at one thing after the other, and says of each how it stands and, where it is wrong, what to do. Secrets, and ids of
/// keys, are not shown.
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// Do not measure how long connecting takes to each region; it is not done with an endpoint either
    #[arg(long)]
    no_latency: bool,
    /// table for people, json for programs
    #[arg(long, hide_possible_values = true, value_name = "json|table", default_value = "table")]
    format: Format,
    #[command(flatten)]
    client: ClientArgs,
}

const HELP: &str = concat!(
    "It makes a signed call, of CheckResult for a transaction that does not exist, and a second one where the clock is wrong.
Where keys and signature are accepted, it calls CheckVerifyLog and KeepaliveIntl as well, to learn what the keys permit.
Nothing changes, and nothing is billed, since only verifications are.

The exit code is that of the first failure, 0 where there is none: 2 no keys, or no region; 4 the service refused the keys,
the signature, the clock or the permission; 5 DNS, the connection or TLS; 7 an answer that is not the service's.

Examples:
  cloudauth doctor --region ap-southeast-1
  cloudauth doctor --region cn-hongkong --network internal --no-latency
  cloudauth doctor --endpoint https://127.0.0.1:8443 --ca-file ca.pem --format json

",
    exit::codes!()
);

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    let options = DiagnosisOptions::default().latency(!args.no_latency);
    let findings = args.client.builder()?.diagnose(&options)?;
    let text = match args.format {
        Format::Table => table(&findings, Paint::for_stdout()),
        Format::Json => canonical_value(&json(&findings))? + "\n",
    };
    output::emit(&text)?;
    Ok(exit_code(&findings))
}

fn exit_code(findings: &[Finding]) -> u8 {
    findings.iter().find_map(|finding| finding.kind).map_or(exit::DONE, Kind::exit_code)
}

/// A line for each finding; what to do stands below it.
fn table(findings: &[Finding], paint: Paint) -> String {
    let width = findings.iter().map(|finding| finding.check.name().len()).max().unwrap_or_default();
    let mut lines = Vec::new();
    for finding in findings {
        let subject = finding.subject.as_deref().map(|subject| format!("{}: ", plain(subject))).unwrap_or_default();
        let check = finding.check.name();
        lines.push(format!("{}  {check:width$}  {subject}{}", mark(finding.state, paint), plain(&finding.what)));
        let advice = finding.advice.as_deref();
        lines.extend(
            advice.map(|advice| format!("{:4}  {:width$}  what to do: {}", "", "", plain(&spell(advice, Language::Command)))),
        );
    }
    format!("{}\n\n{}\n", lines.join("\n"), verdict(findings, paint))
}

/// Four letters wide.
fn mark(state: State, paint: Paint) -> String {
    match state {
        State::Ok => paint.good("ok  "),
        State::Warn => paint.unsure("warn"),
        State::Fail => paint.bad("FAIL"),
        _ => "-   ".to_owned(),
    }
}

fn verdict(findings: &[Finding], paint: Paint) -> String {
    let count = |state, word: &str| {
        let number = findings.iter().filter(|finding| finding.state == state).count();
        (number > 0).then(|| format!("{number} {word}{}", if number == 1 { "" } else { "s" }))
    };
    let (failures, warnings) = (count(State::Fail, "failure"), count(State::Warn, "warning"));
    match (failures, warnings) {
        (Some(failures), Some(warnings)) => paint.bad(&format!("{failures}, {warnings}")),
        (Some(failures), None) => paint.bad(&failures),
        (None, Some(warnings)) => paint.unsure(&format!("Calls work: {warnings}")),
        (None, None) => paint.good("All well."),
    }
}

fn json(findings: &[Finding]) -> Value {
    let worst = findings.iter().map(|finding| finding.state).max().map(State::name);
    let each = findings.iter().map(|finding| {
        let (took, ahead) = match finding.measured {
            Some(Measured::Took(took)) => (Some(took.as_millis()), None),
            Some(Measured::ServerAhead(milliseconds)) => (None, Some(milliseconds)),
            _ => (None, None),
        };
        json!({
            "check": finding.check.name(),
            "subject": finding.subject,
            "state": finding.state.name(),
            "what": finding.what,
            "advice": finding.advice.as_deref().map(|advice| spell(advice, Language::Command)),
            "kind": finding.kind.map(Kind::name),
            "took_ms": took,
            "server_ahead_ms": ahead,
        })
    });
    json!({ "state": worst, "exit_code": exit_code(findings), "findings": each.collect::<Vec<_>>() })
}
