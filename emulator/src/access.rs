//! Who may steer the emulator: not the pages of other sites that a developer's browser has open.

use std::net::IpAddr;

use hyper::Uri;
use hyper::http::uri::Authority;

use crate::request::Request;

/// Refuses a `Host` that is neither loopback nor allowed, as a rebound DNS name sends it, and an `Origin` other than that host.
pub(crate) fn check(request: &Request, allowed: &[String]) -> Result<(), &'static str> {
    let host: Authority = request.host().parse().map_err(|_| "the Host header is missing or no host")?;
    let known = is_loopback(host.host()) || allowed.iter().any(|name| name.eq_ignore_ascii_case(host.host()));
    if !known {
        return Err("the Host header is not a loopback host; --allow-host NAME allows another");
    }
    match request.header("origin").map(str::parse::<Uri>) {
        None => Ok(()),
        Some(Ok(origin)) if origin.authority() == Some(&host) => Ok(()),
        Some(_) => Err("the Origin header is another site's; only the emulator's own pages may send one"),
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use hyper::body::Bytes;

    use super::*;

    fn checked(headers: &[(&str, &str)], allowed: &[&str]) -> bool {
        let mut request = hyper::Request::get("/control/clock");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = Request::new(&request.body(()).unwrap().into_parts().0, Bytes::new()).unwrap();
        check(&request, &allowed.iter().map(ToString::to_string).collect::<Vec<_>>()).is_ok()
    }

    // Finding D6: a page of another site moved the clock.
    #[test]
    fn only_loopback_hosts_and_their_own_pages_have_access() {
        for host in ["127.0.0.1:8080", "localhost", "LocalHost:1", "[::1]:8080", "127.9.9.9"] {
            assert!(checked(&[("host", host)], &[]), "{host}");
            assert!(checked(&[("host", host), ("origin", &format!("http://{host}"))], &[]), "{host}");
            for origin in ["https://evil.example", "null", "", "http://127.0.0.1:9999", "file://"] {
                assert!(!checked(&[("host", host), ("origin", origin)], &[]), "{host} {origin}");
            }
        }
        let foreign = ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "192.0.2.1", "0.0.0.0", "", "a b"];
        for host in foreign {
            assert!(!checked(&[("host", host)], &[]), "{host}");
        }
        assert!(!checked(&[], &[]), "no Host at all");
    }

    #[test]
    fn a_name_can_be_allowed() {
        assert!(checked(&[("host", "emulator:8080")], &["Emulator"]));
        assert!(!checked(&[("host", "emulator.evil.example")], &["emulator"]));
        assert!(!checked(&[("host", "emulator"), ("origin", "http://elsewhere")], &["emulator"]));
    }
}
