//! An emulator, a home folder, an environment, and a clock that moves with the emulator's.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use cloudauth_core::credentials::{SourceReport, SourceState};
use cloudauth_core::{CheckResultRequest, Client, ClientBuilder, Clock, Environment, Error, Result, SystemClock, blocking};
use cloudauth_emulator::{CloudService, Emulator, Options};
use tempfile::TempDir;

/// Seconds from the machine's time.
#[derive(Debug, Default)]
pub(crate) struct Shifted(AtomicI64);

impl Clock for Shifted {
    fn now(&self) -> SystemTime {
        let by = self.0.load(Ordering::SeqCst);
        let shift = Duration::from_secs(by.unsigned_abs());
        if by < 0 { SystemTime::now() - shift } else { SystemTime::now() + shift }
    }

    fn random(&self) -> Result<[u8; 16]> {
        SystemClock.random()
    }
}

pub(crate) struct World {
    pub(crate) emulator: Emulator,
    pub(crate) home: TempDir,
    variables: BTreeMap<String, String>,
    clock: Arc<Shifted>,
}

pub(crate) const ROLE_ARN: &str = "acs:ram::1234567890:role/reader";
pub(crate) const PROVIDER_ARN: &str = "acs:ram::1234567890:oidc-provider/cluster";

impl World {
    /// Nothing in it says where keys are.
    pub(crate) fn new() -> Self {
        Self::with(Options::default())
    }

    pub(crate) fn with(options: Options) -> Self {
        let emulator = Emulator::start(options).unwrap();
        let home = tempfile::tempdir().unwrap();
        let mut world = Self { emulator, home, variables: BTreeMap::new(), clock: Arc::default() };
        let endpoint = world.emulator.endpoint().to_owned();
        world.set("HOME", world.home.path().to_str().unwrap().to_owned());
        world.set("CLOUDAUTH_ENDPOINT", &endpoint);
        world.set("CLOUDAUTH_STS_ENDPOINT", &endpoint);
        world.set("CLOUDAUTH_METADATA_ENDPOINT", &endpoint);
        world.set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "TRUE");
        world
    }

    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.variables.insert(name.to_owned(), value.into());
    }

    pub(crate) fn variables(&self) -> BTreeMap<String, String> {
        self.variables.clone()
    }

    pub(crate) fn unset(&mut self, name: &str) {
        self.variables.remove(name);
    }

    /// Writes a file of mode 0600 beneath the home folder.
    pub(crate) fn write(&self, path: &str, text: &str) -> PathBuf {
        let path = self.home.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        path
    }

    pub(crate) fn environment_keys(&mut self) {
        self.set("ALIBABA_CLOUD_ACCESS_KEY_ID", "emulator-key-id");
        self.set("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "emulator-key-secret");
    }

    pub(crate) fn oidc(&mut self) {
        let token = self.write("token", "emulator.oidc.token\n");
        self.set("ALIBABA_CLOUD_OIDC_TOKEN_FILE", token.to_str().unwrap());
        self.set("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", PROVIDER_ARN);
        self.set("ALIBABA_CLOUD_ROLE_ARN", ROLE_ARN);
    }

    pub(crate) fn metadata(&mut self) {
        self.unset("ALIBABA_CLOUD_ECS_METADATA_DISABLED");
    }

    pub(crate) fn uri(&mut self) {
        let uri = format!("{}/credentials", self.emulator.endpoint());
        self.set("ALIBABA_CLOUD_CREDENTIALS_URI", uri);
    }

    pub(crate) fn cli_profile(&self, profile: &str) -> PathBuf {
        self.write(".aliyun/config.json", &format!(r#"{{"current":"default","profiles":[{profile}]}}"#))
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder().environment(Environment::given(self.variables.clone())).clock(self.clock.clone())
    }

    pub(crate) fn client(&self) -> blocking::Client {
        self.builder().build_blocking().unwrap()
    }

    /// One call, by a client made for it.
    pub(crate) fn call(&self) -> Result<()> {
        call(&self.builder().build_blocking()?)
    }

    pub(crate) fn error(&self) -> Error {
        self.call().expect_err("no keys")
    }

    pub(crate) fn diagnosis(&self) -> Vec<SourceReport> {
        self.builder().diagnose_credentials().unwrap()
    }

    /// The name of the source that gives keys.
    pub(crate) fn winner(&self) -> String {
        let used = self.diagnosis().into_iter().find(|report| report.state == SourceState::Used);
        used.map(|report| report.name).unwrap_or_default()
    }

    /// Moves both clocks.
    pub(crate) fn advance(&self, by: Duration) {
        self.emulator.advance(by);
        self.shift_client(i64::try_from(by.as_secs()).unwrap());
    }

    /// Moves the client's clock alone.
    pub(crate) fn shift_client(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn issued(&self, service: CloudService) -> u64 {
        self.emulator.cloud().issued(service)
    }

    pub(crate) fn requests(&self, service: CloudService) -> u64 {
        self.emulator.cloud().requests(service)
    }
}

pub(crate) fn request() -> CheckResultRequest {
    CheckResultRequest::new("biz1", "idocr200")
}

pub(crate) fn call(client: &blocking::Client) -> Result<()> {
    client.check_result(&request()).map(drop)
}

/// Waits for what happens in the background.
pub(crate) fn until(mut holds: impl FnMut() -> bool) {
    for _ in 0..1000 {
        if holds() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("it did not come about");
}
