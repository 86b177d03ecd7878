//! What several tests share: clients for a server on loopback.

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
