//! A certificate that is not trusted, in words.

use std::time::SystemTime;

use super::finding::{Check, Finding};
use super::way::some;
use crate::catalogue::Kind;
use crate::clock;
use crate::endpoint::Endpoint;
use crate::transport::{Distrust, HandshakeFailure};

/// `now`: by this machine's clock, which may be what is wrong.
pub(super) fn assess(endpoint: &Endpoint, failed: &HandshakeFailure, now: SystemTime) -> Finding {
    let Some(distrust) = &failed.distrust else { return Finding::failed(Check::Tls, &failed.error) };
    let what = format!("{endpoint}: its certificate {}", what(distrust, endpoint));
    Finding::fail(Check::Tls, Kind::Tls, what, advice(distrust, endpoint, now))
}

fn what(distrust: &Distrust, endpoint: &Endpoint) -> String {
    let on = |time: &Option<SystemTime>, word: &str, or: &str| match time {
        Some(time) => format!("{word} {}", clock::signing_date(*time)),
        None => or.to_owned(),
    };
    match distrust {
        Distrust::SelfSigned => "is self-signed: nobody vouches for it".to_owned(),
        Distrust::UnknownAuthority => "is from an authority that is not trusted here".to_owned(),
        Distrust::WrongHost { names } => {
            let plain = names.iter().filter(|name| is_plain(name)).cloned();
            let whose = Some(some(plain)).filter(|names| !names.is_empty());
            format!("is for {}, not for {}", whose.as_deref().unwrap_or("another host"), endpoint.host())
        }
        Distrust::Expired { since } => on(since, "has expired on", "has expired"),
        Distrust::NotYetValid { until } => on(until, "is not valid before", "is not valid yet"),
        Distrust::Revoked => "was revoked by its authority".to_owned(),
        Distrust::Unacceptable => "is not acceptable".to_owned(),
    }
}

fn advice(distrust: &Distrust, endpoint: &Endpoint, now: SystemTime) -> String {
    let now = clock::signing_date(now);
    match distrust {
        Distrust::SelfSigned => format!(
            "If {} is a server of your own, give its certificate as `ca_file`. If it is not, something on the way answers in its \
             place, and calls must not go there.",
            endpoint.host()
        ),
        Distrust::UnknownAuthority => "Give that authority's certificate, or the server's own, as `ca_file`: an emulator names the file when it starts, an \
                                       inspecting proxy's operator has it. If neither is meant to be there, calls must not go there."
            .to_owned(),
        Distrust::WrongHost { .. } => "Give the endpoint by a name that the certificate is for. If it was given by its right name, \
                                       DNS or a proxy leads elsewhere."
            .to_owned(),
        Distrust::Expired { .. } => {
            format!("This machine's clock says {now}. If that is wrong, set it by NTP; else the server's certificate must be renewed.")
        }
        Distrust::NotYetValid { .. } => format!("This machine's clock says {now}. If that is wrong, set it by NTP."),
        Distrust::Revoked => "Calls must not go there until the server has another certificate.".to_owned(),
        Distrust::Unacceptable => Kind::Tls.advice().to_owned(),
    }
}

/// A name as a host can have it: a certificate may say anything.
fn is_plain(name: &str) -> bool {
    name.len() <= 253 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_*".contains(&byte))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;
    use crate::error::Error;

    fn assessed(distrust: Distrust) -> (String, String) {
        let failed = HandshakeFailure { error: Error::new(Kind::Tls, "not this"), distrust: Some(distrust) };
        let endpoint = Endpoint::parse("https://h.invalid:8443", false).unwrap();
        let finding = assess(&endpoint, &failed, UNIX_EPOCH);
        (finding.what, finding.advice.unwrap_or_default())
    }

    #[test]
    fn each_fault_has_its_words() {
        let at = Some(UNIX_EPOCH + Duration::from_secs(1_609_459_199));
        let names = ["a.invalid", "an odd\u{1b}name", "*.b.invalid"].map(str::to_owned).to_vec();
        for (distrust, what, advice) in [
            (Distrust::SelfSigned, "is self-signed", "ca_file"),
            (Distrust::UnknownAuthority, "authority that is not trusted", "ca_file"),
            (Distrust::WrongHost { names }, "is for a.invalid, *.b.invalid, not for h.invalid:8443", "by a name"),
            (Distrust::WrongHost { names: Vec::new() }, "is for another host, not for h.invalid:8443", "by a name"),
            (Distrust::Expired { since: at }, "has expired on 2020-12-31T23:59:59Z", "clock says 1970-01-01T00:00:00Z"),
            (Distrust::NotYetValid { until: at }, "is not valid before 2020-12-31T23:59:59Z", "clock says 1970"),
            (Distrust::Revoked, "was revoked", "must not go there"),
        ] {
            let (said, advised) = assessed(distrust);
            assert!(said.starts_with("https://h.invalid:8443: its certificate ") && said.contains(what), "{said}");
            assert!(advised.contains(advice), "{advised}");
        }
    }
}
