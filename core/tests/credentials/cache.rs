//! What is kept, and when it is fetched anew.

use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use cloudauth_core::{CallOptions, Kind, blocking};
use cloudauth_emulator::{CloudFault, CloudService};

use crate::support::{World, call, request, until};

const URI: CloudService = CloudService::CredentialsUri;
const CALLERS: usize = 200;

fn world() -> World {
    let mut world = World::new();
    world.uri();
    world
}

/// As many calls at once, each on a thread of its own.
fn all_call(client: &blocking::Client) {
    let together = Arc::new(Barrier::new(CALLERS));
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let (client, together) = (client.clone(), together.clone());
            thread::spawn(move || {
                together.wait();
                call(&client)
            })
        })
        .collect();
    for caller in callers {
        caller.join().unwrap().unwrap();
    }
}

#[test]
fn many_callers_make_one_request() {
    let world = world();
    world.emulator.cloud().set_fault(URI, Some(CloudFault::Slow(Duration::from_millis(300))));
    let client = world.client();
    all_call(&client);
    assert_eq!(world.requests(URI), 1);
    world.advance(Duration::from_mins(56));
    all_call(&client);
    until(|| world.issued(URI) == 2);
    all_call(&client);
    assert_eq!(world.requests(URI), 2, "the last five minutes bring one more");
    world.advance(Duration::from_mins(61));
    all_call(&client);
    assert_eq!(world.requests(URI), 3, "and so does an end");
}

#[tokio::test]
async fn many_callers_that_await_make_one_request() {
    let world = world();
    world.emulator.cloud().set_fault(URI, Some(CloudFault::Slow(Duration::from_millis(300))));
    let client = world.builder().build().unwrap();
    for requests in 1..=2 {
        let calls: Vec<_> = (0..CALLERS)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { client.check_result(&request()).await })
            })
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!(world.requests(URI), requests);
        world.advance(Duration::from_mins(61));
    }
}

#[test]
fn a_caller_that_gives_up_does_not_end_the_fetch() {
    let world = world();
    world.emulator.cloud().set_fault(URI, Some(CloudFault::Slow(Duration::from_millis(500))));
    let client = world.client();
    let hasty = CallOptions::default().timeout(Duration::from_millis(50));
    let error = client.run(&request(), &hasty).unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (Kind::Timeout, 0));
    call(&client).unwrap();
    assert_eq!(world.requests(URI), 1);
}

#[test]
fn keys_that_are_still_good_outlive_their_source() {
    let world = world();
    let client = world.client();
    call(&client).unwrap();
    world.emulator.cloud().set_fault(URI, Some(CloudFault::Down));
    for minutes in [56, 3] {
        world.advance(Duration::from_mins(minutes));
        let before = world.requests(URI);
        let begun = Instant::now();
        for _ in 0..20 {
            call(&client).unwrap();
        }
        let most = 1 + begun.elapsed().as_secs() * 2;
        until(|| world.requests(URI) > before);
        assert!(world.requests(URI) - before <= most, "it is left in peace between two failures");
    }
    world.advance(Duration::from_mins(2));
    for _ in 0..3 {
        let error = call(&client).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (Kind::Credentials, 0));
        assert!(error.message().ends_with("answered with HTTP status 503"), "{error}");
    }
    world.emulator.cloud().set_fault(URI, None);
    world.advance(Duration::from_secs(11));
    call(&client).unwrap();
}

#[test]
fn in_the_last_minute_one_waits_but_not_for_long() {
    let world = world();
    let client = world.client();
    call(&client).unwrap();
    world.emulator.cloud().set_fault(URI, Some(CloudFault::Slow(Duration::from_millis(300))));
    world.advance(Duration::from_secs(3550));
    call(&client).unwrap();
    assert_eq!(world.issued(URI), 2, "the call waited for new keys");
    world.emulator.cloud().set_fault(URI, Some(CloudFault::Slow(Duration::from_secs(30))));
    world.advance(Duration::from_secs(3550));
    let begun = Instant::now();
    call(&client).unwrap();
    assert!(begun.elapsed() < Duration::from_secs(9), "the call went on with the keys that were still good");
    assert_eq!(world.issued(URI), 2);
}

#[test]
fn keys_that_live_shortly_are_not_fetched_all_the_time() {
    let world = world();
    world.emulator.cloud().set_lifetime(Duration::from_mins(2));
    let client = world.client();
    for _ in 0..20 {
        call(&client).unwrap();
    }
    assert_eq!(world.requests(URI), 1);
    world.advance(Duration::from_secs(61));
    call(&client).unwrap();
    until(|| world.issued(URI) == 2);
}

/// The client's clock is ten minutes slow, so that it does not see the end coming.
#[test]
fn keys_that_the_service_refuses_as_expired_are_replaced() {
    let world = world();
    world.shift_client(-600);
    world.emulator.cloud().set_lifetime(Duration::from_mins(5));
    let client = world.client();
    call(&client).unwrap();
    world.advance(Duration::from_mins(6));
    // Within one call: the refusal, other keys, the result.
    call(&client).unwrap();
    assert_eq!(world.issued(URI), 2);
    assert_eq!(client.stats().retries, 1);
}

#[test]
fn a_source_that_gives_dead_keys_is_told_of_and_left_in_peace() {
    let world = world();
    world.emulator.cloud().set_fault(URI, Some(CloudFault::Expired));
    let client = world.client();
    let begun = Instant::now();
    for _ in 0..20 {
        let error = call(&client).unwrap_err();
        assert!(error.message().contains("credentials_uri: credentials_uri gave keys that have expired already"), "{error}");
    }
    assert!(world.requests(URI) <= 1 + begun.elapsed().as_secs() * 2);
}

#[test]
fn roles_behind_roles_are_each_kept() {
    let world = World::new();
    world.cli_profile(&format!(
        r#"{{"name":"default","mode":"ChainableRamRoleArn","source_profile":"i","ram_role_arn":"{}"}},
           {{"name":"i","mode":"EcsRamRole","ram_role_name":"emulator-role"}}"#,
        crate::support::ROLE_ARN
    ));
    let client = world.client();
    all_call(&client);
    let issued = || (world.issued(CloudService::AssumeRole), world.issued(CloudService::Metadata));
    assert_eq!(issued(), (1, 1));
    world.advance(Duration::from_mins(61));
    all_call(&client);
    assert_eq!(issued(), (2, 2));
}

/// As above, behind a role: the source's keys end before the client's slow clock says so.
#[test]
fn keys_that_sts_refuses_as_expired_are_replaced_at_once() {
    let world = World::new();
    world.shift_client(-600);
    world.cli_profile(&format!(
        r#"{{"name":"default","mode":"ChainableRamRoleArn","source_profile":"i","ram_role_arn":"{}"}},
           {{"name":"i","mode":"EcsRamRole"}}"#,
        crate::support::ROLE_ARN
    ));
    let client = world.client();
    let cloud = world.emulator.cloud();
    cloud.set_lifetime(Duration::from_mins(5));
    cloud.set_fault(CloudService::AssumeRole, Some(CloudFault::Down));
    let error = call(&client).unwrap_err();
    assert!(error.message().contains("cli_profile: STS answered with HTTP status 503"), "{error}");
    cloud.set_fault(CloudService::AssumeRole, None);
    world.advance(Duration::from_mins(6));
    call(&client).unwrap();
    assert_eq!((world.issued(CloudService::Metadata), world.requests(CloudService::AssumeRole)), (2, 3));
}
