//! A prefix in a bucket: objects are put and read, and never removed.

use std::env;
use std::io::{self, Read, Write};
use std::sync::Arc;

use cloudauth_core::CallOptions;
use cloudauth_core::credentials::Provider;
use futures_util::TryStreamExt;
use opendal::services::{Oss, S3};
use opendal::{ErrorKind, HttpTransporter, OperationContext, Operator};
use tokio::runtime::{self, Runtime};

use super::content::{Content, Measured};
use super::encryption::Encryption;
use super::oss_signer::OssSigner;
use super::place::StorePlace;
use super::transport::{CallTransport, Transport};
use super::trouble::{Trouble, failure};
use super::url::{ObjectService, ObjectUrl};
use super::workplace;
use crate::exit::Failure;

/// Of a large object: so much is in memory at once, and S3 takes no less.
const PART: u64 = 5 << 20;
/// How often an object is read, where the connection breaks in the middle.
const READS: usize = 3;

/// Objects are named from the bucket's root on.
pub(super) struct Store {
    url: ObjectUrl,
    operator: Operator,
    transport: Arc<Transport>,
    runtime: Arc<Runtime>,
}

impl Store {
    /// Nothing is sent. `keys` is asked for the keys of OSS; those of S3 are where its own tools have them.
    pub(super) fn open(
        url: &ObjectUrl,
        encryption: Option<&Encryption>,
        keys: impl FnOnce() -> Result<Arc<dyn Provider>, Failure>,
    ) -> Result<Self, Failure> {
        let place = StorePlace::find(url.service, |name| env::var(name).ok())?;
        let header = encryption.map(|encryption| encryption.header(url.service)).transpose();
        let header = header.map_err(|rule| Failure::usage("--encrypt", rule))?.unwrap_or_default();
        let key_id = encryption.and_then(Encryption::key_id).unwrap_or_default();
        let (operator, signer) = match url.service {
            ObjectService::S3 => {
                let mut service = S3::default().bucket(&url.bucket).endpoint(&place.endpoint).region(&place.region);
                service = service.server_side_encryption(header).server_side_encryption_aws_kms_key_id(key_id);
                (Operator::new(service), None)
            }
            ObjectService::Oss => {
                let style = if place.is_address() { "path" } else { "virtual" };
                let mut service = Oss::default().bucket(&url.bucket).endpoint(&place.endpoint).addressing_style(style);
                service = service.server_side_encryption(header).server_side_encryption_key_id(key_id).skip_signature();
                (Operator::new(service), Some(OssSigner::new(keys()?, &url.bucket, &place.region)))
            }
        };
        let operator = operator.map_err(|error| failure(url, &error))?;
        let transport = Arc::new(Transport::new(&place, signer));
        // Requests are made on the threads that ask for them; its own thread waits for keys.
        let runtime = runtime::Builder::new_multi_thread().worker_threads(1).thread_name("objects").enable_all().build();
        let runtime = Arc::new(runtime.map_err(|error| Failure::io("threads", &error))?);
        Ok(Self { url: url.clone(), operator, transport, runtime })
    }

    /// The same for one call, whose cancellation ends what it asks of the store.
    pub(super) fn for_call(&self, options: &CallOptions) -> Self {
        let transport = HttpTransporter::new(CallTransport::new(self.transport.clone(), options.clone()));
        Self {
            url: self.url.clone(),
            operator: self.operator.clone().with_context(OperationContext::new().with_http_transport(transport)),
            transport: self.transport.clone(),
            runtime: self.runtime.clone(),
        }
    }

    /// Puts an object, in the place of any of this name: whole, or not at all. Its content is asked for again where the putting must
    /// begin anew.
    pub(super) fn put<R: Read>(&self, key: &str, mut begin: impl FnMut() -> io::Result<R>) -> Result<(), Failure> {
        let mut put = || self.runtime.block_on(self.put_once(key, &mut begin));
        let written = match put() {
            Err(error) if Trouble::is_upload_lost(&error) => put(),
            written => written,
        };
        written.map_err(|error| failure(&self.url, &error))?
    }

    /// The outer error is the store's, the inner one the source's.
    async fn put_once<R: Read>(
        &self,
        key: &str,
        begin: &mut impl FnMut() -> io::Result<R>,
    ) -> opendal::Result<Result<(), Failure>> {
        let mut writer = self.operator.writer(key).await?;
        let written = async {
            let mut source = match begin() {
                Ok(source) => source,
                Err(error) => return Ok(Err(workplace::failed(&error))),
            };
            loop {
                let mut part = Vec::new();
                match source.by_ref().take(PART).read_to_end(&mut part) {
                    Err(error) => return Ok(Err(workplace::failed(&error))),
                    Ok(0) => return writer.close().await.map(|_| Ok(())),
                    Ok(_) => writer.write(part).await?,
                }
            }
        };
        let written = written.await;
        if !matches!(written, Ok(Ok(()))) {
            // Where that fails as well, the store keeps parts that nobody sees.
            let _ = writer.abort().await;
        }
        written
    }

    /// Puts an object where there is none; `false` where there is one. A store that cannot do that puts it in any case.
    pub(super) fn create(&self, key: &str, content: &[u8]) -> Result<bool, Failure> {
        let put = |is_new| {
            let writing = self.operator.write_with(key, content.to_vec()).if_not_exists(is_new);
            self.runtime.block_on(async { writing.await })
        };
        let written = match put(true) {
            Err(error) if Trouble::is_unconditional(&error) => put(false),
            written => written,
        };
        match written {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == ErrorKind::ConditionNotMatch => Ok(false),
            Err(error) => Err(failure(&self.url, &error)),
        }
    }

    /// Reads an object into what `begin` gives, which is given again where the reading must begin anew; `None` where there is no
    /// such object. Of one that is larger than `limit`, little more is read.
    pub(super) fn read<W: Write>(
        &self,
        key: &str,
        limit: u64,
        mut begin: impl FnMut() -> io::Result<W>,
    ) -> Result<Option<Content>, Failure> {
        let mut left = READS;
        loop {
            left -= 1;
            match self.runtime.block_on(self.read_once(key, limit, &mut begin)) {
                Ok(content) => return content.map(Some),
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
                Err(error) if left == 0 || !error.is_temporary() => return Err(failure(&self.url, &error)),
                Err(_) => {}
            }
        }
    }

    /// The outer error is the store's, the inner one the sink's.
    async fn read_once<W: Write>(
        &self,
        key: &str,
        limit: u64,
        begin: &mut impl FnMut() -> io::Result<W>,
    ) -> opendal::Result<Result<Content, Failure>> {
        let mut pieces = self.operator.reader(key).await?.into_stream(..).await?;
        let (mut measured, mut sink) = (Measured::default(), None);
        loop {
            // Before there is an answer, the transport has tried again already.
            let piece = pieces.try_next().await.map_err(|error| if sink.is_none() { error.set_permanent() } else { error })?;
            let piece = piece.map(|piece| piece.to_bytes());
            // Begun only now: there is an object.
            let written = sink.take().map_or_else(&mut *begin, Ok).and_then(|mut begun| {
                let piece = piece.filter(|_| measured.size <= limit);
                piece.as_ref().map_or(Ok(()), |piece| begun.write_all(piece))?;
                sink = Some(begun);
                Ok(piece)
            });
            match written {
                Ok(Some(piece)) => measured.add(&piece),
                Ok(None) => return Ok(Ok(measured.finish())),
                Err(error) => return Ok(Err(workplace::failed(&error))),
            }
        }
    }
}
