//! Files of credentials, answers with keys, identity tokens and retry hints: keys or an error, on one line, that shows no secret.
#![no_main]

use std::fs::{self, Permissions};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use cloudauth_core::{CheckResultRequest, Client, ClientBuilder, Environment, Error, Kind};
use libfuzzer_sys::fuzz_target;

/// In place of each `~`; longer than what chance writes.
const SECRET: &str = "canary-of-a-secret";
const DAY: Duration = Duration::from_hours(24);

/// What the server answers to a GET, which asks for keys, and to a POST, which calls.
static ANSWERS: Mutex<(String, String)> = Mutex::new((String::new(), String::new()));

static ENDPOINT: LazyLock<String> = LazyLock::new(|| {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || listener.incoming().flatten().for_each(serve));
    endpoint
});

static HOME: LazyLock<PathBuf> = LazyLock::new(|| {
    let home = std::env::temp_dir().join(format!("cloudauth-fuzz-{}", std::process::id()));
    for folder in [".aliyun", ".alibabacloud"] {
        fs::create_dir_all(home.join(folder)).expect("a folder");
    }
    home
});

/// Answers one request and closes.
fn serve(mut stream: TcpStream) {
    let mut head = [0; 4096];
    let read = stream.read(&mut head).unwrap_or_default();
    let (keys, call) = ANSWERS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let answer = if head[..read].starts_with(b"GET ") { keys } else { call };
    let _ = stream.write_all(answer.as_bytes());
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.read(&mut head);
}

fn answer(status: u16, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status} X\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

fn write(path: &str, text: &str) {
    let path = HOME.join(path);
    fs::write(&path, text).expect("a file");
    fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("its mode");
}

fn builder(variables: &[(&str, &str)]) -> ClientBuilder {
    let common = [("HOME", HOME.to_str().expect("UTF-8")), ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")];
    let environment = Environment::given(common.into_iter().chain(variables.iter().copied()));
    Client::builder().environment(environment).endpoint(&*ENDPOINT).max_attempts(1).timeout(Duration::from_millis(1500))
}

fn holds(error: &Error) {
    assert!(error.kind() != Kind::Internal, "{error}");
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(SECRET) && !error.message().contains(char::is_control), "{shown}");
    assert!(error.retry_after().is_none_or(|pause| pause <= DAY), "{shown}");
}

/// Makes a client of these, and calls if `calls`.
fn try_out(variables: &[(&str, &str)], calls: bool) {
    let outcome = builder(variables).build_blocking();
    let outcome = outcome.and_then(|client| {
        assert!(!format!("{client:?}").contains(SECRET));
        if calls { client.check_result(&CheckResultRequest::new("demo", "fuzz")).map(drop) } else { Ok(()) }
    });
    if let Err(error) = outcome {
        holds(&error);
    }
}

fuzz_target!(|input: (u8, &str)| {
    let (what, text) = input;
    let text = text.replace('~', SECRET);
    let success = answer(200, "", r#"{"Code":"Success","Result":{}}"#);
    let answers = |keys: String, call: String| *ANSWERS.lock().unwrap_or_else(PoisonError::into_inner) = (keys, call);
    match what % 5 {
        // Programs that a file names are not run: no call is made.
        0 => {
            write(".aliyun/config.json", &text);
            try_out(&[("ALIBABA_CLOUD_PROFILE", "p")], false);
            fs::remove_file(HOME.join(".aliyun/config.json")).expect("it was there");
        }
        1 => {
            write(".alibabacloud/credentials", &text);
            try_out(&[], false);
            fs::remove_file(HOME.join(".alibabacloud/credentials")).expect("it was there");
        }
        2 => {
            answers(answer(if what < 128 { 200 } else { 403 }, "", &text), success);
            try_out(&[("ALIBABA_CLOUD_CREDENTIALS_URI", &ENDPOINT)], true);
        }
        3 => {
            write("token", if what < 128 { "a.b.c" } else { &text });
            answers(String::new(), answer(200, "", &text));
            let token = HOME.join("token");
            let variables = [
                ("ALIBABA_CLOUD_OIDC_TOKEN_FILE", token.to_str().expect("UTF-8")),
                ("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "p"),
                ("ALIBABA_CLOUD_ROLE_ARN", "r"),
                ("CLOUDAUTH_STS_ENDPOINT", &ENDPOINT),
            ];
            try_out(&variables, true);
        }
        _ => {
            // One header for each word.
            let names = ["x-acs-retry-after", "retry-after", "x-ratelimit-user", "x-ratelimit-user-api"];
            let words = text.split_ascii_whitespace().filter(|word| word.is_ascii() && !word.contains(char::is_control));
            let headers: String = words.zip(names).map(|(word, name)| format!("{name}: {word}\r\n")).collect();
            answers(String::new(), answer(503, &headers, r#"{"Code":"Throttling.Api"}"#));
            try_out(&[("ALIBABA_CLOUD_ACCESS_KEY_ID", "id"), ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s")], true);
        }
    }
});
