//! The listener: accepts connections on loopback and serves each in a task of its own.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;

use crate::connection;
use crate::service::Service;

/// A client that does not finish its TLS handshake in this time is let go.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// Serves until `stop` is sent or dropped.
pub(crate) async fn run(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    service: Arc<Service>,
    stop: oneshot::Receiver<()>,
) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    tokio::spawn(Arc::clone(&service).attend());
    let accepting = async {
        let mut number = 0;
        loop {
            // Out of descriptors, say: wait a little rather than spin.
            let Ok((stream, _)) = listener.accept().await else {
                tokio::time::sleep(Duration::from_millis(10)).await;
                continue;
            };
            number += 1;
            // Small replies must not wait for an acknowledgement.
            let _ = stream.set_nodelay(true);
            let (service, tls) = (Arc::clone(&service), tls.clone());
            tokio::spawn(async move {
                match tls {
                    None => connection::serve(service, stream, number).await,
                    Some(tls) => {
                        if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, tls.accept(stream)).await {
                            connection::serve(service, stream, number).await;
                        }
                    }
                }
            });
        }
    };
    tokio::select! {
        () = accepting => {}
        _ = stop => {}
    }
    Ok(())
}
