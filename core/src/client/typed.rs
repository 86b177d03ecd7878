// Generated from core/schema/typed by `cargo xtask generate`; do not edit.

//! The clients' methods for typed operations.

#![allow(clippy::doc_markdown, reason = "sentences for every language")]

use super::{CallOptions, Client, blocking};
use crate::error::Result;
use crate::typed::{
    Archive, ArchiveRequest, DeleteResultRequest, Deletion, DownloadVideoRequest, InitializeRequest, KeepAlive, KeepAliveRequest,
    Started, Status, StatusRequest, VerifyLog, VerifyLogRequest, Video,
};

impl Client {
    /// Fetches a verification's result, pictures and video, and files them in a folder of their own. Call it as soon as the
    /// person is done, and as often as you like: it completes what an earlier run left, and sends nothing where the archive is
    /// whole.
    ///
    /// # Errors
    /// See [`Kind`](crate::Kind).
    pub async fn archive(&self, request: &ArchiveRequest) -> Result<Archive> {
        self.run(request, &CallOptions::default()).await
    }

    /// Deletes what the service keeps of a verification, for good. Store the result first. It is never sent twice: where no
    /// reply came, nobody knows whether it was done.
    ///
    /// # Errors
    /// See [`Kind`](crate::Kind).
    pub async fn delete_result(&self, request: &DeleteResultRequest) -> Result<Deletion> {
        self.run(request, &CallOptions::default()).await
    }

    /// Fetches a verification's evidence video into a file, or hands its bytes over as they come. Call it as soon as the person
    /// is done: the service deletes the video 30 minutes later, and often there is none.
    ///
    /// # Errors
    /// See [`Kind`](crate::Kind).
    pub async fn download_video(&self, request: &DownloadVideoRequest) -> Result<Video> {
        self.run(request, &CallOptions::default()).await
    }

    /// Starts a verification, for one attempt within 30 minutes. Store what it gives before the person is sent on. It is never
    /// sent twice: where no reply came, start anew.
    ///
    /// # Errors
    /// See [`Kind`](crate::Kind).
    pub async fn initialize(&self, request: &InitializeRequest) -> Result<Started> {
        self.run(request, &CallOptions::default()).await
    }

    /// Does nothing but answer. It keeps a connection ready; the service advises one every 5 seconds where calls are rare.
    ///
    /// # Errors
    /// See [`Kind`](crate::Kind).
    pub async fn keep_alive(&self, request: &KeepAliveRequest) -> Result<KeepAlive> {
        self.run(request, &CallOptions::default()).await
    }

    /// Says where a verification stands, by CheckResult. Where that leaves it open, CheckVerifyLog is asked as well, within the
    /// same call.
    ///
    /// # Errors
    /// See [`Kind`](crate::Kind).
    pub async fn status(&self, request: &StatusRequest) -> Result<Status> {
        self.run(request, &CallOptions::default()).await
    }

    /// Fetches what the end user did. The service has it about 30 minutes after the start, for 30 days, and only for products
    /// with a client.
    ///
    /// # Errors
    /// See [`Kind`](crate::Kind).
    pub async fn verify_log(&self, request: &VerifyLogRequest) -> Result<VerifyLog> {
        self.run(request, &CallOptions::default()).await
    }
}

impl blocking::Client {
    /// See [`crate::Client::archive`].
    pub fn archive(&self, request: &ArchiveRequest) -> Result<Archive> {
        self.run(request, &CallOptions::default())
    }

    /// See [`crate::Client::delete_result`].
    pub fn delete_result(&self, request: &DeleteResultRequest) -> Result<Deletion> {
        self.run(request, &CallOptions::default())
    }

    /// See [`crate::Client::download_video`].
    pub fn download_video(&self, request: &DownloadVideoRequest) -> Result<Video> {
        self.run(request, &CallOptions::default())
    }

    /// See [`crate::Client::initialize`].
    pub fn initialize(&self, request: &InitializeRequest) -> Result<Started> {
        self.run(request, &CallOptions::default())
    }

    /// See [`crate::Client::keep_alive`].
    pub fn keep_alive(&self, request: &KeepAliveRequest) -> Result<KeepAlive> {
        self.run(request, &CallOptions::default())
    }

    /// See [`crate::Client::status`].
    pub fn status(&self, request: &StatusRequest) -> Result<Status> {
        self.run(request, &CallOptions::default())
    }

    /// See [`crate::Client::verify_log`].
    pub fn verify_log(&self, request: &VerifyLogRequest) -> Result<VerifyLog> {
        self.run(request, &CallOptions::default())
    }
}
