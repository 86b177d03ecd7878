use std::time::{Duration, Instant};

use cloudauth_emulator::{CloudFault, CloudService, Emulator, Options};
use serde_json::{Value, json};

use crate::client::{Reply, control, get, send};
use crate::signer::{Call, SCHEMES, Scheme, timestamp};

const ROLE: [(&str, &str); 3] =
    [("RoleArn", "acs:ram::1234567890:role/reader"), ("RoleSessionName", "tests"), ("DurationSeconds", "900")];
const ROLES: &str = "/latest/meta-data/ram/security-credentials/";

fn start() -> Emulator {
    Emulator::start(Options::default()).unwrap()
}

fn assume_role(emulator: &Emulator, scheme: Scheme) -> Call {
    let mut call = Call::new(emulator, scheme, "AssumeRole", &[]);
    call.version = "2015-04-01".into();
    call.form = ROLE.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    call
}

/// A call signed with keys that were given out.
fn check_with(emulator: &Emulator, keys: &Value) -> Call {
    let text = |name: &str| keys[name].as_str().unwrap().to_owned();
    let mut call = Call::check(emulator, Scheme::Acs3, "idocr200");
    (call.key, call.secret) = (text("AccessKeyId"), text("AccessKeySecret"));
    call.token = Some(text("SecurityToken"));
    call
}

fn oidc(emulator: &Emulator, query: &str, form: &str) -> Reply {
    let headers = [("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned())];
    let target = format!("/?Action=AssumeRoleWithOIDC&Version=2015-04-01&Format=JSON{query}");
    send(emulator.endpoint(), "POST", &target, &headers, form.as_bytes())
}

fn metadata(emulator: &Emulator, method: &str, path: &str, header: Option<(&str, &str)>) -> Reply {
    let headers: Vec<_> = header.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect();
    send(emulator.endpoint(), method, path, &headers, b"")
}

#[test]
fn a_role_is_assumed_by_those_whose_signature_holds() {
    let emulator = start();
    for scheme in SCHEMES {
        let reply = assume_role(&emulator, scheme).send();
        assert_eq!(reply.status, 200, "{}", reply.text());
        let keys = reply.json()["Credentials"].clone();
        assert_eq!(check_with(&emulator, &keys).send().code(), "Success");
        let mut forged = assume_role(&emulator, scheme);
        forged.secret = "wrong".into();
        assert_eq!(forged.send().code(), "SignatureDoesNotMatch");
        let mut chained = assume_role(&emulator, scheme);
        let first = check_with(&emulator, &keys);
        (chained.key, chained.secret, chained.token) = (first.key, first.secret, first.token);
        assert_eq!(chained.send().status, 200, "keys that were given out may assume a role as well");
    }
    let refused = |name: &str, value: &str| {
        let mut call = assume_role(&emulator, Scheme::Rpc1);
        call.form.insert(name.to_owned(), value.to_owned());
        call.send().code()
    };
    assert_eq!(refused("RoleArn", ""), "MissingParameter");
    assert_eq!(refused("RoleArn", "acs:ram::x:role/reader"), "InvalidParameter");
    assert_eq!(refused("RoleSessionName", "a b"), "InvalidParameter");
    assert_eq!(refused("DurationSeconds", "899"), "InvalidParameter");
    let cloud = emulator.cloud();
    assert_eq!((cloud.requests(CloudService::AssumeRole), cloud.issued(CloudService::AssumeRole)), (10, 4));
}

#[test]
fn keys_are_refused_once_they_have_expired_or_without_their_token() {
    let emulator = start();
    emulator.cloud().set_lifetime(Duration::from_mins(1));
    let keys = assume_role(&emulator, Scheme::Rpc1).send().json()["Credentials"].clone();
    let code = |change: &dyn Fn(&mut Call)| {
        let mut call = check_with(&emulator, &keys);
        change(&mut call);
        call.send().code()
    };
    assert_eq!(code(&|_| {}), "Success");
    assert_eq!(code(&|call| call.token = None), "InvalidSecurityToken.MismatchWithAccessKey");
    assert_eq!(code(&|call| call.secret = "wrong".into()), "SignatureDoesNotMatch");
    emulator.advance(Duration::from_secs(61));
    let later = |call: &mut Call| call.timestamp = timestamp(Duration::from_secs(61));
    assert_eq!(code(&later), "InvalidSecurityToken.Expired");
}

#[test]
fn an_oidc_token_vouches_from_the_body_alone() {
    let emulator = start();
    let arns = "RoleArn=acs:ram::1:role/r&RoleSessionName=tests&OIDCProviderArn=acs:ram::1:oidc-provider/p";
    let form = |token: &str| format!("{arns}&OIDCToken={token}");
    let keys = oidc(&emulator, "", &form("emulator.oidc.token")).json()["Credentials"].clone();
    assert_eq!(check_with(&emulator, &keys).send().code(), "Success");
    assert_eq!(oidc(&emulator, "", &form("other")).code(), "AuthenticationFail.OIDCToken.Invalid");
    assert_eq!(oidc(&emulator, "", arns).code(), "MissingParameter");
    assert_eq!(oidc(&emulator, "&OIDCToken=emulator.oidc.token", arns).code(), "InvalidParameter");
    assert_eq!(oidc(&emulator, "", "RoleArn=acs:ram::1:role/r&OIDCToken=x").code(), "MissingParameter");
    emulator.cloud().set_oidc_token("other");
    assert_eq!(oidc(&emulator, "", &form("other")).status, 200);
    assert_eq!(emulator.cloud().issued(CloudService::Oidc), 2);
}

#[test]
fn metadata_wants_a_token_unless_version_one_is_on() {
    let emulator = start();
    let role = format!("{ROLES}emulator-role");
    assert_eq!(metadata(&emulator, "GET", ROLES, None).status, 403);
    assert_eq!(metadata(&emulator, "PUT", "/latest/api/token", None).status, 400);
    let ttl = Some(("x-aliyun-ecs-metadata-token-ttl-seconds", "60"));
    assert_eq!(metadata(&emulator, "GET", "/latest/api/token", ttl).status, 404);
    let reply = metadata(&emulator, "PUT", "/latest/api/token", ttl);
    let token = Some(("x-aliyun-ecs-metadata-token", reply.text()));
    assert_eq!(metadata(&emulator, "GET", ROLES, token).text(), "emulator-role");
    let keys = metadata(&emulator, "GET", &role, token).json();
    assert_eq!(keys["Code"], "Success");
    assert_eq!(check_with(&emulator, &keys).send().code(), "Success");
    assert_eq!(metadata(&emulator, "GET", &format!("{ROLES}other"), token).status, 404);
    emulator.advance(Duration::from_secs(61));
    assert_eq!(metadata(&emulator, "GET", &role, token).status, 403, "the token has run out");
    emulator.cloud().set_imds_v1(true);
    assert_eq!(metadata(&emulator, "GET", &role, None).status, 200);
    assert_eq!(metadata(&emulator, "GET", &role, token).status, 403, "a token that is sent must hold");
}

#[test]
fn faults_are_committed_and_counted() {
    let emulator = start();
    let cloud = emulator.cloud();
    let ask = || get(&format!("{}/credentials", emulator.endpoint()));
    assert_eq!(check_with(&emulator, &ask().json()).send().code(), "Success");
    cloud.set_fault(CloudService::CredentialsUri, Some(CloudFault::Down));
    assert_eq!(ask().status, 503);
    cloud.set_fault(CloudService::CredentialsUri, Some(CloudFault::Garbage));
    let garbage = ask();
    assert!(garbage.status == 200 && serde_json::from_slice::<Value>(&garbage.body).is_err());
    cloud.set_fault(CloudService::CredentialsUri, Some(CloudFault::Expired));
    assert_eq!(check_with(&emulator, &ask().json()).send().code(), "InvalidSecurityToken.Expired");
    cloud.set_fault(CloudService::CredentialsUri, Some(CloudFault::Slow(Duration::from_millis(200))));
    let begun = Instant::now();
    assert_eq!(ask().status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(200));
    assert_eq!(assume_role(&emulator, Scheme::Acs3).send().status, 200, "the others are well");
    assert_eq!((cloud.requests(CloudService::CredentialsUri), cloud.issued(CloudService::CredentialsUri)), (5, 3));
}

#[test]
fn a_control_call_sets_and_shows_it_all() {
    let emulator = start();
    let set = |arguments: Value| control(emulator.endpoint(), "cloud", &arguments);
    let shown = set(json!({"lifetime_seconds": 60, "imds_v1": true, "metadata": "down", "oidc": {"slow": 5}})).json();
    assert_eq!((&shown["lifetime_seconds"], &shown["imds_v1"]), (&60.into(), &true.into()));
    assert_eq!(shown["metadata"], json!({"fault": "down", "requests": 0, "issued": 0}));
    assert_eq!((&shown["oidc"]["fault"], &shown["assume_role"]["fault"]), (&"slow".into(), &Value::Null));
    assert_eq!(set(json!({"metadata": null, "oidc_token": "x"})).json()["metadata"]["fault"], Value::Null);
    for wrong in [
        json!({"lifetime_seconds": 0}),
        json!({"imds_v1": 1}),
        json!({"metadata": "up"}),
        json!({"oidc": {"slow": 60_001}}),
        json!({"moon": null}),
    ] {
        assert_eq!(set(wrong.clone()).status, 400, "{wrong}");
    }
    let text = get(&format!("{}/control/cloud", emulator.endpoint())).text().to_owned();
    assert!(!text.contains("token"), "{text}");
}
