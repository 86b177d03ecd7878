//! Logs and spans at their most talkative give no one away.

mod support;

use std::io::Write;
use std::sync::{Arc, Mutex, mpsc};

use cloudauth_core::{CallOptions, Delivery, ManyOptions, Result};
use cloudauth_emulator::{Emulator, Options};
use support::{builder, request};

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn traces_tell_what_happened_and_nothing_of_whom() {
    let captured = Captured::default();
    let writer = captured.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();

    let emulator = Emulator::start(Options::default()).unwrap();
    let client = builder(emulator.endpoint()).build_blocking().unwrap();
    let result = client.check_result(&request("ekycpro200").return_image(true)).unwrap();
    // Whichever thread makes a call, it stands below its caller's span.
    tracing::info_span!("host").in_scope(|| {
        let (sender, outcome) = mpsc::channel();
        let done = move |outcome: Result<_>| sender.send(outcome.is_ok()).unwrap();
        client.start(request("ekycpro200"), CallOptions::default(), Delivery::default(), done).unwrap();
        assert!(outcome.recv().unwrap());
        assert_eq!(client.check_many([request("ekycpro200")], &ManyOptions::default()).count(), 1);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async { client.check_result(&request("ekycpro200")).unwrap() });
    });
    let canary = builder(emulator.endpoint()).access_key("emulator-key-id", "canary-secret", None).build_blocking().unwrap();
    let error = canary.check_result(&request("faceliveness200")).unwrap_err();

    let identity = result.document.as_ref().and_then(|document| document.pages["01"].identity.as_ref()).unwrap();
    let mut secrets = vec!["canary-secret", "emulator-key-secret", "emulator-key-id", "ekycpro200", "faceliveness200", "biz1"];
    secrets
        .extend([&identity.document_number, &identity.birth_date, &identity.surname].into_iter().flatten().map(String::as_str));
    assert!(secrets.len() > 7, "the specimen has a name and numbers");
    let printed = format!("{result:?} {error:?} {error} {client:?} {emulator:?}");
    let log = String::from_utf8(captured.0.lock().unwrap().clone()).unwrap();
    let below = log.lines().filter(|line| line.contains("host:call{") && line.contains(": succeeded ms="));
    assert_eq!(below.count(), 3, "{log}");
    assert!(
        log.contains("cloudauth_core") && log.contains("call{action=\"CheckResult\"") && log.contains("authentication"),
        "{log}"
    );
    for secret in secrets {
        assert!(!printed.contains(secret), "{secret} in {printed}");
        assert_eq!(log.lines().find(|line| line.contains(secret)), None, "{secret} is in the log");
    }
}
