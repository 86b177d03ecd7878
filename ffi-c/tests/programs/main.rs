//! The programs of `tests/c`, compiled and run against an emulator in this process.
//!
//! `tests/c/sanitize.sh` and `tests/c/valgrind.sh` run the same with another library, other flags, or under a tool.

mod archive;
mod callback;
mod header;
mod layout;
mod limiter;
mod operations;
mod quota;
mod receiver;
#[path = "../../../core/tests/support/recorder.rs"]
mod recorder;
#[path = "../../../core/tests/support/statuses.rs"]
mod statuses;
mod support;
#[path = "../../../core/tests/support/transfers.rs"]
mod transfers;
mod typed;
mod video;

use cloudauth_emulator::{Emulator, Options};
use support::{Program, emulator, folder};
use tempfile::TempDir;

#[test]
fn conformance() {
    let cases = folder("tests/conformance/cases");
    let emulator = emulator(Some(cases.clone()));
    let program = Program::new("conformance", &["conformance.c", "canonical.c", "sha256.c"]);
    program.run(&[emulator.endpoint(), cases.to_str().expect("the repository's path is Unicode")]);
}

#[test]
fn api() {
    let emulator = emulator(None);
    Program::new("api", &["api.c"]).run(&[emulator.endpoint()]);
}

#[test]
fn texts() {
    Program::new("texts", &["texts.cpp"]).run(&[]);
}

#[test]
fn handles() {
    let emulator = emulator(None);
    Program::new("handles", &["handles.c"]).run(&[emulator.endpoint()]);
}

#[test]
fn async_calls() {
    let emulator = emulator(None);
    Program::new("async", &["async.c"]).run(&[emulator.endpoint()]);
}

// Findings E3 and G11.
#[test]
fn many() {
    let emulator = emulator(None);
    Program::new("many", &["many.c"]).run(&[emulator.endpoint()]);
    Program::new("many-cpp", &["many.cpp"]).run(&[emulator.endpoint()]);
}

// Finding H11.
#[test]
fn queue() {
    let emulator = emulator(None);
    Program::new("queue", &["queue.c"]).run(&[emulator.endpoint()]);
    Program::new("queue-cpp", &["queue.cpp"]).run(&[emulator.endpoint()]);
}

#[test]
fn wait() {
    let emulator = emulator(None);
    Program::new("wait", &["wait.c"]).run(&[emulator.endpoint()]);
}

#[test]
fn warm() {
    let control = Some("127.0.0.1:0".parse().expect("an address"));
    let emulator = Emulator::start(Options { control, ..Options::default() }).expect("the emulator starts");
    let control = emulator.control_endpoint().expect("it was asked for");
    Program::new("warm", &["warm.c"]).run(&[emulator.endpoint(), control]);
    Program::new("warm-cpp", &["warm.cpp"]).run(&[emulator.endpoint()]);
}

#[test]
fn credentials() {
    let emulator = emulator(None);
    Program::new("credentials", &["credentials.c"]).run(&[emulator.endpoint()]);
    Program::new("credentials-cpp", &["credentials.cpp"]).run(&[emulator.endpoint()]);
}

#[test]
fn log() {
    let emulator = emulator(None);
    Program::new("log", &["log.c"]).run(&[emulator.endpoint()]);
}

// Finding E6: the lines that every language logs.
#[test]
fn lines() {
    let emulator = emulator(None);
    let printed = Program::new("lines", &["lines.c"]).output(&[emulator.endpoint()]).replace(emulator.endpoint(), "ENDPOINT");
    let without_time = |word: &str| match word.split_once("ms=") {
        Some((name, figure)) if figure.trim_end().bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{name}ms=_{}", &figure[figure.trim_end().len()..])
        }
        _ => word.to_owned(),
    };
    let printed: String = printed.split_inclusive([' ', '\n']).map(without_time).collect();
    assert_eq!(printed, std::fs::read_to_string(folder("tests/log/lines.txt")).expect("the list of lines"));
}

// Finding E6: the events that every language reports.
#[test]
fn events() {
    let emulator = emulator(None);
    let printed = Program::new("events", &["events.c"]).output(&[emulator.endpoint()]);
    assert_eq!(printed, std::fs::read_to_string(folder("tests/log/events.txt")).expect("the list of events"));
}

#[test]
fn fork() {
    let emulator = emulator(None);
    Program::new("fork", &["fork.c"]).run(&[emulator.endpoint()]);
}

#[test]
fn fork_while_a_video_comes() {
    let (emulator, place) = (emulator(None), tempfile::tempdir().expect("a temporary folder"));
    let folder = place.path().to_str().expect("a temporary path is Unicode");
    Program::new("fork-job", &["fork_job.c"]).run(&[emulator.endpoint(), folder]);
}

// Findings H1 to H4, in a short form; `make soak-lifecycle` runs the long one.
#[test]
fn lifecycle() {
    let emulator = emulator(None);
    let (c, cpp) = (Program::new("lifecycle", &["lifecycle.c"]), Program::new("lifecycle-cpp", &["lifecycle.cpp"]));
    let rounds = std::env::var("CLOUDAUTH_LIFECYCLE_ROUNDS").unwrap_or_else(|_| "3000".to_owned());
    let set = |name: &str| std::env::var_os(name).is_some();
    for limit in ["none", "fork", "descriptors", "threads"] {
        // Amid busy threads a fork deadlocks in the sanitizer's own allocator, and Valgrind needs what the limits take.
        if limit == "fork" && set("CLOUDAUTH_TEST_QUIET_FORK") || limit != "none" && set("CLOUDAUTH_TEST_NO_LIMITS") {
            continue;
        }
        c.run_silently(&[emulator.endpoint(), &rounds, limit]);
        if matches!(limit, "none" | "fork") {
            cpp.run_silently(&[emulator.endpoint(), &rounds, limit]);
        }
    }
}

#[test]
fn sigpipe() {
    Program::new("sigpipe", &["sigpipe.c"]).run(&[]);
}

#[test]
fn soak() {
    let emulator = emulator(None);
    Program::new("soak", &["soak.c"]).run(&[emulator.endpoint()]);
}

// Finding C9.
#[test]
fn memory() {
    // A tool's own memory is not looked into, and it keeps what was freed.
    if std::env::var_os("CLOUDAUTH_TEST_RUNNER_KEEPS_MEMORY").is_some() {
        return;
    }
    Program::new("memory", &["memory.c"]).run_by("python3", &folder("tests/memory/run.py"));
}

#[test]
fn random() {
    Program::new("random", &["random.c"]).run(&[]);
}

/// The file that holds the certificate authority of an emulator with TLS.
fn authority(emulator: &Emulator, place: &TempDir) -> String {
    let path = place.path().join("ca.pem");
    std::fs::write(&path, emulator.ca_pem().expect("with TLS there is an authority")).expect("it can be written");
    path.to_str().expect("a temporary path is Unicode").to_owned()
}

#[test]
fn tls() {
    let emulator = Emulator::start(Options { tls: true, ..Options::default() }).expect("the emulator starts");
    let place = tempfile::tempdir().expect("a temporary folder");
    Program::new("tls", &["tls.c"]).run(&[emulator.endpoint(), &authority(&emulator, &place)]);
}

#[test]
fn faults() {
    // The table's times are for a program that runs at its own speed.
    if std::env::var_os("CLOUDAUTH_TEST_RUNNER").is_some() {
        return;
    }
    let control = Some("127.0.0.1:0".parse().expect("an address"));
    let start = |tls| Emulator::start(Options { tls, control, ..Options::default() }).expect("the emulator starts");
    let (http, https) = (start(false), start(true));
    let place = tempfile::tempdir().expect("a temporary folder");
    let page = folder("docs/faults.md");
    let control = |emulator: &Emulator| emulator.control_endpoint().expect("it was asked for").to_owned();
    Program::new("faults", &["faults.c"]).run(&[
        page.to_str().expect("the repository's path is Unicode"),
        http.endpoint(),
        &control(&http),
        https.endpoint(),
        &control(&https),
        &authority(&https, &place),
    ]);
}

#[test]
fn lookup() {
    Program::new("lookup", &["lookup.c"]).run(&[]);
}

#[test]
fn linked_statically() {
    Program::new_static("static", &["smoke.c"]).run(&[]);
}
