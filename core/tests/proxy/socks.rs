//! SOCKS 5, spoken by a small server.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use cloudauth_core::{Kind, Proxy};

use crate::calls::emulator;
use crate::proxy::relay;
use crate::support::{builder, request};
use crate::ways::WAYS;

/// A SOCKS proxy that leads everywhere to `server` and wants `login` where there is one. Gives its address, and the targets.
fn socks(server: &str, login: Option<&'static str>, status: u8) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = server.rsplit('/').next().unwrap().to_owned();
    let (sender, targets) = channel();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (server, sender) = (server.clone(), sender.clone());
            thread::spawn(move || -> io::Result<()> {
                let [_, count] = bytes::<2>(&mut stream)?;
                let methods = some(&mut stream, count)?;
                let method = if login.is_some() { 2 } else { 0 };
                stream.write_all(&[5, if methods.contains(&method) { method } else { 0xff }])?;
                if let Some(login) = login {
                    let [_, user] = bytes::<2>(&mut stream)?;
                    let user = some(&mut stream, user)?;
                    let [password] = bytes::<1>(&mut stream)?;
                    let given = [user, some(&mut stream, password)?].join(&b':');
                    stream.write_all(&[1, u8::from(given != login.as_bytes())])?;
                }
                let [_, _, _, kind] = bytes::<4>(&mut stream)?;
                let host = if kind == 1 {
                    some(&mut stream, 4)?.iter().map(u8::to_string).collect::<Vec<_>>().join(".")
                } else {
                    let [length] = bytes::<1>(&mut stream)?;
                    String::from_utf8(some(&mut stream, length)?).unwrap()
                };
                let port = u16::from_be_bytes(bytes::<2>(&mut stream)?);
                sender.send(format!("{host}:{port}")).map_err(io::Error::other)?;
                stream.write_all(&[5, status, 0, 1, 0, 0, 0, 0, 0, 0])?;
                let onward = TcpStream::connect(server)?;
                stream.set_read_timeout(Some(Duration::from_millis(5)))?;
                onward.set_read_timeout(Some(Duration::from_millis(5)))?;
                relay(&mut stream, &onward)
            });
        }
    });
    (address, targets)
}

fn bytes<const N: usize>(stream: &mut TcpStream) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes).map(|()| bytes)
}

fn some(stream: &mut TcpStream, count: u8) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; count.into()];
    stream.read_exact(&mut bytes).map(|()| bytes)
}

// Finding L3: SOCKS 5, with and without a login, to an endpoint with and without TLS, names looked up there or here.
#[test]
fn socks_leads_to_the_endpoint() {
    for (tls, login) in [(true, None), (true, Some("us@er:p^ss")), (false, Some("us@er:p^ss"))] {
        let (emulator, authority) = emulator(tls);
        let (address, targets) = socks(emulator.endpoint(), login, 0);
        let endpoint = if tls { "https://cloudauth-emulator.test" } else { "http://cloudauth-emulator.test:8080" };
        let user = login.map_or(String::new(), |login| format!("{login}@"));
        let mut options = builder(endpoint).allow_insecure(true).proxy(Proxy::Url(format!("socks5h://{user}{address}")));
        if let Some(authority) = authority {
            options = options.ca_pem(authority);
        }
        let client = options.build_blocking().unwrap();
        for way in WAYS {
            assert_eq!(way(&client, &request("ekycpro200").return_image(true)).unwrap().passed, Some(true));
            assert_eq!(targets.recv().unwrap(), if tls { "cloudauth-emulator.test:443" } else { "cloudauth-emulator.test:8080" });
            // A second call takes the connection that is there.
            way(&client, &request("ekycpro200")).unwrap();
            assert!(targets.try_recv().is_err());
        }
    }
    let (emulator, _) = emulator(false);
    let (address, targets) = socks(emulator.endpoint(), None, 0);
    let client = builder("http://0.0.0.0:8080").allow_insecure(true).proxy(Proxy::Url(format!("socks5://{address}")));
    client.build_blocking().unwrap().check_result(&request("ekycpro200")).unwrap();
    assert_eq!(targets.recv().unwrap(), "0.0.0.0:8080");
}

#[test]
fn a_socks_proxy_that_says_no_is_named() {
    let endpoint = "https://cloudauth-emulator.test";
    for (login, given, status, says, tries) in [
        (Some("a:b"), "a:c@", 0, "it does not take this user name and password", 1),
        (Some("a:b"), "", 0, "it wants a user name and a password", 1),
        (None, "a:c@", 0, "it takes no user name and password", 1),
        (None, "", 2, "it refused to connect to https://cloudauth-emulator.test (connection not allowed)", 1),
        (None, "", 4, "it could not connect to https://cloudauth-emulator.test (host unreachable)", 3),
    ] {
        let (address, _targets) = socks("127.0.0.1:9", login, status);
        let proxy = Proxy::Url(format!("socks5h://{given}{address}"));
        let client = builder(endpoint).proxy(proxy).retry_base(Duration::from_millis(1)).build_blocking().unwrap();
        for way in WAYS {
            let error = way(&client, &request("ekycpro200")).unwrap_err();
            assert_eq!((error.kind(), error.message()), (Kind::Network, &*format!("the proxy {address}: {says}")));
            assert_eq!((error.attempts(), error.retryable()), (tries, tries == 3), "{error}");
        }
    }
}
