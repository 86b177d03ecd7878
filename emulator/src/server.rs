//! The listener: accepts connections on loopback and serves each in a task of its own.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use socket2::{Domain, Socket, Type};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use crate::connection;
use crate::faults::Effect;
use crate::service::Service;
use crate::tls::Tls;
use crate::wire::{Metered, Wire};

/// So many clients may connect at once before the first of them is accepted.
const BACKLOG: i32 = 4096;

/// A listener that a storm of clients finds open.
pub(crate) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// Serves until `stop` is sent or dropped.
pub(crate) async fn run(
    listener: TcpListener,
    control: Option<TcpListener>,
    tls: Option<Tls>,
    service: Arc<Service>,
    stop: oneshot::Receiver<()>,
) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let control = control.map(tokio::net::TcpListener::from_std).transpose()?;
    let tls = tls.map(Arc::new);
    tokio::spawn(Arc::clone(&service).attend());
    let controlling = async {
        let Some(control) = control else { return std::future::pending().await };
        loop {
            let stream = accept(&control).await;
            // Counted where nobody looks.
            let wire = Wire::clear(Metered::new(stream, false, Arc::default()));
            tokio::spawn(connection::serve(Arc::clone(&service), wire, 0));
        }
    };
    let accepting = async {
        let mut number = 0;
        loop {
            let stream = accept(&listener).await;
            number += 1;
            service.tally.traffic.connections.fetch_add(1, Relaxed);
            let (service, tls) = (Arc::clone(&service), tls.clone());
            tokio::spawn(async move {
                if let Some(wire) = open(&service, stream, number, tls.as_deref()).await {
                    connection::serve(service, wire, number).await;
                }
            });
        }
    };
    tokio::select! {
        () = accepting => {}
        () = controlling => {}
        _ = stop => {}
    }
    Ok(())
}

async fn accept(listener: &tokio::net::TcpListener) -> TcpStream {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            // Small replies must not wait for an acknowledgement.
            let _ = stream.set_nodelay(true);
            return stream;
        }
        // Out of descriptors, say: wait a little rather than spin.
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Gets to where HTTP begins; nothing where a handshake did not.
async fn open(service: &Service, stream: TcpStream, number: u64, tls: Option<&Tls>) -> Option<Wire> {
    let traffic = &service.tally.traffic;
    let stream = Metered::new(stream, tls.is_some(), Arc::clone(traffic));
    let Some(tls) = tls else { return Some(Wire::clear(stream)) };
    let fault = service.faults.on_connection(number);
    if let Some((name, _)) = fault {
        service.tally.applied(name);
    }
    match fault.map(|(_, effect)| effect) {
        Some(Effect::Certificate(certificate)) => Wire::handshake(stream, tls.wrong(certificate)?).await,
        Some(Effect::Handshake(script)) => {
            traffic.handshakes_failed.fetch_add(1, Relaxed);
            script.play(Wire::clear(stream)).await
        }
        _ => Wire::handshake(stream, tls.right()).await,
    }
}
