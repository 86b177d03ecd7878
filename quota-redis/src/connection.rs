//! A connection to the server.

use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::refusal::Refusal;
use crate::resp::{self, Value};
use crate::script::SCRIPT;
use crate::target::Target;

/// What a connection runs over.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// Makes streams to the server.
pub trait Dial: fmt::Debug + Send + Sync {
    /// A stream to `target`, encrypted where that says so.
    fn dial<'a>(&'a self, target: &'a Target) -> Dialled<'a>;
}

/// A stream in the making.
pub type Dialled<'a> = Pin<Box<dyn Future<Output = io::Result<Box<dyn Stream>>> + Send + 'a>>;

pub(crate) struct Connection {
    stream: Box<dyn Stream>,
    incoming: Vec<u8>,
    outgoing: Vec<u8>,
    /// By what the server knows the script.
    pub(crate) script: Vec<u8>,
}

impl Connection {
    /// Connects and introduces itself.
    pub(crate) async fn open(target: &Target, dial: &dyn Dial) -> Result<Self, Refusal> {
        let stream = dial.dial(target).await?;
        let mut connection = Self { stream, incoming: Vec::new(), outgoing: Vec::new(), script: Vec::new() };
        let database = target.database().to_string();
        let mut greeting = target.greeting();
        greeting.push(vec![b"SELECT", database.as_bytes()]);
        greeting.push(vec![b"SCRIPT", b"LOAD", SCRIPT.as_bytes()]);
        for command in &greeting {
            connection.send(command.iter().copied());
        }
        let mut last = Value::Nil;
        for _ in &greeting {
            last = connection.reply().await?;
            match &last {
                // Redis before 6 says by ERR alone that the password is wrong, or that it wants none.
                Value::Error(error) if error.starts_with("ERR") && error.contains("AUTH") => {
                    return Err(Refusal::Access("ERR".to_owned()));
                }
                Value::Error(error) => return Err(Refusal::of(error)),
                _ => {}
            }
        }
        let Value::Text(script) = last else { return Err(not_redis()) };
        connection.script = script;
        Ok(connection)
    }

    /// Sends a command with the next [`reply`](Self::reply).
    pub(crate) fn send<'a>(&mut self, parts: impl ExactSizeIterator<Item = &'a [u8]>) {
        resp::command(&mut self.outgoing, parts);
    }

    /// The next reply; what is to be sent goes out meanwhile. Nothing is lost where it is dropped.
    pub(crate) async fn reply(&mut self) -> Result<Value, Refusal> {
        poll_fn(|context| self.poll_reply(context)).await
    }

    fn poll_reply(&mut self, context: &mut Context<'_>) -> Poll<Result<Value, Refusal>> {
        while !self.outgoing.is_empty() {
            match Pin::new(&mut self.stream).poll_write(context, &self.outgoing) {
                Poll::Ready(Ok(0)) => return Poll::Ready(Err(io::Error::from(io::ErrorKind::WriteZero).into())),
                Poll::Ready(Ok(written)) => drop(self.outgoing.drain(..written)),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(error.into())),
                Poll::Pending => break,
            }
        }
        // TLS keeps what is written until it is flushed.
        if let Poll::Ready(Err(error)) = Pin::new(&mut self.stream).poll_flush(context) {
            return Poll::Ready(Err(error.into()));
        }
        loop {
            if let Some((value, length)) = resp::value(&self.incoming).map_err(|_| not_redis())? {
                self.incoming.drain(..length);
                return Poll::Ready(Ok(value));
            }
            let mut room = [0; 4096];
            let mut buffer = ReadBuf::new(&mut room);
            ready!(Pin::new(&mut self.stream).poll_read(context, &mut buffer))?;
            if buffer.filled().is_empty() {
                return Poll::Ready(Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()));
            }
            self.incoming.extend_from_slice(buffer.filled());
        }
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").finish_non_exhaustive()
    }
}

fn not_redis() -> Refusal {
    Refusal::Lost("what answers is no Redis".to_owned())
}
