//! A limiter of the program's own.

use std::error::Error as _;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use cloudauth_core::{
    Call, CallContext, CallOptions, Cancellation, ClientBuilder, Delivery, Error, Kind, Limiter, ManyOptions, PermitRequest,
    Result, WaitForResult, WaitFuture, WaitOptions, blocking,
};
use cloudauth_emulator::{Emulator, Options};
use serde_json::Value;

use crate::recorder::listed;
use crate::support::{builder, language_named, request};

const LONG: Duration = Duration::from_secs(30);

/// What a limiter fails with.
#[derive(Debug)]
struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sesame")
    }
}

impl std::error::Error for Broken {}

/// A case's limiter.
struct Answers {
    answers: Vec<Value>,
    asked: Mutex<Vec<String>>,
}

impl Answers {
    fn new(case: &Value) -> Option<Arc<Self>> {
        let answers = case["answers"].as_array()?.clone();
        Some(Arc::new(Self { answers, asked: Mutex::default() }))
    }

    fn next(&self, api: &str) -> Value {
        let mut asked = self.asked.lock().unwrap();
        asked.push(api.to_owned());
        self.answers[(asked.len() - 1).min(self.answers.len() - 1)].clone()
    }

    fn limit(&self, api: &str) -> std::result::Result<Duration, Broken> {
        match self.next(api) {
            Value::Number(wait) => Ok(Duration::from_millis(wait.as_u64().unwrap())),
            Value::String(text) if text == "fails" => Err(Broken),
            other => {
                thread::sleep(blocks(&other));
                Ok(Duration::ZERO)
            }
        }
    }
}

fn blocks(answer: &Value) -> Duration {
    Duration::from_millis(answer.as_str().unwrap().strip_prefix("blocks ").unwrap().parse().unwrap())
}

/// Awaited, where the other blocks.
impl Limiter for Answers {
    fn acquire<'a>(&'a self, request: PermitRequest<'a>) -> WaitFuture<'a> {
        Box::pin(async {
            match self.next(request.action) {
                Value::Number(wait) => Ok(Duration::from_millis(wait.as_u64().unwrap())),
                Value::String(text) if text == "fails" => Err(Error::quota("the limiter is broken").with_cause(Arc::new(Broken))),
                other => {
                    tokio::time::sleep(blocks(&other)).await;
                    Ok(Duration::ZERO)
                }
            }
        })
    }
}

#[derive(Clone, Copy, Debug)]
enum Way {
    Blocking,
    Background,
    Awaited,
}

fn run(client: &blocking::Client, case: &Value, way: Way) -> Result<()> {
    let options = case["timeout_ms"].as_u64().map_or(LONG, Duration::from_millis);
    let options = CallOptions::default().timeout(options);
    let person = WaitOptions { first_pause: Duration::from_millis(10), ..WaitOptions::default() };
    macro_rules! run {
        ($operation:expr) => {{
            if let Way::Background = way {
                let (sender, outcome) = channel();
                client
                    .start($operation, options, Delivery::OnCallbackThread, move |outcome| sender.send(outcome).unwrap())
                    .unwrap();
                outcome.recv_timeout(LONG).unwrap().map(|_| ())
            } else {
                client.run(&$operation, &options).map(|_| ())
            }
        }};
    }
    match case["action"].as_str() {
        Some(action) => run!(Call::new(action)),
        None if case["waits"] == true => run!(WaitForResult::new(request(case["transaction"].as_str().unwrap()), person)),
        None => run!(request(case["transaction"].as_str().unwrap())),
    }
}

fn of_case(emulator: &Emulator, case: &Value) -> ClientBuilder {
    let attempts = case["max_attempts"].as_u64().unwrap_or(1);
    builder(emulator.endpoint()).max_attempts(usize::try_from(attempts).unwrap()).throttle_base(Duration::from_millis(1))
}

#[test]
fn every_case_of_the_list_ends_as_it_says() {
    let emulator = Emulator::start(Options::default()).unwrap();
    for case in listed("limiter.json", "limits") {
        for way in [Way::Blocking, Way::Background, Way::Awaited] {
            let (mut client, answers) = (of_case(&emulator, &case), Answers::new(&case));
            if let Some(answers) = answers.clone() {
                client = match way {
                    Way::Awaited => client.shared_limiter(answers),
                    Way::Blocking | Way::Background => client.limiter(move |api| Ok(answers.limit(api)?)),
                };
            }
            let (client, begun) = (client.build_blocking().unwrap(), Instant::now());
            let outcome = run(&client, &case, way);
            let (took, name) = (begun.elapsed(), format!("{} ({way:?})", case["name"]));
            let asked = answers.map(|answers| answers.asked.lock().unwrap().clone()).unwrap_or_default();
            assert_eq!(Value::from(asked), case["asked"], "{name}");
            assert_eq!(client.stats().requests, case["requests"].as_u64().unwrap(), "{name}");
            assert!(took >= Duration::from_millis(case["at_least_ms"].as_u64().unwrap_or(0)), "{name}: {took:?}");
            let failed = outcome.err();
            assert_eq!(failed.as_ref().map(|error| error.kind().name()), case["fails"].as_str(), "{name}: {failed:?}");
            let Some(error) = failed else { continue };
            // A wait counts what its last call sent.
            let sent = if case["waits"] == true { Some(0) } else { case["requests"].as_u64() };
            assert_eq!(Some(u64::from(error.attempts())), sent, "{name}: {error}");
            let caused = error.source().is_some_and(<dyn std::error::Error>::is::<Broken>);
            assert_eq!(caused, case["caused"] == true, "{name}: {error}");
            assert!(!caused || (!error.retryable() && !error.to_string().contains("sesame")), "{name}: {error}");
        }
    }
}

#[test]
fn a_limiter_goes_beside_no_other_pace() {
    for case in listed("limiter.json", "refused") {
        let mut client = builder("http://127.0.0.1:1").limiter(|_| Ok(Duration::ZERO));
        for (name, value) in case["options"].as_object().unwrap() {
            match value {
                Value::Number(number) => client.set(name, number.as_i64()),
                text => client.set(name, text.as_str()),
            }
            .unwrap();
        }
        let error = client.build().unwrap_err();
        assert_eq!(error.kind(), Kind::InvalidArgument);
        for (language, message) in case["messages"].as_object().unwrap() {
            let language = language_named(language);
            assert_eq!(error.message_in(language), message.as_str().unwrap(), "{language:?}");
        }
    }
}

/// Holds back all who come, until it is opened.
#[derive(Default)]
struct Gate {
    inside: Mutex<usize>,
    open: Mutex<bool>,
    changed: Condvar,
}

impl Gate {
    fn pass(&self) {
        *self.inside.lock().unwrap() += 1;
        self.changed.notify_all();
        let open = self.open.lock().unwrap();
        drop(self.changed.wait_while(open, |open| !*open).unwrap());
    }

    fn open(&self) {
        *self.open.lock().unwrap() = true;
        self.changed.notify_all();
    }

    fn wait_for(&self, callers: usize) {
        let begun = Instant::now();
        while *self.inside.lock().unwrap() < callers {
            assert!(begun.elapsed() < LONG, "{} of {callers} are in the limiter", self.inside.lock().unwrap());
            thread::sleep(Duration::from_millis(1));
        }
    }
}

#[test]
fn callers_block_in_it_on_threads_of_their_own() {
    const CALLERS: usize = 80;
    let emulator = Emulator::start(Options::default()).unwrap();
    let gate = Arc::new(Gate::default());
    let (held, (sender, threads)) = (gate.clone(), channel());
    let client = builder(emulator.endpoint()).max_connections(CALLERS).limiter(move |_| {
        sender.send(thread::current().id()).unwrap();
        held.pass();
        Ok(Duration::ZERO)
    });
    let client = client.build_blocking().unwrap();
    thread::scope(|scope| {
        let callers: Vec<_> = (0..CALLERS)
            .map(|_| {
                scope.spawn(|| {
                    client.check_result(&request("ekycpro200")).unwrap();
                    thread::current().id()
                })
            })
            .collect();
        gate.wait_for(CALLERS);
        gate.open();
        for caller in callers {
            caller.join().unwrap();
        }
    });
    assert_eq!(threads.try_iter().collect::<std::collections::HashSet<_>>().len(), CALLERS);
}

/// 64 threads at most block for one operation, and neither another operation nor another client waits for them.
#[test]
fn what_blocks_holds_up_nothing_but_its_own_operation() {
    const CALLS: usize = 200;
    let emulator = Emulator::start(Options::default()).unwrap();
    let gate = Arc::new(Gate::default());
    let held = gate.clone();
    let client = builder(emulator.endpoint()).max_connections(2 * CALLS).limiter(move |api| {
        if api == "CheckResult" {
            held.pass();
        }
        Ok(Duration::ZERO)
    });
    let (client, other) = (client.build_blocking().unwrap(), builder(emulator.endpoint()).build_blocking().unwrap());
    let (sender, outcomes) = channel();
    let start = |client: &blocking::Client, call: Call| {
        let sender = sender.clone();
        let done = move |outcome: Result<_>| sender.send(outcome.map(|_| ())).unwrap();
        client.start(call, CallOptions::default().timeout(LONG), Delivery::OnCallbackThread, done).unwrap();
    };
    let check = || Call::new("CheckResult").parameter("MerchantBizId", "biz1").parameter("TransactionId", "ekycpro200");
    for _ in 0..CALLS {
        start(&client, check());
    }
    gate.wait_for(64);
    for call in [Call::new("KeepaliveIntl"), Call::new("KeepaliveIntl")] {
        start(&client, call);
        outcomes.recv_timeout(LONG).unwrap().unwrap();
    }
    start(&other, check());
    outcomes.recv_timeout(LONG).unwrap().unwrap();
    assert_eq!(*gate.inside.lock().unwrap(), 64);
    gate.open();
    for _ in 0..CALLS {
        outcomes.recv_timeout(LONG).unwrap().unwrap();
    }
    assert_eq!(client.stats().succeeded, CALLS as u64 + 2);
}

#[test]
fn a_call_is_cancelled_while_it_waits() {
    let emulator = Emulator::start(Options::default()).unwrap();
    for way in [Way::Blocking, Way::Background] {
        let client = builder(emulator.endpoint()).limiter(|_| Ok(LONG)).build_blocking().unwrap();
        let cancellation = Cancellation::new();
        let (options, begun) = (CallOptions::default().cancellation(&cancellation), Instant::now());
        let later = thread::spawn(move || {
            thread::sleep(Duration::from_millis(100));
            cancellation.cancel();
        });
        let outcome = if let Way::Blocking = way {
            client.run(&request("ekycpro200"), &options)
        } else {
            let (sender, outcome) = channel();
            let done = move |outcome| sender.send(outcome).unwrap();
            client.start(request("ekycpro200"), options, Delivery::OnCallbackThread, done).unwrap();
            outcome.recv_timeout(LONG).unwrap()
        };
        assert_eq!(outcome.unwrap_err().kind(), Kind::Cancelled);
        assert!(begun.elapsed() < LONG / 2 && client.stats().requests == 0);
        later.join().unwrap();
    }
}

/// A limiter that was still blocking when its call was cancelled, or that fails because it was, does not hide that.
#[test]
fn what_was_cancelled_while_the_limiter_blocked_ends_as_cancelled() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let cancellation = Cancellation::new();
    let cancel = cancellation.clone();
    let client = builder(emulator.endpoint()).limiter(move |_| {
        cancel.cancel();
        Err(Box::new(Broken))
    });
    let client = client.build_blocking().unwrap();
    let error = client.run(&request("ekycpro200"), &CallOptions::default().cancellation(&cancellation)).unwrap_err();
    assert_eq!((error.kind(), client.stats().requests), (Kind::Cancelled, 0), "{error}");
}

#[test]
fn events_have_the_wait_and_the_limiter_gets_the_calls_context() {
    struct Knows(AtomicBool);
    impl Limiter for Knows {
        fn acquire<'a>(&'a self, request: PermitRequest<'a>) -> WaitFuture<'a> {
            let known = request.context.and_then(CallContext::get::<&str>) == Some(&"span");
            self.0.store(known, Ordering::SeqCst);
            Box::pin(async { Ok(Duration::from_millis(200)) })
        }
    }
    let emulator = Emulator::start(Options::default()).unwrap();
    let (knows, (sender, events)) = (Arc::new(Knows(AtomicBool::default())), channel());
    let client = builder(emulator.endpoint()).shared_limiter(knows.clone());
    let client = client.on_event(move |event| sender.send(event.clone()).unwrap()).build_blocking().unwrap();
    client.run(&request("ekycpro200"), &CallOptions::default().context(CallContext::new("span"))).unwrap();
    for _ in 0..2 {
        let event = events.recv_timeout(LONG).unwrap();
        assert!(event.permit_wait >= Duration::from_millis(200), "{event:?}");
    }
    assert!(knows.0.load(Ordering::SeqCst));
}

/// The limiter lets everything through, and the service admits ten a second.
#[test]
fn a_client_that_is_throttled_all_the_same_slows_down() {
    const CALLERS: usize = 16;
    let emulator = Emulator::start(Options { qps: Some(10), ..Options::default() }).unwrap();
    let requests = |client: ClientBuilder| {
        let client = client.max_attempts(1).build_blocking().unwrap();
        let (begun, asked) = (Instant::now(), AtomicUsize::default());
        thread::scope(|scope| {
            for _ in 0..CALLERS {
                scope.spawn(|| {
                    while begun.elapsed() < Duration::from_secs(2) {
                        let _ = client.check_result(&request("ekycpro200"));
                        asked.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        client.stats().requests
    };
    let limited = requests(builder(emulator.endpoint()).limiter(|_| Ok(Duration::ZERO)));
    // Without a pace, sixteen callers send hundreds in a tenth of that.
    assert!(limited < 150, "{limited} requests in 2 s");
}

#[test]
fn many_calls_ask_it_as_others_do() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let asked = Arc::new(AtomicUsize::default());
    let counter = asked.clone();
    let client = builder(emulator.endpoint()).limiter(move |_| {
        counter.fetch_add(1, Ordering::SeqCst);
        Ok(Duration::from_millis(1))
    });
    let client = client.build_blocking().unwrap();
    let requests = (0..50).map(|_| request("ekycpro200"));
    let passed = client.check_many(requests, &ManyOptions::default()).filter(|(_, outcome)| outcome.is_ok()).count();
    assert_eq!((passed, asked.load(Ordering::SeqCst)), (50, 50));
}
