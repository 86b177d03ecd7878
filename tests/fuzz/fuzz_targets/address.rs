//! Texts of endpoints and proxies, from options and from the environment: taken or refused, and no password shown.
#![no_main]

use cloudauth_core::{Client, Environment, Kind, Proxy};
use libfuzzer_sys::fuzz_target;

/// Longer than what chance writes.
const PASSWORD: &str = "canary-of-a-password";

fuzz_target!(|input: &str| {
    // Where the input has a blank there is a password, and so it is never a host.
    let text = input.replace(' ', &format!(":{PASSWORD}@"));
    let client = || Client::builder().access_key("id", "secret", None).environment(Environment::given([("NO_PROXY", "")]));
    let environment = Environment::given([("HTTPS_PROXY", text.as_str()), ("http_proxy", &text), ("NO_PROXY", &text)]);
    let builders = [
        client().endpoint(&text),
        client().endpoint(&text).allow_insecure(true),
        client().region("ap-southeast-1").proxy(Proxy::Url(text.clone())),
        client().endpoint("http://127.0.0.1:1").proxy(Proxy::Url(text.clone())),
        client().region("ap-southeast-1").environment(environment),
    ];
    for builder in builders {
        match builder.build() {
            Err(error) => {
                assert!(error.kind() == Kind::InvalidArgument, "{error}");
                assert!(!error.message().contains(PASSWORD) && !error.message().contains('\n'), "{error}");
            }
            Ok(client) => assert!(!format!("{client:?}").contains(PASSWORD), "{client:?}"),
        }
    }
});
