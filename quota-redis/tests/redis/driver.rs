//! Workers on a real Redis, in one process: what they were given, by the process's clock.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use cloudauth_quota_redis::{Denied, Dial, Dialled, Handle, Permit, Refusal, Stream, Target, Watcher, open};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::server::Server;

#[derive(Debug)]
struct Plain;

impl Dial for Plain {
    fn dial<'a>(&'a self, target: &'a Target) -> Dialled<'a> {
        Box::pin(async move {
            let stream = TcpStream::connect((target.host(), target.port())).await?;
            stream.set_nodelay(true)?;
            Ok(Box::new(stream) as Box<dyn Stream>)
        })
    }
}

#[derive(Debug, Default)]
struct Seen(Mutex<Vec<String>>);

impl Watcher for Seen {
    fn lost(&self, refusal: &Refusal, has_share: bool) {
        self.0.lock().unwrap().push(format!("{refusal}; share: {has_share}"));
    }

    fn found(&self, _: Duration) {
        self.0.lock().unwrap().push("found".to_owned());
    }
}

fn worker(url: &str, name: &str) -> (Arc<Handle>, Arc<Seen>) {
    let seen = Arc::new(Seen::default());
    let target = Target::parse(url).expect("a target");
    let (handle, driver) = open(target, "region", name.to_owned(), Arc::new(Plain), seen.clone());
    tokio::spawn(driver.run());
    (Arc::new(handle), seen)
}

fn run<F: Future>(test: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test)
}

type Log = Arc<Mutex<Vec<(Instant, usize, Permit)>>>;

/// A caller that asks for one permit after the other.
fn call(handle: Arc<Handle>, index: usize, rate: u64, log: Log) {
    tokio::spawn(async move {
        while let Ok(permit) = handle.acquire("CheckResult", rate).await {
            log.lock().unwrap().push((Instant::now(), index, permit));
        }
    });
}

/// The most in any second.
fn most(times: &[Instant]) -> usize {
    let in_second =
        |first: usize| times[first..].iter().take_while(|time| **time - times[first] < Duration::from_secs(1)).count();
    (0..times.len()).map(in_second).max().unwrap_or_default()
}

#[test]
fn workers_share_the_rate_evenly_whatever_becomes_of_the_server() {
    let Some(mut server) = Server::start(&[]) else { return };
    run(async {
        let log = Log::default();
        let url = format!("redis://127.0.0.1:{}", server.port);
        let workers: Vec<_> = (0..8).map(|index| worker(&url, &format!("worker-{index}"))).collect();
        for (index, (handle, _)) in workers.iter().enumerate() {
            call(handle.clone(), index, 40, log.clone());
        }
        let pass = |seconds| sleep(Duration::from_secs(seconds));
        pass(5).await;
        server.kill();
        pass(3).await;
        server.restart();
        pass(5).await;
        server.signal("-STOP");
        pass(3).await;
        server.signal("-CONT");
        pass(2).await;
        server.command(&["SCRIPT", "FLUSH"]);
        pass(1).await;
        server.command(&["CONFIG", "SET", "maxmemory", "1"]);
        pass(3).await;
        server.command(&["CONFIG", "SET", "maxmemory", "0"]);
        pass(2).await;
        let log = log.lock().unwrap().clone();
        let times: Vec<_> = log.iter().map(|(time, ..)| *time).collect();
        let (own, all) = (log.iter().filter(|(.., permit)| *permit == Permit::Own).count(), log.len());
        println!("{all} permits of 960, {own} of the workers' shares; {} at most in a second", most(&times));
        let seen: Vec<_> = workers.iter().map(|(_, seen)| seen.0.lock().unwrap().clone()).collect();
        assert_eq!(seen[0].iter().filter(|seen| *seen == "found").count(), 3, "{:?}", seen[0]);
        for (index, word) in [(0, "no connection"), (2, "does not answer"), (4, "OOM")] {
            assert!(seen[0][index].contains(word) && seen[0][index].contains("share: true"), "{:?}", seen[0]);
        }
        assert!(most(&times) <= 41 + 1, "{} permits in a second", most(&times));
        assert!(all >= 960 * 85 / 100, "{all} permits of 960");
        assert!(own >= 120, "{own} permits of the workers' shares");
        for index in 0..8 {
            let own = log.iter().filter(|(_, worker, _)| *worker == index).count();
            assert!(own * 8 >= all * 80 / 100 && own * 8 <= all * 120 / 100, "worker {index} got {own} of {all}");
        }
    });
}

#[test]
fn a_lease_serves_many_calls_of_one_worker() {
    let Some(server) = Server::start(&[]) else { return };
    run(async {
        let log = Log::default();
        let (handle, _) = worker(&format!("redis://127.0.0.1:{}", server.port), "worker");
        assert_eq!(handle.acquire("CheckResult", 1000).await, Ok(Permit::Shared));
        for _ in 0..400 {
            call(handle.clone(), 0, 1000, log.clone());
        }
        sleep(Duration::from_secs(3)).await;
        let all = log.lock().unwrap().len();
        let calls = server.command(&["INFO", "commandstats"]);
        let calls: usize = calls.split("cmdstat_evalsha:calls=").nth(1).unwrap().split(',').next().unwrap().parse().unwrap();
        println!("{all} permits in 3 s, {calls} questions");
        assert!((2700..=3030).contains(&all), "{all} permits in 3 s");
        assert!(calls <= 60, "{calls} questions");
    });
}

#[test]
fn a_worker_that_never_reached_the_server_waits_and_one_that_is_refused_is_told_so() {
    let Some(server) = Server::start(&["--requirepass", "sesame"]) else { return };
    run(async {
        let acquire = async |url: String| {
            let (handle, seen) = worker(&url, "worker");
            let outcome = timeout(Duration::from_secs(2), handle.acquire("CheckResult", 10)).await;
            (outcome, seen.0.lock().unwrap().clone())
        };
        let (outcome, seen) = acquire("redis://127.0.0.1:1".to_owned()).await;
        assert!(outcome.is_err(), "{outcome:?}");
        assert!(seen.len() == 1 && seen[0].contains("share: false"), "{seen:?}");
        for (password, code) in [("", "NOAUTH"), (":hunter2@", "WRONGPASS")] {
            let (outcome, seen) = acquire(format!("redis://{password}127.0.0.1:{}", server.port)).await;
            let Ok(Err(Denied::Refused(refusal))) = outcome else { panic!("{outcome:?}") };
            assert_eq!(refusal, Refusal::Access(code.to_owned()));
            assert!(seen[0].contains(code) && !seen[0].contains("hunter2"), "{seen:?}");
        }
        let (outcome, seen) = acquire(format!("redis://:sesame@127.0.0.1:{}/3", server.port)).await;
        assert_eq!((outcome, seen), (Ok(Ok(Permit::Shared)), vec![]));
    });
}

#[test]
fn a_call_that_gives_up_leaves_its_permit_to_the_next() {
    let Some(server) = Server::start(&[]) else { return };
    run(async {
        let (handle, _) = worker(&format!("redis://127.0.0.1:{}", server.port), "worker");
        assert_eq!(handle.acquire("CheckResult", 1).await, Ok(Permit::Shared));
        let begun = Instant::now();
        assert!(timeout(Duration::from_millis(300), handle.acquire("CheckResult", 1)).await.is_err());
        assert_eq!(handle.acquire("CheckResult", 1).await, Ok(Permit::Shared));
        assert!(begun.elapsed() < Duration::from_millis(1500), "{:?}", begun.elapsed());
        drop(handle);
    });
}
