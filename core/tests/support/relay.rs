//! A relay that stands for the way to a server: it delays, it counts, and it may forget a connection as a router does.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until};

/// What it does, and what it has seen.
#[derive(Debug, Default)]
pub(crate) struct Relay {
    each_way: Duration,
    /// A connection that was silent for this long passes nothing on any more; neither end is informed.
    forgets: Option<Duration>,
    pub(crate) made: AtomicUsize,
    pub(crate) open: AtomicUsize,
    pub(crate) most_open: AtomicUsize,
    /// How often something went to the server after something had come from it, or for the first time.
    pub(crate) trips: AtomicUsize,
}

#[derive(Debug)]
struct Line {
    last: Mutex<Instant>,
    forgotten: AtomicBool,
    client_was_last: AtomicBool,
}

/// Starts one before `server`, for as long as the process lives; gives its port.
pub(crate) fn relay(server: SocketAddr, each_way: Duration, forgets: Option<Duration>) -> (u16, Arc<Relay>) {
    let relay = Arc::new(Relay { each_way, forgets, ..Relay::default() });
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.set_nonblocking(true).expect("a socket");
    let port = listener.local_addr().expect("an address").port();
    let running = relay.clone();
    thread::spawn(move || {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let listener = TcpListener::from_std(listener).expect("a socket");
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(running.clone().pass(client, server));
            }
        });
    });
    (port, relay)
}

impl Relay {
    async fn pass(self: Arc<Self>, client: TcpStream, server: SocketAddr) {
        self.made.fetch_add(1, Ordering::SeqCst);
        self.most_open.fetch_max(self.open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        let server = TcpStream::connect(server).await.expect("the server");
        for stream in [&client, &server] {
            stream.set_nodelay(true).expect("a socket");
        }
        let ((client_in, client_out), (server_in, server_out)) = (client.into_split(), server.into_split());
        let line = Arc::new(Line {
            last: Mutex::new(Instant::now()),
            forgotten: AtomicBool::new(false),
            client_was_last: AtomicBool::new(false),
        });
        let back = tokio::spawn(self.clone().carry(server_in, client_out, line.clone(), false));
        self.clone().carry(client_in, server_out, line, true).await;
        self.open.fetch_sub(1, Ordering::SeqCst);
        if self.forgets.is_none() {
            let _ = back.await;
        }
    }

    /// Carries what comes from `from` to `to`, until the end of it.
    async fn carry(self: Arc<Self>, mut from: OwnedReadHalf, to: OwnedWriteHalf, line: Arc<Line>, to_server: bool) {
        let (sender, due) = mpsc::unbounded_channel();
        let (end, ended) = oneshot::channel();
        tokio::spawn(deliver(due, to, end));
        let mut bytes = vec![0; 64 << 10];
        while let Ok(read @ 1..) = from.read(&mut bytes).await {
            let now = Instant::now();
            let silent = std::mem::replace(&mut *line.last.lock().unwrap(), now).elapsed();
            if self.forgets.is_some_and(|forgets| silent >= forgets) {
                line.forgotten.store(true, Ordering::SeqCst);
            }
            if line.forgotten.load(Ordering::SeqCst) {
                continue;
            }
            if line.client_was_last.swap(to_server, Ordering::SeqCst) != to_server && to_server {
                self.trips.fetch_add(1, Ordering::SeqCst);
            }
            let _ = sender.send((now + self.each_way, bytes[..read].to_vec()));
        }
        if self.forgets.is_some() && !to_server {
            // A server may close meanwhile: that does not come through either.
            return std::future::pending().await;
        }
        drop(sender);
        if !line.forgotten.load(Ordering::SeqCst) {
            let _ = ended.await;
        }
    }
}

async fn deliver(mut due: mpsc::UnboundedReceiver<(Instant, Vec<u8>)>, mut to: OwnedWriteHalf, _end: oneshot::Sender<()>) {
    while let Some((at, bytes)) = due.recv().await {
        sleep_until(at).await;
        if to.write_all(&bytes).await.is_err() {
            return;
        }
    }
}
