//! A video's URL and the hosts that the caller added: refused, or it leads where an independent reader of URLs says that it may.
#![no_main]

use std::net::IpAddr;

use cloudauth_core::admitted_video_url;
use libfuzzer_sys::fuzz_target;
use url::{Host, Url};

/// Whether an entry that the caller added covers that host.
fn covers(entry: &str, host: &str) -> bool {
    let entry = entry.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    match (entry.parse::<IpAddr>(), host.parse::<IpAddr>()) {
        (Ok(entry), Ok(host)) => entry == host,
        (Err(_), Err(_)) => host == entry || entry.starts_with('.') && host.len() > entry.len() && host.ends_with(&entry),
        _ => false,
    }
}

fuzz_target!(|input: (&str, Vec<String>)| {
    let (tail, added) = input;
    // Chance seldom begins as URLs do.
    for url in
        [tail.to_owned(), format!("https://{tail}"), format!("https://a{tail}.aliyuncs.com/v"), format!("http://127.0.0.1{tail}")]
    {
        let Some((host, port)) = admitted_video_url(&url, &added) else { continue };
        let read = Url::parse(&url).expect("another reader reads it, too");
        let read_host = match read.host().expect("it has a host") {
            Host::Domain(name) => name.to_owned(),
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        };
        assert_eq!((&host, port), (&read_host, read.port_or_known_default().expect("it has a port").into()), "{url}");
        assert!(read.username().is_empty() && read.password().is_none() && read.fragment().is_none(), "{url}");
        if added.iter().any(|entry| covers(entry, &host)) {
            let is_loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
            assert!(read.scheme() == "https" || read.scheme() == "http" && is_loopback, "{url}");
        } else {
            assert_eq!((read.scheme(), port), ("https", 443), "{url}");
            assert!(host.ends_with(".aliyuncs.com"), "{url}");
        }
    }
});
