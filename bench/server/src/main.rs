//! A service that costs next to nothing: every reply is ready before the first request comes, and nothing is checked.
//!
//! `cloudauth-bench-server [--tls CA_FILE] [--idle-limit SECONDS] [--delay SECONDS]` prints one JSON line, `{"endpoint",
//! "ca_file"}`, and serves until it is ended. It closes a connection that was idle for longer than the limit, and waits for the
//! delay before each reply. The request's `TransactionId` chooses the reply, by the KiB of base64 in each of its two images: `0`
//! (no images), `100`, `1024` or `4096`; `connections` gives how many connections were made.

mod reply;
mod serve;
mod tls;

use std::env;
use std::error::Error;
use std::ffi::OsStr;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::reply::Replies;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut ca_file, mut idle_limit, mut delay) = (None, None, Duration::ZERO);
    let mut arguments = env::args_os().skip(1);
    while let Some(flag) = arguments.next() {
        match (flag.to_str(), arguments.next()) {
            (Some("--tls"), Some(file)) => ca_file = Some(PathBuf::from(file)),
            (Some("--idle-limit"), Some(text)) => idle_limit = Some(seconds(&text)?),
            (Some("--delay"), Some(text)) => delay = seconds(&text)?,
            _ => return Err("usage: cloudauth-bench-server [--tls CA_FILE] [--idle-limit SECONDS] [--delay SECONDS]".into()),
        }
    }
    let tls = ca_file.as_deref().map(tls::config).transpose()?;
    let replies = Arc::new(Replies::new(delay));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;

    let scheme = if tls.is_some() { "https" } else { "http" };
    let ready = json!({ "endpoint": format!("{scheme}://{}", listener.local_addr()?), "ca_file": ca_file });
    let mut out = std::io::stdout().lock();
    writeln!(out, "{ready}")?;
    out.flush()?;
    drop(out);

    for stream in listener.incoming() {
        let (stream, replies, tls) = (stream?, replies.clone(), tls.clone());
        replies.count_connection();
        stream.set_read_timeout(idle_limit)?;
        // A client that goes away in the middle is no concern of the others.
        thread::spawn(move || match tls {
            Some(tls) => tls::open(stream, tls).and_then(|mut stream| {
                let served = serve::connection(&mut stream, &replies);
                stream.conn.send_close_notify();
                stream.flush().and(served)
            }),
            None => serve::plainly(stream, &replies),
        });
    }
    Ok(())
}

fn seconds(text: &OsStr) -> Result<Duration, Box<dyn Error>> {
    Ok(Duration::try_from_secs_f64(text.to_string_lossy().parse()?)?)
}
