//! One blocking call: `check TRANSACTION`. Where to call and with which keys is read from the environment.

use std::process::ExitCode;

use cloudauth_core::{CheckResultRequest, Client, decide};

fn main() -> ExitCode {
    let Some(transaction) = std::env::args().nth(1) else {
        eprintln!("usage: check TRANSACTION");
        return ExitCode::from(2);
    };
    match check(&transaction) {
        Ok(passed) => ExitCode::from(u8::from(!passed)),
        Err(error) => {
            eprintln!("{}: {error}\n{}", error.kind(), error.advice());
            ExitCode::from(error.kind().exit_code())
        }
    }
}

fn check(transaction: &str) -> cloudauth_core::Result<bool> {
    // CLOUDAUTH_ENDPOINT or CLOUDAUTH_REGION, and ALIBABA_CLOUD_ACCESS_KEY_ID and _SECRET.
    let client = Client::builder().build_blocking()?;
    let result = client.check_result(&CheckResultRequest::new("example", transaction))?;

    let score = result.face.as_ref().and_then(|face| face.comparison_score);
    let decision = decide(result.passed, result.sub_code.as_deref(), score, Some(90.0))?;
    println!("passed: {:?}", result.passed);
    println!("decision: {} ({})", decision.action.name(), decision.reasons.join(" "));
    Ok(result.passed == Some(true))
}
