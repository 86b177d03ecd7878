//! Finding C9: what a process's memory still holds of keys and pictures once its clients are gone. `tests/memory/scan.py` looks
//! into a child, which is this same program, and knows none of it but by what it is given.

#[path = "support/server.rs"]
mod server;

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use cloudauth_core::{CallOptions, CheckResultRequest, Client, ClientBuilder, Delivery, Environment, Kind, Signature, host};
use serde_json::{Value, json};
use server::{say, server};
use zeroize::Zeroizing;

/// Says to the child which endpoint to call.
const CHILD: &str = "CLOUDAUTH_TEST_MEMORY_ENDPOINT";
const CALLS: usize = 1000;
/// Of each client.
const REFUSALS: usize = 5;
const PICTURES: usize = 50;
const PICTURE_BYTES: usize = 150_000;

/// What stands in a message before what was signed.
const REPEATED: &str = "server string to sign is:";

fn random(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    std::fs::File::open("/dev/urandom").unwrap().read_exact(&mut bytes).unwrap();
    bytes
}

/// Letters, digits, `+` and `/`.
fn secret(length: usize) -> String {
    let mut text = BASE64_STANDARD.encode(random(length));
    text.truncate(length);
    text
}

fn picture() -> Vec<u8> {
    [b"\xff\xd8\xff\xe0".to_vec(), random(PICTURE_BYTES)].concat()
}

/// The child: calls with keys given in code, of a file and of a URI, lets everything go, and waits.
fn call_and_let_go(endpoint: &str) {
    // Without a buffer, which would keep a copy.
    let mut keys = Zeroizing::new(vec![0; 512]);
    let read = std::fs::File::open("/dev/stdin").unwrap().read(&mut keys).unwrap();
    let text = std::str::from_utf8(&keys[..read]).unwrap();
    let [secret, token, home] = text.trim_end().split(' ').collect::<Vec<_>>()[..] else { panic!("three words") };
    let uri = format!("{endpoint}/credentials");
    let environment = |variables: &[(&str, &str)]| Environment::given(variables.iter().copied());
    let none = ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
    let sources: [ClientBuilder; 3] = [
        Client::builder().environment(environment(&[])).access_key("id", secret, Some(token.to_owned())),
        Client::builder().environment(environment(&[("HOME", home), none])),
        Client::builder().environment(environment(&[("ALIBABA_CLOUD_CREDENTIALS_URI", &uri), none])),
    ];
    for (kind, source) in sources.into_iter().enumerate() {
        for (half, signature) in [Signature::Acs3, Signature::Rpc1].into_iter().enumerate() {
            let client = source.clone().endpoint(endpoint).signature(signature).build_blocking().unwrap();
            let count = |all: usize| all / 6 + usize::from(kind * 2 + half < all % 6);
            for call in 0..count(CALLS) {
                let request = CheckResultRequest::new("biz1", "t").return_image(call < count(PICTURES));
                if call % 2 == 0 {
                    client.check_result(&request).unwrap();
                } else {
                    let (sender, done) = mpsc::channel();
                    client
                        .start(request, CallOptions::default(), Delivery::default(), move |out| sender.send(out).unwrap())
                        .unwrap();
                    done.recv().unwrap().unwrap();
                }
            }
            for _ in 0..REFUSALS {
                let refused = client.check_result(&CheckResultRequest::new("biz1", "refused")).unwrap_err();
                assert_eq!(refused.kind(), Kind::Authentication);
            }
        }
    }
    drop(keys);
    assert!(host::shutdown(Duration::from_secs(20)));
    println!("\nready");
    std::thread::sleep(Duration::from_mins(10));
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn copies(process: &Child, canaries: &Value) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/memory/scan.py");
    let mut scan = Command::new("python3");
    scan.arg(script).arg(process.id().to_string()).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut scan = scan.spawn().unwrap();
    scan.stdin.take().unwrap().write_all(canaries.to_string().as_bytes()).unwrap();
    let output = scan.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn no_copy_of_a_secret_is_left() {
    if let Ok(endpoint) = std::env::var(CHILD) {
        return call_and_let_go(&endpoint);
    }
    // One of each for each kind of keys.
    let secrets = [secret(30), secret(30), secret(30)];
    let tokens = [secret(200), secret(200), secret(200)];
    let pictures: Vec<Vec<u8>> = (0..PICTURES).map(|_| picture()).collect();
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".alibabacloud");
    std::fs::create_dir(&folder).unwrap();
    let profile = format!(
        "[default]\ntype = sts\naccess_key_id = id\naccess_key_secret = {}\nsecurity_token = {}\n",
        secrets[1], tokens[1]
    );
    std::fs::write(folder.join("credentials"), profile).unwrap();
    let keys = format!(
        r#"{{"Code":"Success","AccessKeyId":"id","AccessKeySecret":"{}","SecurityToken":"{}","Expiration":"2100-01-01T00:00:00Z"}}"#,
        secrets[2], tokens[2]
    );
    let shown = Arc::new(AtomicUsize::new(0));
    let (counter, bodies) = (shown.clone(), pictures.clone());
    let endpoint = server(move |stream, head| {
        if head.starts_with("GET /credentials") {
            return say(stream, &keys);
        }
        if head.contains("TransactionId=refused") {
            // Of a signature that it refuses the service repeats what it has signed.
            let signed = head.split_once("SecurityToken=").map_or("", |(_, rest)| rest.split(['&', ' ']).next().unwrap());
            let message = format!("{REPEATED}{signed}");
            return say(stream, &format!(r#"{{"Code":"SignatureDoesNotMatch","Message":"{message}"}}"#));
        }
        let face = if head.contains("IsReturnImage=Y") {
            let text = BASE64_STANDARD.encode(&bodies[counter.fetch_add(1, Ordering::SeqCst)]);
            format!(r#","ExtFaceInfo":{{"faceImg":"{text}"}}"#)
        } else {
            String::new()
        };
        say(stream, &format!(r#"{{"Code":"Success","RequestId":"r","Result":{{"Passed":"Y"{face}}}}}"#));
    });

    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "no_copy_of_a_secret_is_left", "--nocapture"]).env(CHILD, &endpoint);
    let mut child = Running(child.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap());
    let line = format!("{} {} {}", secrets[0], tokens[0], home.path().display());
    child.0.stdin.as_mut().unwrap().write_all(line.as_bytes()).unwrap();
    let lines = BufReader::new(child.0.stdout.take().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|line| line == "ready"), "the child failed");
    assert_eq!(shown.load(Ordering::SeqCst), PICTURES);

    let mut canaries = serde_json::Map::new();
    let mut add = |name: String, bytes: &[u8]| canaries.insert(name, json!(BASE64_STANDARD.encode(bytes)));
    for (kind, (secret, token)) in secrets.iter().zip(&tokens).enumerate() {
        add(format!("secret {kind}"), secret.as_bytes());
        add(format!("token {kind}"), token.as_bytes());
    }
    for (number, picture) in pictures.iter().enumerate() {
        add(format!("picture {number}"), picture);
    }
    let copies = copies(&child.0, &Value::Object(canaries));
    let of = |what: &str| copies.iter().filter(|copy| copy["name"].as_str().unwrap().starts_with(what)).collect::<Vec<_>>();
    for what in ["secret", "token", "picture"] {
        println!("{what}: {} copies", of(what).len());
    }
    assert!(of("secret").is_empty(), "{:#?}", of("secret"));
    // Requests and replies as the HTTP library writes and reads them, which SECURITY.md lists. No more than its buffers hold.
    let (tokens, pictures) = (of("token"), of("picture"));
    let in_a_request = |copy: &&Value| {
        let near = copy["near"].as_str().unwrap();
        near.contains("SecurityToken=") || near.contains("x-acs-security-token: ")
    };
    let in_a_refusal = |copy: &Value| copy["near"].as_str().unwrap().contains(&format!(r#""Message":"{REPEATED}"#));
    let (refusals, tokens): (Vec<_>, Vec<_>) = tokens.into_iter().partition(|copy| in_a_refusal(copy));
    assert!(tokens.len() <= 12 && tokens.iter().all(in_a_request), "{tokens:#?}");
    assert!(refusals.len() <= 3 * REFUSALS, "{refusals:#?}");
    let in_a_reply = |copy: &&Value| copy["encoding"].as_str().unwrap().starts_with("base64 ");
    assert!(pictures.len() <= 24 && pictures.iter().all(in_a_reply), "{pictures:#?}");
}
