//! Calls through a proxy, with and without TLS on either side of it.

use std::fs;

use cloudauth_core::{Client, Environment, Kind, Proxy};
use cloudauth_emulator::{Emulator, Options};

use crate::proxy::proxy;
use crate::support::{builder, request};
use crate::ways::WAYS;

const AUTHORIZATION: &str = "Basic dXNlcjpjYW5hcnk=";

pub(crate) fn emulator(tls: bool) -> (Emulator, Option<Vec<u8>>) {
    let emulator = Emulator::start(Options { tls, ..Options::default() }).unwrap();
    let ready: serde_json::Value = serde_json::from_str(&emulator.ready_line()).unwrap();
    let authority = ready["ca_file"].as_str().map(|path| fs::read(path).unwrap());
    (emulator, authority)
}

#[test]
fn a_tunnel_leads_to_an_endpoint_with_tls() {
    let (emulator, authority) = emulator(true);
    let mut authority = authority.unwrap();
    for (scheme, tls) in [("http", false), ("https", true)] {
        let through = proxy(emulator.endpoint(), tls, Some(AUTHORIZATION));
        authority.extend(through.pem.unwrap_or_default().into_bytes());
        let client = builder("https://cloudauth-emulator.test")
            .proxy(Proxy::Url(format!("{scheme}://user:canary@{}", through.address)))
            .ca_pem(authority.clone())
            .build_blocking()
            .unwrap();
        for way in WAYS {
            let result = way(&client, &request("ekycpro200").return_image(true)).unwrap();
            assert_eq!(result.passed, Some(true));
            let head = through.heads.recv().unwrap();
            assert!(head.starts_with("CONNECT cloudauth-emulator.test:443 HTTP/1.1\r\n"), "{head}");
            // A second call takes the tunnel that is there.
            way(&client, &request("ekycpro200")).unwrap();
            assert!(through.heads.try_recv().is_err());
        }
    }
}

#[test]
fn a_proxy_forwards_to_an_endpoint_without_tls() {
    let (emulator, _) = emulator(false);
    let through = proxy(emulator.endpoint(), false, Some(AUTHORIZATION));
    let client = builder("http://service.test:8080")
        .allow_insecure(true)
        .proxy(Proxy::Url(format!("http://user:canary@{}", through.address)))
        .build_blocking()
        .unwrap();
    for way in WAYS {
        way(&client, &request("ekycpro200")).unwrap();
        let head = through.heads.recv().unwrap();
        assert!(head.starts_with("POST http://service.test:8080/?"), "{head}");
    }
}

#[test]
fn a_proxy_that_refuses_is_named_without_its_password() {
    let (emulator, _) = emulator(false);
    let strict = proxy(emulator.endpoint(), false, Some(AUTHORIZATION));
    for (address, says) in [
        (&*strict.address, "it does not take this user name and password (407)"),
        ("127.0.0.1:9", "nothing listens there (connection refused)"),
    ] {
        let proxy = Proxy::Url(format!("http://someone:wrong@{address}"));
        let client = builder("https://cloudauth-emulator.test").proxy(proxy).build_blocking().unwrap();
        for way in WAYS {
            let error = way(&client, &request("ekycpro200")).unwrap_err();
            assert_eq!((error.kind(), error.message()), (Kind::Network, &*format!("the proxy {address}: {says}")));
        }
    }
}

#[test]
fn keys_are_fetched_from_sts_through_the_proxy_as_well() {
    let (emulator, _) = emulator(false);
    let through = proxy(emulator.endpoint(), false, Some(AUTHORIZATION));
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    fs::write(&token, "emulator.oidc.token").unwrap();
    let variables = [
        ("CLOUDAUTH_STS_ENDPOINT", "http://sts.test"),
        ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true"),
        ("ALIBABA_CLOUD_OIDC_TOKEN_FILE", token.to_str().unwrap()),
        ("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/p"),
        ("ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/r"),
    ];
    let client = Client::builder()
        .environment(Environment::given(variables))
        .endpoint(emulator.endpoint())
        .allow_insecure(true)
        .proxy(Proxy::Url(format!("http://user:canary@{}", through.address)))
        .build_blocking()
        .unwrap();
    client.check_result(&request("ekycpro200")).unwrap();
    let head = through.heads.recv().unwrap();
    assert!(head.starts_with("POST http://sts.test/?Action=AssumeRoleWithOIDC&"), "{head}");
    assert!(!head.contains("emulator.oidc.token"), "the token is in the body: {head}");
}
