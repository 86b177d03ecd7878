//! One verification from its start to its archive, its deletion at the service, and a report.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use cloudauth_core::blocking::Client;
use cloudauth_core::evidence::{Purge, plan_purge, verify_archive};
use cloudauth_core::typed::{ArchiveRequest, InitializeRequest, Started, StatusRequest};
use cloudauth_core::{Kind, parse_callback};
use cloudauth_emulator::Emulator;
use serde_json::Value;

use crate::commands::report;
use crate::exit::Failure;
use crate::folder::Folder;
use crate::output::{self, Paint, Rows};

const PRODUCT: &str = "eKYC_PRO";
/// How long the emulator may take to call back.
const PATIENCE: Duration = Duration::from_secs(20);

/// Goes the whole way, says each step, and fails where one does not do what it should.
pub(super) fn play(emulator: &Emulator, client: &Client, out: &Path, paint: Paint) -> Result<(), Failure> {
    let folder = Folder::open(&out.join("journey"))?;
    let (address, called) = listen().map_err(|error| Failure::io("the listener for the callback", &error))?;
    let mut rows = Rows::default();

    let request = InitializeRequest::new(PRODUCT, "{}").doc_type("GLB03002").doc_video(true);
    let started = client.initialize(&request.callback_url(format!("http://{address}/callback")))?;
    let id = started.transaction_id.clone().ok_or_else(|| wrong("the start gave no transaction"))?;
    let kept = folder.put("started.json", started.to_json()?.as_bytes())?;
    rows.push("start", format!("a transaction, its URL and its token, kept in {}", kept.display()));
    rows.push("status", expect_state(client, &started, "not_begun")?);

    emulator.finish(&id, "200").map_err(|error| Failure::new(Kind::Internal, format!("demo: {error}")))?;
    rows.push("person", "finishes".to_owned());
    let query = called.recv_timeout(PATIENCE).map_err(|_| wrong("no callback came"))?;
    let callback = parse_callback(&query, started.callback_token.as_deref().unwrap_or_default())?;
    if callback.transaction_id != id {
        return Err(wrong("the callback is of another transaction"));
    }
    rows.push("callback", "came, with the right token; the verdict is CheckResult's to give".to_owned());

    let into = out.join("journey/archive");
    if into.exists() {
        // An earlier demo's, if it is whole.
        plan_purge(&into, Duration::ZERO)?.iter().try_for_each(Purge::run)?;
    }
    let request = ArchiveRequest::new(&started, into.to_string_lossy()).video_hosts(["127.0.0.1"]).then_delete("All");
    let archive = client.archive(&request)?;
    let passed = archive.result.as_ref().and_then(|result| result.get("passed")).and_then(Value::as_bool);
    if passed != Some(true) || !verify_archive(&into)?.is_complete() {
        return Err(wrong("the archive is not what was due"));
    }
    rows.push("archive", format!("{}, with pictures and video, verified, in {}", paint.good("PASSED"), into.display()));
    if (archive.deletion.as_deref(), archive.afterwards.as_deref()) != (Some("deleted"), Some("absent")) {
        return Err(wrong("it was not deleted"));
    }
    rows.push("delete", "pictures and all the rest, at the service; receipt.json has its answers".to_owned());
    rows.push("status", expect_state(client, &started, "gone")?);
    let page = report::write(&into, &out.join("journey/report.html"), false)?;
    rows.push("report", format!("{}, without names and pictures", page.display()));
    output::emit(&format!("\n{}\n{}", paint.bold(&format!("{PRODUCT}  the whole way")), rows.render("  ")))
}

fn expect_state(client: &Client, started: &Started, due: &str) -> Result<String, Failure> {
    let state = client.status(&StatusRequest::new(started))?.state;
    state.filter(|state| state == due).ok_or_else(|| wrong("its status is another than was due"))
}

/// A server for one call: where it listens, and the path and query that were called.
fn listen() -> io::Result<(SocketAddr, Receiver<String>)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let (sender, called) = mpsc::channel();
    thread::Builder::new().spawn(move || {
        if let Ok(target) = answer(&listener) {
            // Whoever waited may have given up.
            let _ = sender.send(target);
        }
    })?;
    Ok((address, called))
}

fn answer(listener: &TcpListener) -> io::Result<String> {
    let (mut stream, _) = listener.accept()?;
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")?;
    Ok(request.split(' ').nth(1).unwrap_or_default().to_owned())
}

/// The emulator is this project's own: what differs here is a bug.
fn wrong(what: &str) -> Failure {
    Failure::new(Kind::Internal, format!("demo: the whole way: {what}"))
}
