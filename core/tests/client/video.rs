//! `download_video`: the list of `tests/calls/video.json`, and against the emulator what becomes of a video that does not come in
//! one piece.

use crate::support;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use crate::recorder::{all_sent, listed};
use crate::support::builder;
use cloudauth_core::typed::{DownloadVideoRequest, Video};
use cloudauth_core::{CallOptions, Cancellation, ClientBuilder, Delivery, Error, Kind, Result, blocking};
use cloudauth_emulator::{Emulator, Options};
use serde_json::{Value, json};
use tempfile::TempDir;

fn filled(value: &Value, listener: &TcpListener) -> Value {
    let address = listener.local_addr().unwrap();
    let text = value.to_string().replace("{port}", &address.port().to_string());
    serde_json::from_str(&text.replace("{origin}", &format!("http://{address}"))).unwrap()
}

/// Whether anyone has connected.
fn is_called(listener: &TcpListener) -> bool {
    listener.set_nonblocking(true).unwrap();
    let called = listener.accept().is_ok();
    listener.set_nonblocking(false).unwrap();
    called
}

fn download(client: &blocking::Client, to: &Path, arguments: &Value) -> Result<Value> {
    let mut request = cloudauth_core::typed::TypedRequest::new("download_video")?;
    request.set("to", to.to_str().unwrap());
    for (name, value) in arguments.as_object().unwrap() {
        request.set(name, value.clone());
    }
    client.run(&request, &CallOptions::default()).map(|reply| reply.to_object().into())
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn no_hostile_url_leads_anywhere() {
    let (listener, folder) = (TcpListener::bind("127.0.0.1:0").unwrap(), tempfile::tempdir().unwrap());
    let client = builder("https://service.invalid").max_attempts(1).build_blocking().unwrap();
    let urls = listed("video.json", "urls");
    assert!(urls.len() > 100);
    for case in &urls {
        let case = filled(case, &listener);
        let url = case["url"].as_str().unwrap();
        let mut arguments = json!({"result": {"sub_code": "200", "face": {"video_url": url}}});
        if case["video_hosts"].is_array() {
            arguments["video_hosts"] = case["video_hosts"].clone();
        }
        let error = download(&client, &folder.path().join("video.webm"), &arguments).unwrap_err();
        assert_eq!(error.kind(), Kind::Blocked, "{}: {error}", case["name"]);
        assert!(!error.retryable() && !error.message().contains("v.webm"), "{}: {error}", case["name"]);
    }
    assert!(!is_called(&listener) && names(folder.path()).is_empty());
}

#[test]
fn every_case_of_the_list_ends_as_it_says() {
    for case in listed("video.json", "cases") {
        let (listener, folder) = (TcpListener::bind("127.0.0.1:0").unwrap(), tempfile::tempdir().unwrap());
        let case = filled(&case, &listener);
        let (name, to) = (&case["name"], folder.path().join("video.webm"));
        let client = builder(&format!("http://{}", listener.local_addr().unwrap())).max_attempts(1).build_blocking().unwrap();
        let status = case["status"].as_u64().unwrap_or(200).try_into().unwrap();
        let reply = (status, case["reply"].as_str().unwrap_or_default().to_owned());
        let replies = vec![reply; case["requests"].as_u64().unwrap().try_into().unwrap()];
        let mut outcome = None;
        all_sent(&listener, &replies, || outcome = Some(download(&client, &to, &case["arguments"])));
        assert!(!is_called(&listener), "{name}: a request too many");
        let is_there = match outcome.unwrap() {
            Ok(video) => {
                for (field, value) in case["gives"].as_object().unwrap() {
                    assert_eq!(video[field], *value, "{name}");
                }
                video["path"] == to.to_str().unwrap()
            }
            Err(error) => {
                assert_eq!(error.kind().name(), case["fails"], "{name}: {error}");
                false
            }
        };
        assert_eq!(names(folder.path()).len(), usize::from(is_there), "{name}");
        assert!(!is_there || fs::read_to_string(&to).unwrap() == case["reply"], "{name}");
    }
}

#[test]
fn a_video_is_gone_where_its_transaction_is() {
    let (listener, folder) = (TcpListener::bind("127.0.0.1:0").unwrap(), tempfile::tempdir().unwrap());
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let client = builder(&origin).max_attempts(1).build_blocking().unwrap();
    let arguments = json!({
        "started": {
            "version": 1, "endpoint": origin, "transaction_id": "hks1", "merchant_biz_id": "order1", "product_code": "eKYC_PRO",
            "initialized_at": "2026-03-01T10:00:00Z",
        },
        "result": {"sub_code": "200", "face": {"video_url": format!("{origin}/v.webm")}}, "video_hosts": ["127.0.0.1"],
    });
    let replies = ["<Error><Code>NoSuchKey</Code></Error>", "{\"Code\":\"TransactionIdInvalid\"}"];
    let mut outcome = None;
    all_sent(&listener, &replies.map(|reply| (404, reply.to_owned())), || {
        outcome = Some(download(&client, &folder.path().join("video.webm"), &arguments));
    });
    assert_eq!(outcome.unwrap().unwrap()["outcome"], "gone");
}

/// An emulator with TLS, a client of it, and a folder for videos.
struct Place {
    emulator: Emulator,
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let emulator = Emulator::start(Options { tls: true, ..Options::default() }).unwrap();
        Self { emulator, folder: tempfile::tempdir().unwrap() }
    }

    fn builder(&self) -> ClientBuilder {
        let pem = self.emulator.ca_pem().unwrap();
        builder(self.emulator.endpoint()).ca_pem(pem.as_bytes().to_vec()).retry_base(Duration::from_millis(1)).max_attempts(4)
    }

    fn client(&self) -> blocking::Client {
        self.builder().build_blocking().unwrap()
    }

    fn to(&self) -> PathBuf {
        self.folder.path().join("video.webm")
    }

    /// For what `id` has, as `Initialize` would have given it.
    fn request(&self, id: &str) -> DownloadVideoRequest {
        let started = json!({
            "version": 1, "endpoint": self.emulator.endpoint(), "transaction_id": id, "merchant_biz_id": "order1",
            "product_code": "eKYC_PRO", "initialized_at": "2026-03-01T10:00:00Z",
        });
        DownloadVideoRequest::new(self.to().to_str().unwrap()).started(started).video_hosts(["127.0.0.1"])
    }

    fn faults(&self, faults: &[&str]) {
        self.emulator.set_faults(faults.iter().map(|fault| fault.parse().unwrap()).collect(), None, 0).unwrap();
    }

    fn fetch(&self, id: &str) -> Result<Video> {
        self.client().download_video(&self.request(id))
    }

    /// What was fetched is all there, and nothing else is.
    fn assert_whole(&self, video: &Video, length: Option<usize>) {
        assert_eq!(video.outcome.as_deref(), Some("fetched"));
        let bytes = fs::read(self.to()).unwrap();
        let printed = Command::new("sha256sum").arg(self.to()).output().unwrap().stdout;
        assert!(printed.starts_with(video.sha256.as_deref().unwrap().as_bytes()));
        assert_eq!(video.length, i64::try_from(bytes.len()).ok());
        assert_eq!(video.path.as_deref(), self.to().to_str());
        assert!(bytes.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) && length.is_none_or(|length| bytes.len() == length));
        assert_eq!(fs::metadata(self.to()).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(names(self.folder.path()), ["video.webm"]);
    }

    fn assert_nothing(&self) {
        assert_eq!(names(self.folder.path()), [""; 0]);
    }
}

const MIB: usize = 1 << 20;

#[test]
fn a_video_becomes_a_file_and_is_not_overwritten() {
    let place = Place::new();
    let video = place.fetch("ekycpro200").unwrap();
    place.assert_whole(&video, None);
    assert!(!video.request_id.is_empty());
    assert!(format!("{video:?}").contains("path: …"), "{video:?}");
    let client = place.client();
    let error = client.download_video(&place.request("ekycpro200")).unwrap_err();
    assert_eq!(error.kind(), Kind::Io);
    assert!(error.message().ends_with("video.webm: is there already, and is not overwritten"), "{error}");
    let video = client.download_video(&place.request("ekycpro200-video1MiB").overwrite(true)).unwrap();
    place.assert_whole(&video, Some(MIB));
    // Calls are counted, and a job is none.
    let stats = client.stats();
    assert_eq!((stats.calls, stats.succeeded, stats.requests), (2, 2, 2));
}

#[test]
fn only_a_regular_file_is_overwritten() {
    let place = Place::new();
    let (client, to) = (place.client(), place.to());
    let fetch = || client.download_video(&place.request("ekycpro200").overwrite(true));
    let refused = || {
        let error = fetch().unwrap_err();
        assert_eq!(error.kind(), Kind::Io);
        assert!(error.message().ends_with("video.webm: is no regular file, and is not overwritten"), "{error}");
        assert_eq!(names(place.folder.path()), ["video.webm"]);
    };
    assert!(Command::new("mkfifo").arg(&to).status().unwrap().success());
    refused();
    assert!(fs::metadata(&to).unwrap().file_type().is_fifo());
    fs::remove_file(&to).unwrap();
    symlink("/dev/null", &to).unwrap();
    refused();
    assert_eq!(fs::read_link(&to).unwrap(), Path::new("/dev/null"));
    fs::remove_file(&to).unwrap();
    symlink("not-mounted-now/video.webm", &to).unwrap();
    refused();
    assert_eq!(fs::read_link(&to).unwrap(), Path::new("not-mounted-now/video.webm"));
    fs::remove_file(&to).unwrap();
    fs::create_dir(&to).unwrap();
    refused();
    fs::remove_dir(&to).unwrap();
    let other = tempfile::NamedTempFile::new().unwrap();
    symlink(other.path(), &to).unwrap();
    let video = fetch().unwrap();
    place.assert_whole(&video, None);
    assert_eq!(fs::read(other.path()).unwrap(), b"", "what the link led to is left alone");
}

#[test]
fn what_is_missing_is_fetched_on_another_connection() {
    for fault in ["close-mid-body", "reset-mid-body", "stall-mid-body"] {
        let place = Place::new();
        place.faults(&[&format!("{fault}:action=video,next=2")]);
        let client = place.builder().attempt_timeout(Duration::from_millis(700)).build_blocking().unwrap();
        let video = client.download_video(&place.request("ekycpro200-video4MiB")).unwrap();
        place.assert_whole(&video, Some(4 * MIB));
        // Half of it, half of the rest, and the rest: not the first half again.
        let sent = place.emulator.stats().sent_bytes;
        assert!(sent < 11 * MIB as u64 / 2, "{fault}: {sent}");
    }
}

#[test]
fn a_host_in_trouble_is_asked_again_and_not_for_ever() {
    let place = Place::new();
    place.faults(&["empty-503:action=video,next=3"]);
    place.assert_whole(&place.fetch("ekycpro200").unwrap(), None);
    fs::remove_file(place.to()).unwrap();
    for (fault, kind, attempts) in [
        ("empty-503", Kind::Unavailable, 4),
        ("close-mid-body", Kind::Network, 4),
        ("close-without-answer", Kind::Network, 4),
        ("redirect", Kind::Blocked, 0),
        ("redirect:to=http", Kind::Blocked, 0),
        ("length-and-chunked", Kind::Protocol, 2),
        ("chunk-cut", Kind::Protocol, 0),
        ("gzip-unasked", Kind::Protocol, 0),
        ("proxy-407", Kind::Service, 1),
    ] {
        let separator = if fault.contains(':') { ',' } else { ':' };
        place.faults(&[&format!("{fault}{separator}action=video")]);
        let error = place.fetch("ekycpro200").unwrap_err();
        assert_eq!(error.kind(), kind, "{fault}: {error}");
        assert!(attempts == 0 || error.attempts() == attempts, "{fault}: {} attempts", error.attempts());
        assert!(!error.message().contains("Signature") && !error.message().contains("/video/"), "{error}");
        place.assert_nothing();
    }
}

#[test]
fn a_video_is_gone_in_the_end() {
    let place = Place::new();
    let client = place.client();
    let outcome = |request: &DownloadVideoRequest| client.download_video(request).map(|video| video.outcome.unwrap());
    assert_eq!(outcome(&place.request("idocr200")).unwrap(), "none_offered");
    let stored = client.check_result(&support::request("ekycpro200")).unwrap();
    let stored = cloudauth_core::to_json(&stored).unwrap();
    let to = place.to();
    let alone = || DownloadVideoRequest::new(to.to_str().unwrap()).result(stored.as_str()).video_hosts(["127.0.0.1"]);
    place.emulator.advance(Duration::from_mins(16));
    assert_eq!(outcome(&alone()).unwrap(), "gone");
    place.assert_nothing();
    // The link is too old, and the video is there for whoever asks for a new one.
    let beside = client.download_video(&place.request("ekycpro200").result(stored.as_str())).unwrap();
    place.assert_whole(&beside, None);
    fs::remove_file(&to).unwrap();
    place.emulator.advance(Duration::from_mins(15));
    assert_eq!(outcome(&place.request("ekycpro200").result(stored.as_str())).unwrap(), "gone");
    assert_eq!(outcome(&place.request("ekycpro200")).unwrap(), "none_offered");
    assert_eq!(outcome(&place.request("errorProcessNotCompleted")).unwrap_err().kind(), Kind::NotCompleted);
    place.assert_nothing();
}

#[test]
fn a_result_of_another_region_is_refused() {
    let place = Place::new();
    let started = json!({
        "version": 1, "region": "cn-hongkong", "transaction_id": "ekycpro200", "merchant_biz_id": "order1",
        "product_code": "eKYC_PRO", "initialized_at": "2026-03-01T10:00:00Z",
    });
    let error = place.client().download_video(&place.request("ekycpro200").started(started)).unwrap_err();
    assert_eq!(error.message(), "started: belongs to region cn-hongkong, and this client calls an endpoint");
    let error = place.client().download_video(&place.request("ekycpro200").parameter("IsReturnImage", "Y")).unwrap_err();
    assert_eq!(error.kind(), Kind::InvalidArgument);
}

#[test]
fn a_disk_that_is_full_leaves_nothing_behind() {
    let place = Place::new();
    let folder = place.folder.path().to_str().unwrap();
    if !Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]).status().unwrap().success() {
        eprintln!("SKIPPED: no file system can be mounted here");
        return;
    }
    let outcome = place.fetch("ekycpro200-video4MiB");
    let left = names(place.folder.path());
    assert!(Command::new("umount").arg(folder).status().unwrap().success());
    let error = outcome.unwrap_err();
    assert_eq!((error.kind(), left), (Kind::Io, Vec::<String>::new()), "{error}");
    assert!(error.message().ends_with("video.webm: cannot be written (No space left on device)"), "{error}");
}

/// A host that sends half of a video and then nothing, to whoever comes.
fn stalled() -> (TcpListener, Value) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let serving = listener.try_clone().unwrap();
    thread::spawn(move || {
        let mut kept = Vec::new();
        for mut stream in serving.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n\x1A\x45\xDF\xA3456789");
            kept.push(stream);
        }
    });
    let url = format!("http://{}/v.webm", listener.local_addr().unwrap());
    (listener, json!({"sub_code": "200", "face": {"video_url": url}}))
}

const SOON: Duration = Duration::from_millis(300);

/// Within a second of being ended, whoever ends it.
fn assert_ended(begun: Instant, kind: Kind, outcome: Result<Video>, folder: &TempDir) {
    let error: Error = outcome.unwrap_err();
    assert_eq!(error.kind(), kind, "{error}");
    assert!(begun.elapsed() < SOON + Duration::from_secs(1), "{kind:?}: {:?}", begun.elapsed());
    let patience = Instant::now();
    while !names(folder.path()).is_empty() {
        assert!(patience.elapsed() < Duration::from_secs(5), "{kind:?}: the temporary file is left");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_download_ends_when_it_is_told_to() {
    let (_server, result) = stalled();
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("video.webm");
    let request = DownloadVideoRequest::new(to.to_str().unwrap()).result(result).video_hosts(["127.0.0.1"]);
    let client = builder("https://service.invalid").build_blocking().unwrap();
    let soon = |options: &dyn Fn(CallOptions) -> CallOptions, kind| {
        let begun = Instant::now();
        let outcome = client.run(&request, &options(CallOptions::default()));
        assert_ended(begun, kind, outcome, &folder);
        let (begun, (sender, done)) = (Instant::now(), channel());
        let send = move |outcome| sender.send(outcome).unwrap();
        client.start(request.clone(), options(CallOptions::default()), Delivery::OnCallbackThread, send).unwrap();
        assert_ended(begun, kind, done.recv_timeout(Duration::from_secs(10)).unwrap(), &folder);
    };
    soon(&|options| options.timeout(SOON), Kind::Timeout);
    soon(
        &|options| {
            let cancellation = Cancellation::new();
            let later = cancellation.clone();
            thread::spawn(move || {
                thread::sleep(SOON);
                later.cancel();
            });
            options.cancellation(&cancellation)
        },
        Kind::Cancelled,
    );
    soon(
        &|options| {
            let begun = Instant::now();
            options.interrupt(move || begun.elapsed() > SOON)
        },
        Kind::Cancelled,
    );
}

#[tokio::test]
async fn a_download_that_nobody_awaits_ends() {
    let (server, result) = stalled();
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("video.webm");
    let request = DownloadVideoRequest::new(to.to_str().unwrap()).result(result).video_hosts(["127.0.0.1"]);
    let client = builder("https://service.invalid").build().unwrap();
    let begun = Instant::now();
    assert!(tokio::time::timeout(SOON, client.download_video(&request)).await.is_err());
    assert_ended(begun, Kind::Cancelled, Err(Error::nobody_waits()), &folder);
    drop(server);
    let place = Place::new();
    let video = place.builder().build().unwrap().download_video(&place.request("ekycpro200-video1MiB")).await.unwrap();
    place.assert_whole(&video, Some(MIB));
}

/// Says to a child of this test what to fetch, and where from.
const CHILD: &str = "CLOUDAUTH_TEST_VIDEO_REQUEST";

/// The most memory that this process has had, in KiB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn memory_does_not_grow_with_the_video() {
    if let Ok(url) = std::env::var(CHILD) {
        let folder = tempfile::tempdir().unwrap();
        let client = builder("https://service.invalid").build_blocking().unwrap();
        let arguments = json!({"result": {"sub_code": null, "face": {"video_url": url}}, "video_hosts": ["127.0.0.1"]});
        let video = download(&client, &folder.path().join("video.webm"), &arguments).unwrap();
        return println!("{CHILD} {} {}", video["length"], peak());
    }
    let emulator = Emulator::start(Options::default()).unwrap();
    let client = builder(emulator.endpoint()).build_blocking().unwrap();
    let [small, large] = ["64KiB", "64MiB"].map(|length| {
        let result = client.check_result(&support::request(&format!("ekycpro200-video{length}"))).unwrap();
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "video::memory_does_not_grow_with_the_video", "--nocapture"])
            .env(CHILD, result.face.unwrap().video_url.unwrap())
            .output()
            .unwrap();
        let printed = String::from_utf8(child.stdout).unwrap();
        let line = printed.lines().find_map(|line| line.split_once(CHILD)).unwrap_or_else(|| panic!("{printed}")).1;
        let figures: Vec<u64> = line.split_whitespace().map(|figure| figure.parse().unwrap()).collect();
        (figures[0], figures[1])
    });
    assert_eq!([small.0, large.0], [64 << 10, 64 << 20]);
    // What the connection reads at once.
    assert!(large.1 < small.1 + (2 << 10), "{} KiB and {} KiB", small.1, large.1);
}
