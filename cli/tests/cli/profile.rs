//! `--profile`: keys from the files of the command line tool and the SDKs.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::support::{cloudauth, emulator, finish};

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
}

#[test]
fn a_profile_gives_the_keys() {
    let emulator = emulator();
    let home = tempfile::tempdir().unwrap();
    let (id, secret) = (emulator.access_key_id(), emulator.access_key_secret());
    let config = format!(
        r#"{{"current":"wrong","profiles":[
            {{"name":"wrong","mode":"AK","access_key_id":"{id}","access_key_secret":"canary"}},
            {{"name":"right","mode":"AK","access_key_id":"{id}","access_key_secret":"{secret}"}}]}}"#
    );
    write(&home.path().join(".aliyun/config.json"), &config);
    let text = format!("[other]\ntype = access_key\naccess_key_id = {id}\naccess_key_secret = {secret}\n");
    write(&home.path().join(".alibabacloud/credentials"), &text);
    let check = |more: &[&str]| -> Command {
        let mut command = cloudauth(&[&["check", "idocr200", "--biz", "b"], more].concat());
        command.env("HOME", home.path()).env("CLOUDAUTH_ENDPOINT", emulator.endpoint());
        command
    };
    for name in ["right", "other"] {
        finish(&mut check(&["--profile", name])).fine();
        finish(check(&[]).env("ALIBABA_CLOUD_PROFILE", name)).fine();
    }
    let run = finish(&mut check(&[]));
    run.refused(4, "SignatureDoesNotMatch");
    assert!(!run.stderr.contains("canary"), "the current profile is the wrong one: {run:?}");
    finish(&mut check(&["--profile", "nobody"])).refused(2, "has no profile of that name");
    finish(&mut check(&["--profile", ""])).refused(2, "profile: must be a name");
    let both = ["--profile", "right", "--access-key-id", "k", "--access-key-secret-file", "/dev/null"];
    finish(&mut check(&both)).refused(2, "--profile");
}
