use std::io::{self, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::json;
use tempfile::NamedTempFile;
use tokio::sync::oneshot;

use crate::bucket::StoredObject;
use crate::clock::millis;
use crate::cloud::Cloud;
use crate::faults::Fault;
use crate::options::Options;
use crate::server;
use crate::service::Service;
use crate::state::Call;
use crate::stats::{Attempt, Stats};
use crate::tls::Tls;
use crate::verification::{FinishError, Verification};

/// A running emulator. Dropping it stops it and closes its connections.
pub struct Emulator {
    service: Arc<Service>,
    /// Dropped to stop the server.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    authority: Option<Authority>,
    control: Option<String>,
}

/// The certificate to trust, as text and as a file for clients that want a path.
#[derive(Debug)]
struct Authority {
    pem: String,
    file: NamedTempFile,
}

// Not derived: what an emulator remembers holds callback tokens, and its options a secret.
impl std::fmt::Debug for Emulator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Emulator").field("endpoint", &self.endpoint()).finish_non_exhaustive()
    }
}

impl Emulator {
    /// Starts an emulator on a thread of its own. It takes calls when this returns.
    ///
    /// Errors: an option that breaks its rule (`InvalidInput`, naming it), an address that is taken,
    /// a cases folder that cannot be read (`InvalidData` names the case).
    pub fn start(options: Options) -> io::Result<Emulator> {
        options.check()?;
        let listener = server::listen(options.listen)?;
        let address = listener.local_addr()?;
        let control = options.control.map(server::listen).transpose()?;
        let control_address = control.as_ref().map(TcpListener::local_addr).transpose()?;
        let tls = if options.tls { Some(Tls::new(address.ip())?) } else { None };
        let authority = tls.as_ref().map(|tls| Authority::new(tls.authority_pem())).transpose()?;
        let scheme = if options.tls { "https" } else { "http" };
        let service = Arc::new(Service::new(options, format!("{scheme}://{address}"), authority.as_ref().map(Authority::path))?);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(8).build()?;
        let (stop, stopped) = oneshot::channel();
        let serving = Arc::clone(&service);
        let serve = move || {
            // Its only error is a listener that the runtime refuses; there is then nothing to serve.
            let _ = runtime.block_on(server::run(listener, control, tls, serving, stopped));
            runtime.shutdown_timeout(Duration::from_secs(1));
        };
        let thread = std::thread::Builder::new().name("cloudauth-emulator".to_owned()).spawn(serve)?;
        Ok(Emulator {
            service,
            stop: Some(stop),
            thread: Some(thread),
            authority,
            control: control_address.map(|address| format!("http://{address}")),
        })
    }

    /// `http://127.0.0.1:PORT`, or `https` with TLS.
    pub fn endpoint(&self) -> &str {
        &self.service.endpoint
    }

    /// Where it takes control calls beside, if it was asked to: `http://127.0.0.1:PORT`.
    pub fn control_endpoint(&self) -> Option<&str> {
        self.control.as_deref()
    }

    /// The `AccessKeyId` that it knows.
    pub fn access_key_id(&self) -> &str {
        &self.service.options.access_key_id
    }

    /// That key's secret.
    pub fn access_key_secret(&self) -> &str {
        &self.service.options.access_key_secret
    }

    /// The STS token that every call must carry, if one was given.
    pub fn security_token(&self) -> Option<&str> {
        self.service.options.security_token.as_deref()
    }

    /// With TLS: the certificate authority to trust, as PEM.
    pub fn ca_pem(&self) -> Option<&str> {
        self.authority.as_ref().map(|authority| authority.pem.as_str())
    }

    /// One line of JSON for a process that waits for this one: `endpoint`, `access_key_id`,
    /// `access_key_secret`, then `security_token`, `ca_file` (a path) and `control_endpoint` where there are such.
    pub fn ready_line(&self) -> String {
        let mut line = json!({
            "endpoint": self.endpoint(),
            "access_key_id": self.access_key_id(),
            "access_key_secret": self.access_key_secret(),
        });
        if let Some(token) = self.security_token() {
            line["security_token"] = token.into();
        }
        if let Some(path) = &self.service.ca_file {
            line["ca_file"] = path.as_str().into();
        }
        if let Some(control) = self.control_endpoint() {
            line["control_endpoint"] = control.into();
        }
        line.to_string()
    }

    /// The latest hundred calls, the oldest first.
    pub fn calls(&self) -> Vec<Call> {
        self.service.state().calls()
    }

    /// The verifications that `Initialize` began, the oldest first.
    pub fn verifications(&self) -> Vec<Verification> {
        self.service.verifications()
    }

    /// The services around it that give out temporary keys.
    pub fn cloud(&self) -> &Cloud {
        &self.service.cloud
    }

    /// What is in its bucket of OSS, by key.
    pub fn objects(&self) -> Vec<StoredObject> {
        self.service.bucket().list()
    }

    /// What came in and what became of it, counted without loss.
    pub fn stats(&self) -> Stats {
        self.service.tally.stats()
    }

    /// The latest attempts, as many as `Options::attempts_kept`, in the order they were answered.
    pub fn attempts(&self) -> Vec<Attempt> {
        self.service.tally.attempts(None)
    }

    /// Those of them about one `TransactionId`.
    pub fn attempts_of(&self, transaction_id: &str) -> Vec<Attempt> {
        self.service.tally.attempts(Some(transaction_id))
    }

    /// Sets all counters to 0 and forgets all attempts.
    pub fn reset_stats(&self) {
        self.service.tally.reset();
    }

    /// Puts these faults in the place of those that are set; none ends all. `rate` and `seed` are those of [`Options`].
    ///
    /// # Errors
    /// A fault of TLS where there is none, or a rate that is no share from 0 to 1 (`InvalidInput`). What was set stays.
    pub fn set_faults(&self, faults: Vec<Fault>, rate: Option<f64>, seed: u64) -> io::Result<()> {
        self.service.set_faults(faults, rate, seed)
    }

    /// The faults that are set, each with how often it was applied.
    pub fn faults(&self) -> Vec<(Fault, u64)> {
        self.service.faults.list()
    }

    /// Moves the emulator's clock forward. What then is due ends, what is too old expires.
    pub fn advance(&self, by: Duration) {
        self.service.shift_clock(millis(by));
    }

    /// Ends a verification that `Initialize` began; the merchant's callback follows.
    ///
    /// # Errors
    /// [`FinishError`] says why it could not be ended.
    pub fn finish(&self, transaction_id: &str, sub_code: &str) -> Result<(), FinishError> {
        self.service.finish(transaction_id, sub_code)
    }

    /// Lets the person come to a page, named as `InterruptPageEn` does: `LOADING`, `GUIDE`, `OCR_SCAN`, `OCR_RESULT`,
    /// `NFC_INPUT`, `NFC_READ` or `FACE`. The verification is then in progress.
    ///
    /// # Errors
    /// [`FinishError`] says why it could not be moved on.
    pub fn enter(&self, transaction_id: &str, page: &str) -> Result<(), FinishError> {
        self.service.enter(transaction_id, page)
    }

    /// Lets the person leave for good at that page; `code` is what `VerifyErrorCode` then says, `1002` to `1016` or
    /// `9999`. Nobody is called back.
    ///
    /// # Errors
    /// [`FinishError`] says why it could not be abandoned.
    pub fn abandon(&self, transaction_id: &str, page: &str, code: &str) -> Result<(), FinishError> {
        self.service.abandon(transaction_id, page, code)
    }

    /// Lets the person be done before the service decides: `CheckResult` gives `Passed` P until [`Emulator::finish`].
    ///
    /// # Errors
    /// [`FinishError`] says why it could not be moved on.
    pub fn pend(&self, transaction_id: &str) -> Result<(), FinishError> {
        self.service.pend(transaction_id)
    }

    /// Blocks for as long as it serves.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Authority {
    fn new(pem: String) -> io::Result<Authority> {
        let mut file = tempfile::Builder::new().prefix("cloudauth-emulator-").suffix(".pem").tempfile()?;
        file.write_all(pem.as_bytes())?;
        file.flush()?;
        Ok(Authority { pem, file })
    }

    fn path(&self) -> String {
        self.file.path().to_string_lossy().into_owned()
    }
}
