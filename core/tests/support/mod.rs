//! What several tests share: clients for a server on loopback.

use cloudauth_core::spelling::Language;
use cloudauth_core::{CheckResultRequest, ClientBuilder, Environment};

/// A builder that sees nothing of the process's environment.
pub(crate) fn keyless(endpoint: &str) -> ClientBuilder {
    ClientBuilder::default().environment(Environment::given::<String, String>([])).endpoint(endpoint)
}

/// [`keyless`], with the emulator's keys.
pub(crate) fn builder(endpoint: &str) -> ClientBuilder {
    keyless(endpoint).access_key("emulator-key-id", "emulator-key-secret", None)
}

#[allow(dead_code, reason = "not every test asks for a result")]
pub(crate) fn request(transaction_id: &str) -> CheckResultRequest {
    CheckResultRequest::new("biz1", transaction_id)
}

/// As lists of cases name it.
#[allow(dead_code, reason = "not every test has such a list")]
pub(crate) fn language_named(name: &str) -> Language {
    match name {
        "rust" => Language::Rust,
        "c" => Language::C,
        "python" => Language::Python,
        "go" => Language::Go,
        "java" => Language::Java,
        "command" => Language::Command,
        other => panic!("{other}: no language"),
    }
}
