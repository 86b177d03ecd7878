//! The order of the sources, and what is said of each.

use cloudauth_core::Kind;
use cloudauth_core::credentials::SourceState;
use cloudauth_emulator::{CloudFault, CloudService};

use crate::support::{World, call};

const AK: &str = r#"{"name":"default","mode":"AK","access_key_id":"emulator-key-id","access_key_secret":"emulator-key-secret"}"#;
const INI: &str = "[default]\ntype=access_key\naccess_key_id=emulator-key-id\naccess_key_secret=emulator-key-secret\n";
const ORDER: [&str; 6] = ["environment", "oidc", "cli_profile", "ini_profile", "ecs_metadata", "credentials_uri"];

/// Every source there is.
fn rich() -> World {
    let mut world = World::new();
    world.environment_keys();
    world.oidc();
    world.cli_profile(AK);
    world.write(".alibabacloud/credentials", INI);
    world.metadata();
    world.uri();
    world
}

#[test]
fn sources_are_tried_in_the_order_of_the_sdks() {
    let mut world = rich();
    let take_away: [fn(&mut World); 6] = [
        |world| world.unset("ALIBABA_CLOUD_ACCESS_KEY_ID"),
        |world| world.unset("ALIBABA_CLOUD_OIDC_TOKEN_FILE"),
        |world| world.set("ALIBABA_CLOUD_CLI_PROFILE_DISABLED", "true"),
        |world| world.set("ALIBABA_CLOUD_PROFILE", "another"),
        |world| world.set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true"),
        |world| world.unset("ALIBABA_CLOUD_CREDENTIALS_URI"),
    ];
    for (position, (name, take_away)) in ORDER.into_iter().zip(take_away).enumerate() {
        let reports = world.diagnosis();
        assert_eq!(reports.iter().map(|report| report.name.as_str()).collect::<Vec<_>>(), ORDER);
        let states: Vec<_> = reports.iter().map(|report| report.state).collect();
        let mut expected = vec![SourceState::Absent; position];
        expected.push(SourceState::Used);
        expected.resize(6, SourceState::NotAsked);
        assert_eq!(states, expected, "{reports:?}");
        assert_eq!(world.winner(), name);
        world.call().unwrap();
        take_away(&mut world);
        if position == 0 {
            world.unset("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
        }
    }
    let error = world.error();
    assert_eq!(error.kind(), Kind::Credentials);
    for name in ORDER.into_iter().chain([
        "no credentials: give access_key_id and access_key_secret, or set ALIBABA_CLOUD_ACCESS_KEY_ID",
        "not set: ALIBABA_CLOUD_OIDC_TOKEN_FILE",
        "ALIBABA_CLOUD_CLI_PROFILE_DISABLED is true",
        "credentials has no profile of that name",
        "credentials.ini does not exist",
        "ALIBABA_CLOUD_CREDENTIALS_URI is not set",
    ]) {
        assert!(error.message().contains(name), "{name}: {error}");
    }
}

#[test]
fn nothing_is_asked_before_the_first_call() {
    let mut world = World::new();
    world.oidc();
    world.metadata();
    world.uri();
    let client = world.client();
    let services = [CloudService::Oidc, CloudService::Metadata, CloudService::CredentialsUri];
    assert_eq!(services.map(|service| world.requests(service)), [0; 3]);
    call(&client).unwrap();
    assert_eq!(services.map(|service| world.requests(service)), [1, 0, 0]);
}

#[test]
fn a_chain_stays_with_the_source_that_gave_keys() {
    let mut world = World::new();
    world.oidc();
    world.uri();
    let cloud = world.emulator.cloud();
    cloud.set_fault(CloudService::Oidc, Some(CloudFault::Down));
    let client = world.client();
    call(&client).unwrap();
    assert_eq!((world.requests(CloudService::Oidc), world.issued(CloudService::CredentialsUri)), (1, 1));
    cloud.set_fault(CloudService::Oidc, None);
    world.advance(std::time::Duration::from_mins(61));
    call(&client).unwrap();
    assert_eq!((world.requests(CloudService::Oidc), world.issued(CloudService::CredentialsUri)), (1, 2));
    let reports = world.diagnosis();
    assert_eq!(reports[1].state, SourceState::Used);
    assert!(reports[1].reason.starts_with("temporary keys, good until 20"), "{reports:?}");
    assert_eq!((reports[5].state, reports[5].reason.as_str()), (SourceState::NotAsked, "an earlier source gave keys"));
}

#[test]
fn a_profile_chosen_in_code_leaves_only_the_files() {
    let world = rich();
    let named = |name: &str| world.builder().profile(name);
    call(&named("default").build_blocking().unwrap()).unwrap();
    let reports = named("default").diagnose_credentials().unwrap();
    assert_eq!(reports.iter().map(|report| report.name.as_str()).collect::<Vec<_>>(), ["cli_profile", "ini_profile"]);
    assert_eq!(reports[0].state, SourceState::Used);
    assert!(reports[0].reason.starts_with("lasting keys"), "{reports:?}");
    world.write(".alibabacloud/credentials.ini", &INI.replace("default", "mine"));
    call(&named("mine").build_blocking().unwrap()).unwrap();
    let error = named("nobody").build().unwrap_err();
    assert_eq!(error.kind(), Kind::Credentials);
    assert!(error.message().contains("cli_profile") && !error.message().contains("environment:"), "{error}");
    for name in ["", "a\nb"] {
        assert_eq!(named(name).build().unwrap_err().message(), "profile: must be a name");
    }
    let both = named("default").access_key("id", "secret", None);
    assert!(both.build().unwrap_err().message().starts_with("profile: cannot be given together with keys"));
}

#[test]
fn half_a_key_is_a_mistake_and_no_reason_to_look_elsewhere() {
    let mut world = rich();
    world.unset("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
    for outcome in [world.call(), world.builder().diagnose_credentials().map(drop)] {
        let error = outcome.unwrap_err();
        assert!(error.message().contains("ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set"), "{error}");
    }
}

#[test]
fn given_keys_are_diagnosed_as_well() {
    let world = World::new();
    let reports = world.builder().access_key("id", "secret", None).diagnose_credentials().unwrap();
    assert_eq!((reports.len(), reports[0].state, reports[0].state.name()), (1, SourceState::Used, "used"));
    assert!(world.diagnosis().iter().all(|report| report.state == SourceState::Absent));
}
