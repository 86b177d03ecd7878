//! Tells the merchant that a verification ended: a GET to the `CallbackUrl`, on this machine only.

use std::net::IpAddr;
use std::time::Duration;

use hyper::Uri;
use hyper::http::uri::Scheme;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::callback_names::CallbackNames;
use crate::verification::Owed;
use crate::verify::percent;

const PATIENCE: Duration = Duration::from_secs(5);

/// Why a `CallbackUrl` cannot be used at all; nothing where it can.
pub(crate) fn fault(url: &str) -> Option<&'static str> {
    let Ok(uri) = url.parse::<Uri>() else { return Some("it is not a URL") };
    match (uri.scheme(), uri.host()) {
        (Some(scheme), Some(_)) if *scheme == Scheme::HTTPS => None,
        (Some(scheme), Some(host)) if *scheme == Scheme::HTTP && is_loopback(host) => None,
        (Some(_), Some(_)) => Some("it must be https, or http on loopback"),
        _ => Some("it must have a scheme and a host"),
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// With a retry, the merchant is called again this much later.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Makes the callback, and with `retry` once more where the answer is not 200; says in a few words how each went.
pub(crate) async fn send(owed: &Owed, names: CallbackNames, retry: bool) -> String {
    let first = send_once(owed, names).await;
    if !retry || first == "answered: 200" || first.starts_with("refused: ") {
        return first;
    }
    tokio::time::sleep(RETRY_AFTER).await;
    format!("{first}, then {}", send_once(owed, names).await)
}

/// Nothing leaves this machine.
async fn send_once(owed: &Owed, names: CallbackNames) -> String {
    let Ok(uri) = owed.callback.url.parse::<Uri>() else { return "refused: not a URL".to_owned() };
    let Some(host) = uri.host().filter(|host| is_loopback(host)) else {
        return "refused: the host is not loopback".to_owned();
    };
    if uri.scheme() != Some(&Scheme::HTTP) {
        return "refused: only http is called back".to_owned();
    }
    let port = uri.port_u16().unwrap_or(80);
    let authority = uri.authority().map_or(host, |authority| authority.as_str());
    // Credentials in a URL are not for the Host header.
    let authority = authority.rsplit('@').next().unwrap_or(authority);
    let request = format!(
        "GET {} HTTP/1.1\r\nhost: {authority}\r\nuser-agent: cloudauth-emulator\r\nconnection: close\r\n\r\n",
        target(&uri, owed, names)
    );
    match tokio::time::timeout(PATIENCE, exchange(host, port, &request)).await {
        Ok(Ok(status)) => format!("answered: {status}"),
        Ok(Err(error)) => format!("failed: {}", error.kind()),
        Err(_) => "failed: no answer in 5 s".to_owned(),
    }
}

/// The path and query, with what the service appends.
fn target(uri: &Uri, owed: &Owed, names: CallbackNames) -> String {
    let mut target = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let mut separator = if uri.query().is_some() { '&' } else { '?' };
    let passed = if owed.passed { "Y" } else { "N" };
    let parameters = [
        ("transactionId", Some(owed.transaction_id.as_str())),
        ("passed", Some(passed)),
        (names.sub_code(), Some(owed.sub_code)),
        (names.token(), owed.callback.token.as_deref()),
    ];
    for (name, value) in parameters {
        if let Some(value) = value {
            target.push(separator);
            target.push_str(name);
            target.push('=');
            target.push_str(&percent::encode(value));
            separator = '&';
        }
    }
    target
}

/// Sends the request and reads the status of the reply.
async fn exchange(host: &str, port: u16, request: &str) -> std::io::Result<u16> {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    // "localhost" is taken as the address itself, so that no resolver can send the call elsewhere.
    let host = if host.eq_ignore_ascii_case("localhost") { "127.0.0.1" } else { host };
    let mut stream = TcpStream::connect((host, port)).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut head = Vec::new();
    stream.take(4096).read_to_end(&mut head).await?;
    let head = String::from_utf8_lossy(&head);
    let status = head.split(' ').nth(1).and_then(|status| status.get(..3)).and_then(|status| status.parse().ok());
    status.ok_or_else(|| std::io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verification::Callback;

    #[test]
    fn only_https_or_loopback_can_be_called_back() {
        for url in ["https://merchant.example/done?x=1", "http://127.0.0.1:9/", "http://[::1]:9/a", "http://LOCALHOST/b"] {
            assert_eq!(fault(url), None, "{url}");
        }
        for url in ["", "merchant.example", "/done", "http://merchant.example/", "ftp://127.0.0.1/", "http://127.0.0.1.example/"]
        {
            assert!(fault(url).is_some(), "{url}");
        }
    }

    #[test]
    fn parameters_are_appended_to_what_is_there() {
        let owed = |token: Option<&str>| Owed {
            transaction_id: "hks1".into(),
            callback: Callback { url: String::new(), token: token.map(str::to_owned), outcome: None },
            sub_code: "204",
            passed: false,
        };
        let target = |url: &str, token, names| target(&url.parse().unwrap(), &owed(token), names);
        assert_eq!(
            target("http://localhost/a?b=c", Some("x&y"), CallbackNames::Mixed),
            "/a?b=c&transactionId=hks1&passed=N&subcode=204&callbackToken=x%26y"
        );
        assert_eq!(target("http://localhost", None, CallbackNames::Mixed), "/?transactionId=hks1&passed=N&subcode=204");
        let prose = target("http://localhost", Some("t"), CallbackNames::Prose);
        assert_eq!(prose, "/?transactionId=hks1&passed=N&subcode=204&CallbackToken=t");
        let sample = target("http://localhost", Some("t"), CallbackNames::Sample);
        assert_eq!(sample, "/?transactionId=hks1&passed=N&subCode=204&callbackToken=t");
    }
}
