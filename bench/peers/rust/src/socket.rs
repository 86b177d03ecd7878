//! The floor: a thread and a kept connection for each caller, the same bytes each time, and the reply read to its end.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::{Callers, Given, Result};

trait Stream: Read + Write + Send {}
impl<S: Read + Write + Send> Stream for S {}

pub(crate) struct Sockets {
    given: Given,
    tls: Option<Arc<ClientConfig>>,
    callers: Vec<Caller>,
}

struct Caller {
    stream: Box<dyn Stream>,
    request: Vec<u8>,
    buffer: Vec<u8>,
}

/// What is asked for, without a signature.
pub(crate) fn path(kib: usize) -> String {
    let images = if kib == 0 { "N" } else { "Y" };
    format!("/?IsReturnImage={images}&MerchantBizId=bench&TransactionId={kib}")
}

impl Sockets {
    pub(crate) fn new(given: Given) -> Result<Self> {
        let tls = given.ca_file.as_deref().map(trusting).transpose()?;
        Ok(Self { given, tls, callers: Vec::new() })
    }

    fn connect(&mut self, count: usize) -> Result<()> {
        while self.callers.len() < count {
            let (_, address) = self.given.endpoint.split_once("://").ok_or("the endpoint is no URL")?;
            let socket = TcpStream::connect(address)?;
            socket.set_nodelay(true)?;
            let stream: Box<dyn Stream> = match &self.tls {
                Some(tls) => Box::new(StreamOwned::new(ClientConnection::new(tls.clone(), ServerName::try_from("127.0.0.1")?)?, socket)),
                None => Box::new(socket),
            };
            let request = format!("POST {} HTTP/1.1\r\nHost: {address}\r\nContent-Length: 0\r\n\r\n", path(self.given.kib));
            self.callers.push(Caller { stream, request: request.into_bytes(), buffer: vec![0; 256 * 1024] });
        }
        Ok(())
    }
}

impl Callers for Sockets {
    fn one(&mut self) -> Result<u64> {
        self.connect(1)?;
        self.callers[0].call()?;
        Ok(1)
    }

    fn some(&mut self, limit: Duration) -> Result<u64> {
        self.connect(self.given.in_flight)?;
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            let threads: Vec<_> = self.callers.iter_mut().map(|caller| scope.spawn(|| caller.until(&stop))).collect();
            thread::sleep(limit);
            stop.store(true, Ordering::Relaxed);
            threads.into_iter().map(|thread| thread.join().map_err(|_| "a caller panicked")?).sum()
        })
    }
}

impl Caller {
    fn until(&mut self, stop: &AtomicBool) -> Result<u64> {
        let mut done = 0;
        while done == 0 || !stop.load(Ordering::Relaxed) {
            self.call()?;
            done += 1;
        }
        Ok(done)
    }

    fn call(&mut self) -> Result<()> {
        self.stream.write_all(&self.request)?;
        let (mut filled, mut end) = (0, None);
        while end.is_none() {
            filled += self.read(filled)?;
            end = self.buffer[..filled].windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4);
        }
        let head = str::from_utf8(&self.buffer[..end.unwrap_or(0)])?;
        let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).ok_or("no length")?;
        let mut left = length.parse::<usize>()? + head.len() - filled;
        while left > 0 {
            left -= self.read(0)?;
        }
        Ok(())
    }

    fn read(&mut self, at: usize) -> Result<usize> {
        match self.stream.read(&mut self.buffer[at..])? {
            0 => Err("the server closed".into()),
            read => Ok(read),
        }
    }
}

fn trusting(ca_file: &Path) -> Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(ca_file)?)?;
    Ok(Arc::new(ClientConfig::builder().with_root_certificates(roots).with_no_client_auth()))
}
