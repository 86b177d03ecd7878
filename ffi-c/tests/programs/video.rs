//! The list of `tests/calls/video.json`, in C and C++.

use std::fs;
use std::net::TcpListener;

use serde_json::{Value, json};

use crate::recorder::{all_sent, listed};
use crate::support::{Program, emulator, sample};
use crate::typed::arguments;

fn filled(case: &Value, listener: &TcpListener) -> Value {
    let address = listener.local_addr().unwrap();
    let text = case.to_string().replace("{port}", &address.port().to_string());
    serde_json::from_str(&text.replace("{origin}", &format!("http://{address}"))).unwrap()
}

fn is_called(listener: &TcpListener) -> bool {
    listener.set_nonblocking(true).unwrap();
    let called = listener.accept().is_ok();
    listener.set_nonblocking(false).unwrap();
    called
}

#[test]
fn every_video_ends_as_the_list_says() {
    run(&Program::new("video", &["typed.c", "canonical.c", "sha256.c"]), &["blocking", "background", "queue"]);
}

#[test]
fn every_video_ends_as_the_list_says_in_cpp() {
    run(&Program::new("video-cpp", &["typed.cpp"]), &["blocking", "async", "start", "queue"]);
}

fn run(program: &Program, ways: &[&str]) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("video.webm");
    let files = || fs::read_dir(folder.path()).unwrap().count();
    let download = |given: &Value, way: &str| {
        let mut case = json!({"operation": "download_video", "arguments": given});
        case["arguments"]["to"] = to.to_str().unwrap().into();
        let given = arguments(&case);
        let given: Vec<&str> = [endpoint.as_str(), way].into_iter().chain(given.iter().map(String::as_str)).collect();
        program.output(&given)
    };
    for (case, way) in sample(listed("video.json", "cases")).zip(ways.iter().cycle()) {
        let case = filled(&case, &listener);
        let (name, body) = (&case["name"], case["reply"].as_str().unwrap_or_default());
        let reply = (case["status"].as_u64().unwrap_or(200).try_into().unwrap(), body.to_owned());
        let replies = vec![reply; case["requests"].as_u64().unwrap().try_into().unwrap()];
        let mut printed = String::new();
        all_sent(&listener, &replies, || printed = download(&case["arguments"], way));
        assert!(!is_called(&listener), "{name}: a request too many");
        if let Some(kind) = case["fails"].as_str() {
            assert!(printed.starts_with(&format!("{kind} ")) && files() == 0, "{name}: {printed}");
            continue;
        }
        let video: Value = serde_json::from_str(&printed).unwrap();
        for (field, value) in case["gives"].as_object().unwrap() {
            assert_eq!(video[field], *value, "{name}");
        }
        if video["path"].is_null() {
            assert_eq!(files(), 0, "{name}");
        } else {
            assert_eq!(fs::read_to_string(&to).unwrap(), body, "{name}");
            fs::remove_file(&to).unwrap();
        }
    }
    for (case, way) in sample(listed("video.json", "urls")).zip(ways.iter().cycle()) {
        let case = filled(&case, &listener);
        let mut given = json!({"result": {"sub_code": "200", "face": {"video_url": case["url"]}}});
        given["video_hosts"] = case["video_hosts"].clone();
        let printed = download(&given, way);
        assert!(printed.starts_with("blocked - "), "{}: {printed}", case["name"]);
    }
    assert!(!is_called(&listener) && files() == 0);
}

#[test]
fn many_videos_take_little_memory() {
    // A tool's own memory is not the library's.
    if std::env::var_os("CLOUDAUTH_TEST_RUNNER_KEEPS_MEMORY").is_some() {
        return;
    }
    let count = std::env::var("CLOUDAUTH_VIDEOS").unwrap_or_else(|_| "48".to_owned());
    let (emulator, folder) = (emulator(None), tempfile::tempdir().unwrap());
    let program = Program::new("videos", &["videos.c"]);
    for (to, into) in [(folder.path().to_str().unwrap(), "files"), ("-", "a function")] {
        let grown: u64 = program.output(&[emulator.endpoint(), to, &count]).parse().unwrap();
        println!("{count} videos of 8 MiB, 16 at a time, into {into}: {grown} KiB");
        assert!(grown < 64 << 10, "{grown} KiB");
    }
}
