//! What a connection is made on.

use tokio::io::{AsyncRead, AsyncWrite};

/// What a connection runs over: a socket, or TLS to a proxy.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}
