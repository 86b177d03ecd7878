//! Secrets planted in every source of credentials, and in every answer, are seen nowhere.

#[path = "support/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::io::Write;
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use cloudauth_core::{CallOptions, CheckResultRequest, Client, ClientBuilder, Delivery, Environment};
use server::{say, server};

/// Every secret begins so.
const CANARY: &str = "canary";
const KEYS: &str = r#""AccessKeyId":"canaryid","AccessKeySecret":"canarysecret","SecurityToken":"canarytoken""#;
const PROFILE_KEYS: &str = r#""access_key_id":"canaryid","access_key_secret":"canarysecret","sts_token":"canarytoken""#;
const ROLE: &str = r#""ram_role_arn":"acs:ram::1:role/r","policy":"canarypolicy","external_id":"canaryexternal""#;

/// What the fake services answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mood {
    Right,
    Expired,
    Refusing,
    Garbage,
    NoToken,
    HangUp,
}

const MOODS: [Mood; 6] = [Mood::Right, Mood::Expired, Mood::Refusing, Mood::Garbage, Mood::NoToken, Mood::HangUp];

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Answers for the service, STS, the metadata service and a credentials URI, all with canaries.
fn answer(mood: Mood, stream: &mut TcpStream, head: &str) {
    let end = if mood == Mood::Expired { "1999-01-01T00:00:00Z" } else { "2100-01-01T00:00:00Z" };
    let keys = format!(r#"{KEYS},"Expiration":"{end}""#);
    let refusal = r#"{"Code":"canarycode","Message":"canarysecret is not canarytoken","RequestId":"canaryrequest"}"#;
    let (status, body) = match mood {
        _ if head.contains("CheckResult") => {
            let expired = r#"{"Code":"InvalidSecurityToken.Expired","Message":"canarytoken of canaryid"}"#;
            (400, expired.to_owned())
        }
        Mood::HangUp => return drop(stream.shutdown(std::net::Shutdown::Both)),
        Mood::Refusing => (403, refusal.to_owned()),
        Mood::Garbage => (200, r#"{"Code":"Success","canarysecret"#.to_owned()),
        Mood::NoToken if head.starts_with("PUT ") => (404, "canarysecret".to_owned()),
        _ if head.starts_with("PUT ") => (200, "canaryimds".to_owned()),
        _ if head.contains("/security-credentials/ ") => (200, "r".to_owned()),
        _ if head.starts_with("POST ") => (200, format!(r#"{{"Credentials":{{{keys}}}}}"#)),
        _ => (200, format!(r#"{{"Code":"Success",{keys}}}"#)),
    };
    if status == 200 {
        return say(stream, &body);
    }
    let _ = write!(stream, "HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n{body}", body.len());
}

fn write(home: &Path, path: &str, text: &str) -> String {
    let path = home.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    path.to_str().unwrap().to_owned()
}

/// One way of saying where keys are.
struct Planted {
    what: &'static str,
    variables: Vec<(&'static str, String)>,
    file: Option<(&'static str, String)>,
}

fn planted(endpoint: &str, token_file: &str) -> Vec<Planted> {
    let variables = |what, variables| Planted { what, variables, file: None };
    let id = || ("ALIBABA_CLOUD_ACCESS_KEY_ID", "canaryid".to_owned());
    let secret = |text: &str| ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", text.to_owned());
    let uri = |text: String| vec![("ALIBABA_CLOUD_CREDENTIALS_URI", text)];
    let mut all = vec![
        variables(
            "the environment",
            vec![id(), secret("canarysecret"), ("ALIBABA_CLOUD_SECURITY_TOKEN", "canarytoken".to_owned())],
        ),
        variables("half a key", vec![id()]),
        variables("a secret with a blank", vec![id(), secret("canary secret")]),
        variables(
            "OIDC",
            vec![
                ("ALIBABA_CLOUD_OIDC_TOKEN_FILE", token_file.to_owned()),
                ("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/p".to_owned()),
                ("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/r".to_owned()),
            ],
        ),
        variables("metadata", vec![("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "false".to_owned())]),
        variables("a URI", uri(format!("{endpoint}/canarypath?t=canaryquery"))),
        variables("a URI with a password", uri("http://u:canarypassword@127.0.0.1/".to_owned())),
        variables("a URI in the open", uri("http://192.0.2.1/canarypath".to_owned())),
        variables("no URI", uri("canaryuri".to_owned())),
    ];
    let program = |body: &str| format!(r#""process_command":"sh -c '{body}' canaryarg""#);
    for (mode, rest) in [
        ("AK", PROFILE_KEYS.to_owned()),
        ("StsToken", PROFILE_KEYS.to_owned()),
        ("RamRoleArn", format!("{PROFILE_KEYS},{ROLE}")),
        ("ChainableRamRoleArn", format!(r#"{ROLE},"source_profile":"behind""#)),
        ("External", program(r#"echo {\"access_key_id\":\"canaryid\",\"access_key_secret\":\"canarysecret\"}"#)),
        ("External", program("echo canarysecret; echo canarystderr >&2; exit 3")),
        ("External", program("echo canarysecret")),
        ("External", r#""process_command":"canaryprogram 'canaryarg""#.to_owned()),
        ("External", r#""process_command":"/does/not/exist/canaryprogram canaryarg""#.to_owned()),
        ("canarymode", PROFILE_KEYS.to_owned()),
    ] {
        let behind = format!(r#"{{"name":"behind","mode":"StsToken",{PROFILE_KEYS}}}"#);
        let text = format!(r#"{{"current":"p","profiles":[{{"name":"p","mode":"{mode}",{rest}}},{behind}]}}"#);
        all.push(Planted { what: mode, variables: vec![], file: Some((".aliyun/config.json", text)) });
    }
    let keys = "access_key_id = canaryid\naccess_key_secret = canarysecret\nsecurity_token = canarytoken\n";
    for (what, rest) in
        [("access_key", ""), ("ram_role_arn", "role_arn = r\npolicy = canarypolicy"), ("canarytype", ""), ("sts", "")]
    {
        let text = format!("[default]\ntype = {what}\n{keys}{rest}\n");
        all.push(Planted { what, variables: vec![], file: Some((".alibabacloud/credentials", text)) });
    }
    let text = "{\"canarysecret\"".to_owned();
    all.push(Planted { what: "no JSON", variables: vec![], file: Some((".aliyun/config.json", text)) });
    all
}

/// Everything that can be printed of a client with this builder, and of what becomes of its calls.
fn printed(builder: &ClientBuilder) -> String {
    let mut out = vec![format!("{builder:?} {:?}", builder.diagnose_credentials())];
    match builder.clone().build_blocking() {
        Err(error) => out.push(format!("{error} {error:?}")),
        Ok(client) => {
            let request = CheckResultRequest::new("biz1", "t");
            // The second call meets what the first one left behind.
            for _ in 0..2 {
                let error = client.check_result(&request).expect_err("nothing is right here");
                out.push(format!("{error} {error:?} {client:?}"));
            }
            let (sender, outcome) = mpsc::channel();
            let done = move |outcome| sender.send(outcome).unwrap();
            client.start(request, CallOptions::default(), Delivery::default(), done).unwrap();
            out.push(format!("{:?}", outcome.recv().unwrap()));
        }
    }
    out.join("\n")
}

fn hex(text: &str) -> String {
    text.bytes().fold(String::new(), |out, byte| format!("{out}{byte:02x}"))
}

#[test]
fn no_canary_is_seen() {
    let captured = Captured::default();
    let writer = captured.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let panics = Captured::default();
    let hook = panics.clone();
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let _ = write!(hook.clone(), "{panic}");
        default(panic);
    }));

    let home = tempfile::tempdir().unwrap();
    let token_file = write(home.path(), "token", "canary.oidc.token");
    let mut all = String::new();
    for mood in MOODS {
        let endpoint = server(move |stream, head| answer(mood, stream, head));
        for Planted { what, variables, file } in planted(&endpoint, &token_file) {
            let path = file.map(|(path, text)| write(home.path(), path, &text));
            let mut environment: BTreeMap<&str, String> = BTreeMap::new();
            environment.insert("HOME", home.path().to_str().unwrap().to_owned());
            environment.insert("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true".to_owned());
            for name in ["CLOUDAUTH_ENDPOINT", "CLOUDAUTH_STS_ENDPOINT", "CLOUDAUTH_METADATA_ENDPOINT"] {
                environment.insert(name, endpoint.clone());
            }
            environment.extend(variables);
            let printed = printed(&Client::builder().environment(Environment::given(environment)));
            assert!(!printed.to_lowercase().contains(CANARY), "{what}, {mood:?}: {printed}");
            all += &printed;
            if let Some(path) = path {
                fs::remove_file(path).unwrap();
            }
        }
    }
    assert_eq!(String::from_utf8(panics.0.lock().unwrap().clone()).unwrap(), "");

    let log = String::from_utf8(captured.0.lock().unwrap().clone()).unwrap();
    let warning = "identity tokens and keys of roles go through a host that is not one of STS";
    for told in ["credentials fetched", "no credentials could be fetched", "credentials come from here", warning] {
        assert!(log.contains(told), "{told}");
    }
    for line in log.lines() {
        assert!(!line.to_lowercase().contains(CANARY), "{line}");
    }
    all += &log;
    for secret in ["canaryid", "canarysecret", "canarytoken", "canaryimds", "canary.oidc.token", "canaryquery", "canaryarg"] {
        assert!(!all.contains(&hex(secret)) && !all.contains(&BASE64_STANDARD.encode(secret)), "{secret}");
    }
}
