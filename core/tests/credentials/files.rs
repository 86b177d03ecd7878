//! Profiles in files, and the programs that they may name.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use cloudauth_core::Kind;
use cloudauth_emulator::{CloudService, Options};

use crate::support::{PROVIDER_ARN, ROLE_ARN, World, call};

const KEYS: &str = r#""access_key_id":"emulator-key-id","access_key_secret":"emulator-key-secret""#;

fn profile(mode: &str, rest: &str) -> String {
    format!(r#"{{"name":"default","mode":"{mode}",{rest}}}"#)
}

#[test]
fn each_mode_of_the_command_line_tools_profiles_works() {
    let mut world = World::new();
    world.oidc();
    // The profile says it all by itself.
    for name in ["ALIBABA_CLOUD_OIDC_TOKEN_FILE", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "ALIBABA_CLOUD_ROLE_ARN"] {
        world.unset(name);
    }
    let token = world.home.path().join("token");
    let role =
        format!(r#""ram_role_arn":"{ROLE_ARN}","ram_session_name":"tests","expired_seconds":900,"sts_region":"cn-hongkong""#);
    let printed = format!(r#"{{\"mode\":\"AK\",{}}}"#, KEYS.replace('"', "\\\""));
    let modes = [
        (profile("AK", KEYS), [0, 0, 0]),
        (profile("RamRoleArn", &format!(r#"{KEYS},{role},"policy":"{{}}","external_id":"x""#)), [1, 0, 0]),
        (profile("EcsRamRole", r#""ram_role_name":"emulator-role""#), [1, 1, 0]),
        (profile("EcsRamRole", r#""ram_role_name":"""#), [1, 2, 0]),
        (
            profile("OIDC", &format!(r#"{role},"oidc_provider_arn":"{PROVIDER_ARN}","oidc_token_file":"{}""#, token.display())),
            [1, 2, 1],
        ),
        (
            profile("ChainableRamRoleArn", &format!(r#"{role},"source_profile":"instance""#))
                + r#",{"name":"instance","mode":"EcsRamRole"}"#,
            [2, 3, 1],
        ),
        (profile("External", &format!(r#""process_command":"printf '%s' '{printed}'""#)), [2, 3, 1]),
    ];
    for (profile, issued) in modes {
        world.cli_profile(&profile);
        world.call().unwrap_or_else(|error| panic!("{profile}: {error}"));
        let services = [CloudService::AssumeRole, CloudService::Metadata, CloudService::Oidc];
        assert_eq!(services.map(|service| world.issued(service)), issued, "{profile}");
    }
    let temporary = World::with(Options { security_token: Some("token".to_owned()), ..Options::default() });
    temporary.cli_profile(&profile("StsToken", &format!(r#"{KEYS},"sts_token":"token""#)));
    temporary.call().unwrap();
}

#[test]
fn each_type_of_the_sdks_profiles_works_under_both_names() {
    let mut world = World::new();
    world.oidc();
    for name in ["ALIBABA_CLOUD_OIDC_TOKEN_FILE", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "ALIBABA_CLOUD_ROLE_ARN"] {
        world.unset(name);
    }
    let token = world.home.path().join("token");
    let keys = "access_key_id = emulator-key-id\naccess_key_secret = emulator-key-secret # comment\n";
    let role = format!("role_arn = {ROLE_ARN}\nrole_session_name = tests\npolicy = {{}}\n");
    for path in [".alibabacloud/credentials", ".alibabacloud/credentials.ini"] {
        for section in [
            format!("type = access_key\n{keys}"),
            format!("type = ram_role_arn\n{keys}{role}"),
            format!("type = oidc_role_arn\n{role}oidc_provider_arn={PROVIDER_ARN}\noidc_token_file_path={}\n", token.display()),
            "type = ecs_ram_role\nrole_name = emulator-role\n".to_owned(),
        ] {
            let file = world.write(path, &format!("[other]\ntype = nonsense\n[default]\n{section}"));
            world.call().unwrap_or_else(|error| panic!("{path}: {section}: {error}"));
            fs::remove_file(file).unwrap();
        }
    }
    let elsewhere = world.write("elsewhere", &format!("[mine]\ntype = access_key\n{keys}"));
    world.set("ALIBABA_CLOUD_CREDENTIALS_FILE", elsewhere.to_str().unwrap());
    world.set("ALIBABA_CLOUD_PROFILE", "mine");
    world.call().unwrap();
}

#[test]
fn what_cannot_be_used_is_told_and_where_it_stands() {
    let world = World::new();
    let told = |says: &str| {
        let error = world.builder().build().expect_err(says);
        assert_eq!(error.kind(), Kind::Credentials);
        assert!(error.message().contains(says) && !error.message().contains("canary"), "{says}: {error}");
    };
    for (written, says) in [
        (profile("CloudSSO", KEYS), "the mode CloudSSO is not supported"),
        (profile("OAuth", KEYS), "the mode OAuth is not supported"),
        (profile("canary", KEYS), "the mode is not one of AK, StsToken"),
        (profile("AK", r#""access_key_id":"canary""#), "access_key_secret is missing"),
        (profile("AK", r#""access_key_id":"canary","access_key_secret":"can ary""#), "access_key_secret: must be printable"),
        (profile("StsToken", KEYS), "sts_token is missing"),
        (profile("RamRoleArn", KEYS), "ram_role_arn is missing"),
        (profile("RamRoleArn", &format!(r#"{KEYS},"ram_role_arn":"x","expired_seconds":60"#)), "900 to 43200 seconds"),
        (profile("ChainableRamRoleArn", r#""source_profile":"none""#), "source_profile names a profile that is not there"),
        (
            profile("ChainableRamRoleArn", r#""ram_role_arn":"x","source_profile":"default""#),
            "source_profile leads through too many profiles, or in a circle",
        ),
        (profile("External", r#""process_command":"'canary""#), "process_command must be a program and its arguments"),
        (r#"{"name":"default"}"#.to_owned(), "mode is missing"),
        (r#"{"name":"canary","mode":"AK"}"#.to_owned(), "has no profile of that name"),
        ("canary".to_owned(), "there is no JSON of a configuration with profiles"),
    ] {
        let path = world.cli_profile(&written);
        told(says);
        told(path.to_str().unwrap());
    }
    fs::remove_dir_all(world.home.path().join(".aliyun")).unwrap();
    for (section, says) in [
        ("type = rsa_key_pair\nprivate_key_file = canary", "the type rsa_key_pair is not supported"),
        ("type = canary", "the type is not one of access_key"),
        ("access_key_id = canary", "type is missing"),
        ("type = access_key\naccess_key_id = canary", "access_key_secret is missing"),
    ] {
        world.write(".alibabacloud/credentials", &format!("[default]\n{section}\n"));
        told(says);
        told("ini_profile: in ");
    }
}

#[test]
fn a_program_is_run_only_for_a_file_that_nobody_else_may_write() {
    let world = World::new();
    let ran = world.home.path().join("ran");
    let written = profile("External", &format!(r#""process_command":"touch {}""#, ran.display()));
    let path = world.cli_profile(&written);
    for (mode, says) in [
        (0o602, "may be written by anyone on this machine, so it is not read; chmod 600 it"),
        (0o666, "may be written by anyone on this machine, so it is not read; chmod 600 it"),
        (0o620, "process_command is not run: the file's group may write to it; chmod 600 it"),
    ] {
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        let error = world.error();
        assert!(error.message().contains(says), "{mode:o}: {error}");
    }
    fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    let folder = path.parent().unwrap();
    fs::set_permissions(folder, Permissions::from_mode(0o777)).unwrap();
    let error = world.error();
    assert!(error.message().contains("process_command is not run: others may write to the file's folder"), "{error}");
    assert!(!ran.exists());
    fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap();
    let error = world.error();
    assert!(error.message().contains("the program of process_command answered with something that is not"), "{error}");
    assert!(ran.exists());
}

#[test]
fn what_a_program_prints_is_kept_until_it_expires() {
    let world = World::new();
    let runs = world.home.path().join("runs");
    let end = humantime::format_rfc3339_seconds(std::time::SystemTime::now() + Duration::from_hours(1));
    let script = world.write(
        "keys.sh",
        &format!("echo run >> {}\nprintf '%s' '{{\"mode\":\"AK\",{KEYS},\"expiration\":\"{end}\"}}'\n", runs.display()),
    );
    world.cli_profile(&profile("External", &format!(r#""process_command":"sh \"{}\"""#, script.display())));
    let client = world.client();
    for _ in 0..3 {
        call(&client).unwrap();
    }
    assert_eq!(fs::read_to_string(&runs).unwrap().lines().count(), 1);
    world.advance(Duration::from_mins(61));
    let error = call(&client).unwrap_err();
    assert!(error.message().contains("external gave keys that have expired already"), "{error}");
    assert_eq!(fs::read_to_string(&runs).unwrap().lines().count(), 2);
}
