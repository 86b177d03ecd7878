//! Three clients, each with another source of temporary keys and another way of making calls.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use cloudauth_core::{CallOptions, Client, ClientBuilder, Delivery, Environment, Stats, blocking};
use tempfile::TempDir;

use crate::emulator::Emulator;
use crate::judge::Judge;

/// Calls under way at a time, of each way.
const AWAITED: usize = 24;
const STARTED: usize = 24;
const BLOCKING: usize = 8;

const ROLE: &str = "acs:ram::1234567890:role/reader";

pub(crate) struct Clients {
    /// Keys from a URI.
    awaiting: Client,
    /// Keys from STS, for an OIDC token.
    started: blocking::Client,
    /// Keys from STS, for others.
    blocking: blocking::Client,
    _home: TempDir,
}

impl Clients {
    pub(crate) fn of(emulator: &Emulator) -> Self {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
        fs::create_dir(path(".aliyun")).unwrap();
        let profile = format!(
            r#"{{"current": "soak", "profiles": [{{"name": "soak", "mode": "RamRoleArn", "access_key_id": "emulator-key-id",
                "access_key_secret": "emulator-key-secret", "ram_role_arn": "{ROLE}"}}]}}"#
        );
        for (name, text) in [("token", "emulator.oidc.token"), (".aliyun/config.json", &profile)] {
            fs::write(path(name), text).unwrap();
            fs::set_permissions(path(name), Permissions::from_mode(0o600)).unwrap();
        }
        let builder = |variables: &[(&str, String)]| {
            let common = [
                ("CLOUDAUTH_ENDPOINT", emulator.endpoint()),
                ("CLOUDAUTH_STS_ENDPOINT", emulator.endpoint()),
                ("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true".to_owned()),
            ];
            ClientBuilder::default()
                .environment(Environment::given(common.into_iter().chain(variables.iter().cloned())))
                .retry_base(Duration::from_millis(5))
                .throttle_base(Duration::from_millis(50))
                .retry_cap(Duration::from_millis(100))
        };
        let uri = [("ALIBABA_CLOUD_CREDENTIALS_URI", format!("{}/credentials", emulator.endpoint()))];
        let oidc = [
            ("ALIBABA_CLOUD_OIDC_TOKEN_FILE", path("token")),
            ("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1234567890:oidc-provider/cluster".to_owned()),
            ("ALIBABA_CLOUD_ROLE_ARN", ROLE.to_owned()),
        ];
        let profile = [("HOME", home.path().to_str().unwrap().to_owned())];
        Self {
            awaiting: builder(&uri).build().unwrap(),
            started: builder(&oidc).build_blocking().unwrap(),
            blocking: builder(&profile).build_blocking().unwrap(),
            _home: home,
        }
    }

    /// Makes all calls, and returns when each way has come to its end.
    pub(crate) fn call(&self, judge: &Arc<Judge>) {
        let (last, ended) = mpsc::channel();
        for _ in 0..STARTED {
            start(&self.started, judge, &last);
        }
        drop(last);
        thread::scope(|scope| {
            scope.spawn(|| self.await_calls(judge));
            for _ in 0..BLOCKING {
                scope.spawn(|| {
                    while let Some(number) = judge.next() {
                        judge.outcome(number, &self.blocking.check_result(&number.request()));
                    }
                });
            }
        });
        // Nothing is ever sent: the last callback closes it.
        assert!(ended.recv_timeout(Duration::from_mins(2)) == Err(mpsc::RecvTimeoutError::Disconnected), "callbacks are missing");
    }

    fn await_calls(&self, judge: &Arc<Judge>) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let mut callers = tokio::task::JoinSet::new();
            for _ in 0..AWAITED {
                let (client, judge) = (self.awaiting.clone(), judge.clone());
                callers.spawn(async move {
                    while let Some(number) = judge.next() {
                        let outcome = client.check_result(&number.request()).await;
                        if outcome.is_ok() {
                            judge.outcome(number, &outcome);
                        } else {
                            let judge = judge.clone();
                            tokio::task::spawn_blocking(move || judge.outcome(number, &outcome)).await.unwrap();
                        }
                    }
                });
            }
            callers.join_all().await;
        });
    }

    pub(crate) fn stats(&self) -> Stats {
        let mut sum = self.awaiting.stats();
        for stats in [self.started.stats(), self.blocking.stats()] {
            sum.calls += stats.calls;
            sum.succeeded += stats.succeeded;
            sum.failed += stats.failed;
            sum.requests += stats.requests;
            sum.retries += stats.retries;
            sum.connections += stats.connections;
        }
        sum
    }
}

/// Starts the next call, whose callback starts the one after it.
fn start(client: &blocking::Client, judge: &Arc<Judge>, last: &mpsc::Sender<()>) {
    let Some(number) = judge.next() else { return };
    let next = (client.clone(), judge.clone(), last.clone());
    let done = move |outcome| {
        let (client, judge, last) = next;
        judge.outcome(number, &outcome);
        start(&client, &judge, &last);
    };
    client.start(number.request(), CallOptions::default(), Delivery::default(), done).unwrap();
}
