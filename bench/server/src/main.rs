//! A service that costs next to nothing: every reply is ready before the first request comes, and nothing is checked.
//!
//! `cloudauth-bench-server [--tls CA_FILE]` prints one JSON line, `{"endpoint", "ca_file"}`, and serves until it is ended.
//! The request's `TransactionId` chooses the reply: `small`, `images1` or `images4`;
//! `connections` tells how many connections were made.

mod reply;
mod serve;
mod tls;

use std::env;
use std::error::Error;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use serde_json::json;

use crate::reply::Replies;

fn main() -> Result<(), Box<dyn Error>> {
    let ca_file = match env::args_os().skip(1).collect::<Vec<_>>().as_slice() {
        [] => None,
        [flag, file] if flag == "--tls" => Some(PathBuf::from(file)),
        _ => return Err("usage: cloudauth-bench-server [--tls CA_FILE]".into()),
    };
    let tls = ca_file.as_deref().map(tls::config).transpose()?;
    let replies = Arc::new(Replies::new());
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
        // A client that goes away in the middle is no concern of the others.
        thread::spawn(move || match tls {
            Some(tls) => tls::open(stream, tls).and_then(|stream| serve::connection(stream, &replies)),
            None => serve::plainly(stream, &replies),
        });
    }
    Ok(())
}
