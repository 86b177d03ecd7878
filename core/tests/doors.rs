//! Bad input at every door of the library: an error that names the argument and the rule, before anything is sent.

use std::net::TcpListener;
use std::time::Duration;

use cloudauth_core::{Call, CheckResultRequest, Client, ClientBuilder, Environment, Kind, Proxy, Signature};

fn builder() -> ClientBuilder {
    Client::builder().environment(Environment::given::<String, String>([])).access_key("id", "secret", None)
}

#[test]
fn bad_options_are_refused_by_name() {
    let region = || builder().region("cn-hongkong");
    let refused = vec![
        ("region", builder()),
        ("region", builder().region("ap-southeast-9")),
        ("region", builder().region("")),
        ("region", builder().region("cn-hongkong\0")),
        ("network", region().network("vpc")),
        ("endpoint", builder().endpoint("http://example.com")),
        ("endpoint", builder().endpoint("")),
        ("endpoint", builder().endpoint("https://host\0")),
        ("attempt_timeout", region().attempt_timeout(Duration::ZERO)),
        ("connect_timeout", region().connect_timeout(Duration::ZERO)),
        ("max_body_bytes", region().max_body_bytes(0)),
        ("max_body_bytes_without_images", region().max_body_bytes_without_images(0)),
        ("ca_file", region().ca_file("/nowhere/at/all.pem")),
        ("ca_pem", region().ca_pem(b"no certificate".to_vec())),
        ("proxy", region().proxy(Proxy::Url("socks9://x".to_owned()))),
        ("user_agent", region().user_agent("a\nb")),
        ("user_agent", region().user_agent("é")),
        ("user_agent", region().user_agent("a".repeat(512))),
        ("endpoint", builder().endpoint("/tmp")),
        ("endpoint", builder().endpoint("h".repeat(64 << 10))),
        ("ca_file", region().ca_file("/dev/zero")),
        ("ca_file", region().ca_file("/")),
        ("quota", region().quota_url("http://cache")),
        ("quota", builder().endpoint("http://127.0.0.1:1").quota_url("redis://cache")),
        ("keep_warm", region().keep_warm(Duration::from_millis(99))),
        ("keep_warm", region().keep_warm(Duration::from_mins(1))),
        ("keep_warm", region().keep_warm(Duration::from_secs(5)).max_connections(1)),
        ("access_key_id", region().access_key("", "secret", None)),
        ("access_key_secret", region().access_key("id", "", None)),
        ("access_key_secret", region().access_key("id", "secret\n", None)),
        ("security_token", region().access_key("id", "secret", Some("a b".to_owned()))),
    ];
    for (name, builder) in refused {
        let error = builder.build().expect_err(name);
        assert_eq!(error.kind(), Kind::InvalidArgument, "{error}");
        assert!(error.message().starts_with(&format!("{name}: ")), "{name}: {error}");
        assert!(!error.message().contains('\n') && error.attempts() == 0);
    }
}

#[test]
fn missing_credentials_say_where_to_put_them() {
    let bare = Client::builder().region("cn-hongkong").environment(Environment::given([("ALIBABA_CLOUD_ACCESS_KEY_ID", "id")]));
    let error = bare.build().expect_err("half a key");
    assert_eq!(error.kind(), Kind::Credentials);
    assert!(error.message().contains("ALIBABA_CLOUD_ACCESS_KEY_SECRET is not set"), "{error}");
}

#[test]
fn the_environment_is_read_when_the_client_is_made() {
    let variables = |endpoint: &'static str| {
        Environment::given([
            ("ALIBABA_CLOUD_ACCESS_KEY_ID", "id"),
            ("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "secret"),
            ("CLOUDAUTH_ENDPOINT", endpoint),
            ("CLOUDAUTH_REGION", "cn-hongkong"),
        ])
    };
    let endpoint = |builder: ClientBuilder| builder.build().map(|client| client.endpoint().to_string());
    let given = |text| Client::builder().environment(variables(text));
    assert_eq!(endpoint(given("http://127.0.0.1:9")).unwrap(), "http://127.0.0.1:9");
    assert_eq!(endpoint(given("")).unwrap(), "https://cloudauth-intl.cn-hongkong.aliyuncs.com");
    assert_eq!(endpoint(given("http://127.0.0.1:9").endpoint("https://host")).unwrap(), "https://host");
    // Finding B7: of the environment, loopback alone stands in for a region given in code.
    assert_eq!(endpoint(given("http://127.0.0.1:9").region("ap-southeast-1")).unwrap(), "http://127.0.0.1:9");
    assert_eq!(
        endpoint(given("https://elsewhere.example").region("ap-southeast-1")).unwrap(),
        "https://cloudauth-intl.ap-southeast-1.aliyuncs.com"
    );
    assert_eq!(endpoint(given("https://elsewhere.example")).unwrap(), "https://elsewhere.example");
    assert_eq!(
        endpoint(given("").region("ap-southeast-1").network("internal")).unwrap(),
        "https://cloudauth-intl-vpc.ap-southeast-1.aliyuncs.com"
    );
    let error = endpoint(given("http://example.com")).expect_err("plain http");
    assert!(error.message().starts_with("CLOUDAUTH_ENDPOINT: "), "{error}");
}

/// A server that fails the test if anyone connects.
fn silent_server() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    (listener, endpoint)
}

#[test]
fn bad_requests_never_leave() {
    let (listener, endpoint) = silent_server();
    let client = builder().endpoint(endpoint).build_blocking().unwrap();
    let requests = [
        ("merchant_biz_id", CheckResultRequest::new("", "t")),
        ("merchant_biz_id", CheckResultRequest::new("b".repeat(33), "t")),
        ("merchant_biz_id", CheckResultRequest::new("b\0", "t")),
        ("transaction_id", CheckResultRequest::new("b", "")),
        ("transaction_id", CheckResultRequest::new("b", "t\0")),
        ("transaction_id", CheckResultRequest::new("b", "t".repeat(129))),
        ("TransactionId", CheckResultRequest::new("b", "t").parameter("TransactionId", "u")),
        ("Signature", CheckResultRequest::new("b", "t").parameter("Signature", "x")),
        ("Extra", CheckResultRequest::new("b", "t").parameter("Extra", "\0")),
        ("parameter", CheckResultRequest::new("b", "t").parameter("", "x")),
    ];
    for (name, request) in requests {
        let error = client.check_result(&request).expect_err(name);
        assert_eq!((error.kind(), error.attempts()), (Kind::InvalidArgument, 0), "{error}");
        assert!(error.message().starts_with(&format!("{name}: ")), "{name}: {error}");
    }
    let error = client.call(&Call::new("")).expect_err("no action");
    assert!(error.message().starts_with("action: "), "{error}");
    assert!(listener.accept().is_err(), "nothing may be sent");
}

#[test]
fn an_endpoint_where_no_one_listens_is_unreachable() {
    let endpoint = silent_server().1;
    for signature in [Signature::Acs3, Signature::Rpc1] {
        let client = builder().endpoint(&endpoint).signature(signature).build_blocking().unwrap();
        let error = client.check_result(&CheckResultRequest::new("b", "t")).expect_err("no one listens");
        assert_eq!((error.kind(), error.attempts(), error.retryable()), (Kind::Network, 3, true));
        assert_eq!(error.message(), format!("{endpoint}: nothing listens there (connection refused)"));
    }
}

// Finding G1: a name that is not there and a name server that fails were one error. Which of them it is, is up to the machine.
#[test]
fn a_name_that_does_not_exist_is_unreachable() {
    let client = builder().endpoint("https://cloudauth.invalid").proxy(Proxy::Direct).build_blocking().unwrap();
    let error = client.check_result(&CheckResultRequest::new("b", "t")).expect_err("no such name");
    assert_eq!(error.kind(), Kind::Network, "{error}");
    let message = error.message().strip_prefix("https://cloudauth.invalid: ").unwrap();
    let expected = match error.attempts() {
        2 => "no such name; is it right, and does DNS here know it?",
        _ => "its name could not be looked up: the name server failed or did not answer",
    };
    assert_eq!(message, expected, "after {} attempts", error.attempts());
}
