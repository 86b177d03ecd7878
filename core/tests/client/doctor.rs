//! What `diagnose` tells of the way to a region, on a network that a proxy makes.

use crate::proxy::proxy;
use cloudauth_core::doctor::{Check, Finding, Measured, State};
use cloudauth_core::{ClientBuilder, DiagnosisOptions, Environment, Kind, Proxy};
use cloudauth_emulator::{Emulator, Options};

fn emulator() -> Emulator {
    Emulator::start(Options { tls: true, ..Options::default() }).unwrap()
}

fn builder(emulator: &Emulator) -> ClientBuilder {
    ClientBuilder::default()
        .environment(Environment::given::<String, String>([]))
        .access_key(emulator.access_key_id(), emulator.access_key_secret(), None)
        .ca_pem(emulator.ca_pem().unwrap().as_bytes().to_vec())
}

fn of(findings: &[Finding], check: Check) -> Vec<&Finding> {
    findings.iter().filter(|finding| finding.check == check).collect()
}

#[test]
fn the_way_through_a_proxy_is_the_one_that_calls_take() {
    let emulator = emulator();
    for (scheme, tls) in [("http", false), ("https", true)] {
        let through = proxy(emulator.endpoint(), tls, Some("Basic dXNlcjpjYW5hcnk="));
        let url = Proxy::Url(format!("{scheme}://user:canary@{}", through.address));
        let stranger = builder(&emulator).endpoint("https://cloudauth-emulator.test").proxy(url);
        let authorities = emulator.ca_pem().unwrap().to_owned() + &through.pem.unwrap_or_default();
        let findings = stranger.clone().ca_pem(authorities.into_bytes()).diagnose(&DiagnosisOptions::default()).unwrap();
        assert!(findings.iter().all(|finding| finding.state <= State::Ok), "{findings:#?}");
        let said = format!("{findings:?}");
        assert!(said.contains(&format!("calls go through the proxy {}: the proxy given", through.address)), "{said}");
        assert!(!said.contains("canary"), "{said}");
        assert_eq!(of(&findings, Check::Call)[0].state, State::Ok);
        assert!(matches!(of(&findings, Check::Clock)[0].measured, Some(Measured::ServerAhead(_))));
        assert!(of(&findings, Check::Latency).is_empty(), "an endpoint was given");
        if tls {
            let findings = stranger.diagnose(&DiagnosisOptions::default()).unwrap();
            let failed = of(&findings, Check::Proxy)[1];
            assert!(failed.kind == Some(Kind::Tls) && failed.what.starts_with("the proxy 127.0.0.1:"), "{failed:?}");
        }
    }
}

#[test]
fn a_proxy_that_wants_a_password_is_told_from_a_server_that_is_away() {
    let emulator = emulator();
    let through = proxy(emulator.endpoint(), false, Some("Basic dXNlcjpjYW5hcnk="));
    let url = Proxy::Url(format!("http://{}", through.address));
    let builder = builder(&emulator).endpoint("https://cloudauth-emulator.test").proxy(url);
    let findings = builder.diagnose(&DiagnosisOptions::default()).unwrap();
    assert_eq!(of(&findings, Check::Tcp)[0].state, State::Ok);
    let failed = of(&findings, Check::Proxy)[1];
    assert!(failed.kind == Some(Kind::Network) && failed.what.contains("user name and a password (407)"), "{failed:?}");
    assert_eq!(of(&findings, Check::Tls)[0].state, State::Skipped);
}

/// Every host of the service is at the other end of the proxy, and none of them has the certificate that it should.
#[test]
fn regions_are_measured_and_a_stranger_in_their_place_is_not_called() {
    let emulator = emulator();
    let through = proxy(emulator.endpoint(), false, None);
    let url = Proxy::Url(format!("http://{}", through.address));
    let builder = builder(&emulator).region("ap-southeast-5").proxy(url);
    let findings = builder.diagnose(&DiagnosisOptions::default()).unwrap();
    let tls = of(&findings, Check::Tls)[0];
    assert!(tls.kind == Some(Kind::Tls), "{tls:?}");
    assert!(tls.what.contains("is for localhost, "), "{tls:?}");
    assert!(tls.what.ends_with("not for cloudauth-intl.ap-southeast-5.aliyuncs.com"), "{tls:?}");
    assert_eq!(emulator.stats().application_bytes, 0);

    let latency = of(&findings, Check::Latency);
    let subjects: Vec<_> = latency.iter().filter_map(|finding| finding.subject.as_deref()).collect();
    assert_eq!(
        subjects,
        ["ap-southeast-1", "ap-southeast-5", "cn-hongkong", "ap-southeast-3"]
            .map(|id| [format!("{id} public"), format!("{id} internal")])
            .concat()
    );
    let measured = |finding: &&Finding| finding.state == State::Ok && matches!(finding.measured, Some(Measured::Took(_)));
    assert!(latency.iter().all(measured), "{latency:#?}");
    let tunnels = through.heads.try_iter().filter(|head| head.starts_with("CONNECT cloudauth-intl")).count();
    assert_eq!(tunnels, 1 + 8);

    let without = builder.diagnose(&DiagnosisOptions::default().latency(false)).unwrap();
    assert!(of(&without, Check::Latency).is_empty());
}
