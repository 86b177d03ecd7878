//! Pieces of a call, for Callgrind to count: `cloudauth-bench-instructions SCENARIO`.
//!
//! Counting is on inside [`measured`] alone, and on the thread that runs it; `cargo xtask instructions` runs and compares.

use std::error::Error;
use std::hint::black_box;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cloudauth_core::credentials::Credentials;
use cloudauth_core::operations::API_VERSION;
use cloudauth_core::sign::{Unsigned, sign};
use cloudauth_core::{CheckResultRequest, Client, Signature, decode, decode_plainly};

const SMALL: usize = 200;
const MIB: usize = 1 << 20;

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
    let credentials = Credentials::new("an-access-key-id", "an-access-key-secret", Some("a-security-token".to_owned()))?;
    let request = Unsigned {
        host: "cloudauth-intl.ap-southeast-1.aliyuncs.com",
        action: "CheckResult",
        version: API_VERSION,
        query: &[
            ("IsReturnImage", "Y"),
            ("MerchantBizId", "e0c34a77f5ac40a5aa5e6ed20c35"),
            ("TransactionId", "hksb7ba1b28130d24e"),
        ],
        form: &[],
        date: "2026-01-01T00:00:00Z",
        nonce: "3156853299f313e23d1673dc12e1703d",
    };
    count(SMALL, || drop(black_box(sign(signature, black_box(&request), &credentials))));
    Ok(())
}

fn decoding(times: usize, body: &[u8]) {
    count(times, || drop(black_box(decode(black_box(body)))));
}

/// Whole calls on a kept connection to a server that answers from memory.
fn calling() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let endpoint = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || listener.incoming().flatten().for_each(|stream| drop(serve(stream))));
    let client = Client::builder().endpoint(endpoint).access_key("id", "secret", None).build_blocking()?;
    let request = CheckResultRequest::new("demo", "ekycpro200");
    count(SMALL, || drop(black_box(client.check_result(&request)).expect("the server answers")));
    Ok(())
}

fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    let body = success("");
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n", body.len());
    let reply = [head.into_bytes(), body].concat();
    let mut seen = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            return Ok(());
        }
        seen.extend_from_slice(&chunk[..read]);
        if seen.ends_with(b"\r\n\r\n") {
            seen.clear();
            stream.write_all(&reply)?;
        }
    }
}

fn refusal() -> Vec<u8> {
    br#"{"RequestId":"130A2C10-B9EE-4D84-88E3-5384FF039795","HostId":"cloudauth-intl.ap-southeast-1.aliyuncs.com","Code":"Throttling.Api","Message":"Request was denied due to api flow control.","Recommend":"https://next.api.aliyun.com/troubleshoot"}"#
        .to_vec()
}

fn success(image: &str) -> Vec<u8> {
    let fields = r#"\\\"surname\\\":\\\"SPECIMEN\\\",\\\"given_names\\\":\\\"SAMPLE\\\",\\\"sex\\\":\\\"F\\\",\\\"date_of_birth\\\":\\\"1985-01-01\\\",\\\"passport_number\\\":\\\"Z00000000\\\""#;
    format!(
        r#"{{"RequestId":"130A2C10-B9EE-4D84-88E3-5384FF039795","Code":"Success","Message":"success","Result":{{"Passed":"Y","SubCode":"200","ExtFaceInfo":"{{\"faceAttack\":\"N\",\"faceComparisonScore\":99.12,\"faceImg\":\"{image}\",\"facePassed\":\"Y\",\"faceAge\":\"30\",\"faceGender\":\"F\"}}","ExtIdInfo":"{{\"ocrIdPassed\":\"Y\",\"ocrIdInfoData\":{{\"01\":{{\"ocrIdPassed\":\"Y\",\"ocrIdInfo\":\"{{{fields}}}\"}}}}}}"}}}}"#
    )
    .into_bytes()
}

/// Base64 of 1 MiB of what cannot be compressed.
fn image() -> String {
    let mut state = 1_u32;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    });
    STANDARD.encode(noise.take(MIB / 4 * 3).collect::<Vec<u8>>())
}
