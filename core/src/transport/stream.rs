//! What a connection is made on.

use tokio::io::{AsyncRead, AsyncWrite};

/// What a connection runs over: a socket, TLS, or a tunnel. Boxed everywhere: TLS and HTTP are compiled once, and not for each.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}
