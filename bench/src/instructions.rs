//! Pieces of a call, for Callgrind to count: `cloudauth-bench-instructions SCENARIO`.
//!
//! Counting is on inside [`measured`] alone, and on the thread that runs it; `cargo xtask instructions` runs and compares.

use std::error::Error;
use std::hint::black_box;

use cloudauth_bench::{UNSIGNED, client_of, credentials, image, refusal, success};
use cloudauth_core::sign::sign;
use cloudauth_core::{CheckResultRequest, Signature, decode, decode_plainly};

const SMALL: usize = 200;

/// What Callgrind's `--toggle-collect` names.
#[inline(never)]
#[unsafe(no_mangle)]
extern "Rust" fn measured(work: &mut dyn FnMut()) {
    work();
}

/// Runs `work` once uncounted, so that what is made once is made, and then `times` times.
fn count(times: usize, mut work: impl FnMut()) {
    work();
    for _ in 0..times {
        measured(&mut work);
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    match std::env::args().nth(1).as_deref() {
        Some("sign_acs3") => signing(Signature::Acs3)?,
        Some("sign_rpc1") => signing(Signature::Rpc1)?,
        Some("classify") => {
            let refusal = refusal();
            count(SMALL, || drop(black_box(decode(black_box(&refusal)))));
        }
        Some("decode_small") => decoding(SMALL, &success("")),
        Some("decode_1_mib") => decoding(4, &success(&image())),
        Some("decode_1_mib_escaped") => decoding(4, &success(&image().replace('/', r"\\/"))),
        Some("decode_1_mib_plainly") => {
            let body = success(&image());
            count(2, || drop(black_box(decode_plainly(black_box(&body)))));
        }
        Some("call") => calling()?,
        _ => return Err("usage: cloudauth-bench-instructions SCENARIO".into()),
    }
    Ok(())
}

fn signing(signature: Signature) -> Result<(), Box<dyn Error>> {
    let credentials = credentials()?;
    count(SMALL, || drop(black_box(sign(signature, black_box(&UNSIGNED), &credentials))));
    Ok(())
}

fn decoding(times: usize, body: &[u8]) {
    count(times, || drop(black_box(decode(black_box(body)))));
}

/// Whole calls on a kept connection to a server that answers from memory.
fn calling() -> Result<(), Box<dyn Error>> {
    let client = client_of(success(""))?;
    let request = CheckResultRequest::new("demo", "ekycpro200");
    count(SMALL, || drop(black_box(client.check_result(&request)).expect("the server answers")));
    Ok(())
}
