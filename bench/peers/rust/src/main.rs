//! Clients that the driver measures: `cloudauth-bench-peers ours|reqwest|socket ENDPOINT KIB IN_FLIGHT [CA_FILE]`, as
//! bench/peers/worker.py describes. Ours and reqwest run as tasks of one runtime, with its defaults; the socket is the floor, a
//! thread for each caller.

mod bare;
mod ours;
mod socket;
mod tasks;

use std::env;
use std::error::Error;
use std::io::{self, BufRead};
use std::path::PathBuf;
use std::time::{Duration, Instant};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// What is called, and by how many.
struct Given {
    endpoint: String,
    kib: usize,
    in_flight: usize,
    ca_file: Option<PathBuf>,
}

/// Clients, which call once, or all until the time is over and at least once each. Gives the number of calls.
trait Callers {
    fn one(&mut self) -> Result<u64>;
    fn some(&mut self, limit: Duration) -> Result<u64>;
}

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [client, endpoint, kib, in_flight, more @ ..] = &arguments[..] else {
        return Err("usage: cloudauth-bench-peers ours|reqwest|socket ENDPOINT KIB IN_FLIGHT [CA_FILE]".into());
    };
    let given = Given {
        endpoint: endpoint.clone(),
        kib: kib.parse()?,
        in_flight: in_flight.parse()?,
        ca_file: more.first().map(PathBuf::from),
    };
    // Several crates bring a provider.
    rustls::crypto::ring::default_provider().install_default().map_err(|_| "a provider is installed already")?;
    let mut callers: Box<dyn Callers> = match client.as_str() {
        "ours" => Box::new(tasks::Tasks::new(&given, ours::open)?),
        "reqwest" => Box::new(tasks::Tasks::new(&given, bare::open)?),
        "socket" => Box::new(socket::Sockets::new(given)?),
        _ => return Err(format!("no such client: {client}").into()),
    };
    println!("ready");
    for line in io::stdin().lock().lines() {
        let (line, begun) = (line?, Instant::now());
        let calls = if line == "call" { callers.one()? } else { callers.some(Duration::try_from_secs_f64(line.parse()?)?)? };
        println!("{{\"calls\": {calls}, \"seconds\": {:.6}}}", begun.elapsed().as_secs_f64());
    }
    Ok(())
}
