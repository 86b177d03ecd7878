use cloudauth_emulator::{Emulator, Options};
use http_body_util::{BodyExt as _, Empty};
use hyper::Request;
use hyper::body::Bytes;
use hyper_util::rt::{TokioExecutor, TokioIo};

use crate::client::authority;
use crate::signer::{Call, SCHEMES};

#[test]
fn calls_come_over_http2_with_the_host_as_authority() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let stream = tokio::net::TcpStream::connect(authority(emulator.endpoint())).await.unwrap();
        let (mut sender, connection) =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        for scheme in SCHEMES {
            let call = Call::check(&emulator, scheme, "faceverification200");
            let (target, headers, _) = call.signed();
            let mut request = Request::post(format!("{}{target}", emulator.endpoint()));
            for (name, value) in headers.iter().filter(|(name, _)| name != "host") {
                request = request.header(name, value);
            }
            let reply = sender.send_request(request.body(Empty::<Bytes>::new()).unwrap()).await.unwrap();
            assert_eq!(reply.status(), 200, "{scheme:?}");
            let body = reply.into_body().collect().await.unwrap().to_bytes();
            let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(body["Result"]["SubCode"], "200");
        }
    });
    assert!(emulator.calls().iter().all(|call| call.connection == 1), "both on one connection");
}

#[test]
fn faults_answer_over_http2_and_those_of_the_wire_reset_the_stream() {
    let emulator = Emulator::start(Options::default()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let stream = tokio::net::TcpStream::connect(authority(emulator.endpoint())).await.unwrap();
        let (mut sender, connection) =
            hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        for (fault, status) in [("html-502", Some(502)), ("chunk-cut", None), ("date-missing", Some(400))] {
            emulator.set_faults(vec![fault.parse().unwrap()], None, 0).unwrap();
            let request = Request::post(format!("{}/?Action=CheckResult", emulator.endpoint()));
            let reply = sender.send_request(request.body(Empty::<Bytes>::new()).unwrap()).await;
            assert_eq!(reply.as_ref().ok().map(|reply| reply.status().as_u16()), status, "{fault}");
            if fault == "date-missing" {
                assert!(!reply.unwrap().headers().contains_key("date"));
            }
        }
    });
    assert_eq!(emulator.stats().connections, 1);
}
