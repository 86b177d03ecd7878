//! Sources that are asked over the network.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cloudauth_core::Kind;
use cloudauth_emulator::{CloudFault, CloudService};

use crate::server::{say, server};
use crate::support::{World, call};

#[test]
fn an_oidc_token_is_read_anew_at_every_refresh() {
    let mut world = World::new();
    world.oidc();
    let client = world.client();
    assert_eq!(world.requests(CloudService::Oidc), 0, "nothing is fetched when a client is made");
    call(&client).unwrap();
    call(&client).unwrap();
    assert_eq!(world.issued(CloudService::Oidc), 1);
    world.emulator.cloud().set_oidc_token("another.oidc.token");
    world.write("token", "another.oidc.token");
    world.advance(Duration::from_mins(61));
    call(&client).unwrap();
    assert_eq!(world.issued(CloudService::Oidc), 2);
    world.write("token", "a.wrong.token");
    world.advance(Duration::from_mins(61));
    let error = call(&client).unwrap_err();
    assert_eq!(error.kind(), Kind::Credentials);
    assert!(error.message().starts_with("STS answered AuthenticationFail.OIDCToken.Invalid (HTTP status 400, "), "{error}");
}

#[test]
fn an_oidc_token_that_is_not_there_is_told() {
    let mut world = World::new();
    world.oidc();
    std::fs::remove_file(world.home.path().join("token")).unwrap();
    let error = world.error();
    assert!(error.message().contains("oidc: the OIDC token's file cannot be read (No such file or directory)"), "{error}");
    world.set("ALIBABA_CLOUD_STS_REGION", "evil.example/");
    world.unset("CLOUDAUTH_STS_ENDPOINT");
    let error = world.error();
    assert!(error.message().contains("oidc: the region of STS must be an id such as"), "{error}");
}

#[test]
fn metadata_gives_the_instances_role() {
    let mut world = World::new();
    world.metadata();
    world.call().unwrap();
    assert_eq!(world.requests(CloudService::Metadata), 3, "a token, the role's name, its keys");
    world.set("ALIBABA_CLOUD_ECS_METADATA", "emulator-role");
    world.call().unwrap();
    assert_eq!(world.requests(CloudService::Metadata), 5, "the role's name is known");
    world.set("ALIBABA_CLOUD_ECS_METADATA", "another");
    let error = world.error();
    assert!(error.message().contains("ecs_metadata: the metadata service knows no such role"), "{error}");
    world.set("ALIBABA_CLOUD_ECS_METADATA", "../../evil");
    let error = world.error();
    assert!(error.message().contains("ecs_metadata: the name of the instance's role must be letters"), "{error}");
}

#[test]
fn version_one_is_used_where_there_is_no_token_unless_it_is_forbidden() {
    let keys = r#"{"Code":"Success","AccessKeyId":"emulator-key-id","AccessKeySecret":"emulator-key-secret"}"#;
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    let endpoint = server(move |stream, head| {
        counter.fetch_add(1, Ordering::SeqCst);
        if head.starts_with("PUT ") {
            let _ = write!(stream, "HTTP/1.1 405 No\r\ncontent-length: 0\r\n\r\n");
        } else {
            assert!(!head.contains("x-aliyun-ecs-metadata-token"), "{head}");
            say(stream, if head.contains("/security-credentials/r ") { keys } else { "r\n" });
        }
    });
    let mut world = World::new();
    world.metadata();
    world.set("CLOUDAUTH_METADATA_ENDPOINT", endpoint);
    world.call().unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 3);
    world.set("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");
    let error = world.error();
    assert!(error.message().contains("gave no token (HTTP status 405), and ALIBABA_CLOUD_IMDSV1_DISABLED"), "{error}");
    assert_eq!(asked.load(Ordering::SeqCst), 4);
}

/// Finding C1: as in a container whose hop limit swallows the token, and where the service will have no token.
#[test]
fn version_one_is_used_where_the_token_does_not_come_or_is_refused() {
    for token_comes in [false, true] {
        let endpoint = server(move |stream, head| {
            if head.starts_with("PUT ") && !token_comes {
                std::thread::sleep(Duration::from_secs(20));
            } else if head.starts_with("PUT ") {
                say(stream, "token");
            } else if head.contains("x-aliyun-ecs-metadata-token") {
                let _ = write!(stream, "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
            } else {
                let keys = r#"{"Code":"Success","AccessKeyId":"emulator-key-id","AccessKeySecret":"emulator-key-secret"}"#;
                say(stream, if head.contains("/security-credentials/r ") { keys } else { "r" });
            }
        });
        let mut world = World::new();
        world.metadata();
        world.set("CLOUDAUTH_METADATA_ENDPOINT", endpoint);
        world.call().unwrap();
        world.set("ALIBABA_CLOUD_IMDSV1_DISABLED", "true");
        let says = if token_comes { "answered with HTTP status 403" } else { "gave no token (" };
        let error = world.error();
        assert!(error.message().contains(&format!("ecs_metadata: the metadata service {says}")), "{error}");
    }
}

/// Finding C2
#[test]
fn keys_may_end_at_a_time_of_any_zone() {
    for end in ["2100-01-01T08:00:00+08:00", "2100-01-01 00:00:00.5Z", "2099-12-31t19:00:00-05:00"] {
        let body = format!(
            r#"{{"Code":"Success","AccessKeyId":"emulator-key-id","AccessKeySecret":"emulator-key-secret","Expiration":"{end}"}}"#
        );
        let endpoint = server(move |stream, _| say(stream, &body));
        let mut world = World::new();
        world.set("ALIBABA_CLOUD_CREDENTIALS_URI", endpoint);
        world.call().expect(end);
    }
}

/// Finding C3
#[test]
fn a_clusters_sts_is_asked_unless_a_profile_names_a_region() {
    let mut world = World::new();
    world.oidc();
    world.unset("CLOUDAUTH_STS_ENDPOINT");
    world.set("ALIBABA_CLOUD_STS_REGION", "evil.example/");
    world.set("ALIBABA_CLOUD_STS_ENDPOINT", world.emulator.endpoint().to_owned());
    world.call().unwrap();
    assert_eq!(world.issued(CloudService::Oidc), 1);
    world.set("ALIBABA_CLOUD_STS_ENDPOINT", "http://sts.example.com");
    let error = world.builder().build().unwrap_err();
    assert!(error.message().starts_with("ALIBABA_CLOUD_STS_ENDPOINT: endpoint: plain http"), "{error}");
    world.set("ALIBABA_CLOUD_STS_ENDPOINT", "https://127.0.0.1:9");
    for name in ["ALIBABA_CLOUD_OIDC_TOKEN_FILE", "ALIBABA_CLOUD_STS_REGION"] {
        world.unset(name);
    }
    let profile = r#"{"name":"default","mode":"RamRoleArn","access_key_id":"a","access_key_secret":"b","ram_role_arn":"acs:ram::1:role/r","sts_region":"evil.example/"}"#;
    world.cli_profile(profile);
    let error = world.builder().build().unwrap_err();
    assert!(error.message().contains("the region of STS must be an id such as"), "{error}");
}

/// Finding B8: a file that holds no token is posted to nobody.
#[test]
fn a_file_that_is_no_token_stays_here() {
    let mut world = World::new();
    world.oidc();
    world.set("ALIBABA_CLOUD_OIDC_TOKEN_FILE", "/etc/passwd");
    let error = world.error();
    assert!(error.message().contains("oidc: the OIDC token's file holds no token: it must be a JWT"), "{error}");
    assert_eq!(world.requests(CloudService::Oidc), 0);
}

#[test]
fn a_credentials_uri_gives_keys() {
    let mut world = World::new();
    world.uri();
    world.call().unwrap();
    assert_eq!(world.issued(CloudService::CredentialsUri), 1);
    for (uri, says) in [
        ("ftp://host/x", "must be a URL that begins with https:// or http://"),
        ("http://user:canary@127.0.0.1/", "must not hold a user name or password"),
        ("http://192.0.2.1/canary", "must be https, or http to a loopback address"),
    ] {
        world.set("ALIBABA_CLOUD_CREDENTIALS_URI", uri);
        let error = world.error();
        assert!(error.message().contains(&format!("credentials_uri: ALIBABA_CLOUD_CREDENTIALS_URI {says}")), "{error}");
        assert!(!error.message().contains("canary"), "{error}");
    }
}

#[test]
fn whatever_a_service_answers_is_told_in_one_clear_line() {
    let mut world = World::new();
    world.uri();
    world.metadata();
    world.oidc();
    let cloud = world.emulator.cloud();
    for (fault, says) in [
        (
            CloudFault::Down,
            [
                "oidc: STS answered with HTTP status 503",
                "the metadata service gave no token",
                "URI answered with HTTP status 503",
            ],
        ),
        (
            CloudFault::Garbage,
            [
                "oidc: STS answered with something that is not a JSON object",
                "the metadata service answered with something that is not the name of a role",
                "URI answered with something that is not a JSON object",
            ],
        ),
        (CloudFault::Expired, [" gave keys that have expired already"; 3]),
    ] {
        for service in [CloudService::Oidc, CloudService::Metadata, CloudService::CredentialsUri] {
            cloud.set_fault(service, Some(fault));
        }
        let mut strict = world.builder();
        if fault == CloudFault::Down {
            let mut variables = world.variables();
            variables.insert("ALIBABA_CLOUD_IMDSV1_DISABLED".to_owned(), "true".to_owned());
            strict = strict.environment(cloudauth_core::Environment::given(variables));
        }
        let error = call(&strict.build_blocking().unwrap()).expect_err("no keys");
        assert_eq!((error.kind(), error.attempts()), (Kind::Credentials, 0));
        assert!(says.iter().all(|says| error.message().contains(says)), "{fault:?}: {error}");
        assert!(!error.message().contains('\n'));
    }
}

#[test]
fn the_metadata_service_of_tests_must_be_loopback() {
    let mut world = World::new();
    world.set("CLOUDAUTH_METADATA_ENDPOINT", "https://192.0.2.1");
    let error = world.builder().build().unwrap_err();
    assert!(error.message().starts_with("CLOUDAUTH_METADATA_ENDPOINT: must be a loopback address"), "{error}");
}
