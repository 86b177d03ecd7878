//! A server that answers from memory, in a thread of this process.

use std::error::Error;
use std::io::{Read, Result, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;

use cloudauth_core::Client;
use cloudauth_core::blocking;

/// A client of a server that answers each request with `body`.
pub fn client_of(body: Vec<u8>) -> std::result::Result<blocking::Client, Box<dyn Error>> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let endpoint = format!("http://{}", listener.local_addr()?);
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n", body.len());
    let reply = [head.into_bytes(), body].concat();
    thread::spawn(move || listener.incoming().flatten().for_each(|stream| drop(serve(stream, &reply))));
    Ok(Client::builder().endpoint(endpoint).access_key("id", "secret", None).build_blocking()?)
}

fn serve(mut stream: TcpStream, reply: &[u8]) -> Result<()> {
    let mut seen = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            return Ok(());
        }
        seen.extend_from_slice(&chunk[..read]);
        if seen.ends_with(b"\r\n\r\n") {
            seen.clear();
            stream.write_all(reply)?;
        }
    }
}
