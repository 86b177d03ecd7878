// Generated from core/schema/options.toml by `cargo xtask generate`; do not edit.

use std::path::PathBuf;
use std::time::Duration;

use zeroize::Zeroizing;

use super::ClientBuilder;

/// Setters, each for one option.
impl ClientBuilder {
    /// Region whose service is called: ap-southeast-1, ap-southeast-3, ap-southeast-5 or cn-hongkong. There is no default: give a
    /// region or an endpoint. Environment: `CLOUDAUTH_REGION`.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.given.region = Some(Zeroizing::new(region.into()));
        self
    }

    /// Which of the region's hosts is called; internal is reachable from a VPC of the same region only. An endpoint takes its
    /// place. Default: `public`.
    #[must_use]
    pub fn network(mut self, network: impl Into<String>) -> Self {
        self.given.network = Some(Zeroizing::new(network.into()));
        self
    }

    /// Host or URL to call in place of the region's. Plain http is for loopback only, unless
    /// [`allow_insecure`](Self::allow_insecure). The variable counts where neither region nor endpoint is given in code; a
    /// loopback address also stands in for a region, with a warning in the log. Environment: `CLOUDAUTH_ENDPOINT`.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.given.endpoint = Some(Zeroizing::new(endpoint.into()));
        self
    }

    /// Profile of ~/.aliyun/config.json or ~/.alibabacloud/credentials to take the keys from. Given in code, nothing else is
    /// looked at; from the environment, it only chooses among profiles. Environment: `ALIBABA_CLOUD_PROFILE`.
    #[must_use]
    pub fn profile(mut self, profile: impl Into<String>) -> Self {
        self.given.profile = Some(Zeroizing::new(profile.into()));
        self
    }

    /// Time for the whole call, from the first byte out to the decoded result. Default: 60 s. A call may have its own.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.given.timeout = Some(timeout);
        self
    }

    /// Time for one attempt, connecting included. Default: 15 s.
    #[must_use]
    pub fn attempt_timeout(mut self, attempt_timeout: Duration) -> Self {
        self.given.attempt_timeout = Some(attempt_timeout);
        self
    }

    /// Time to connect, TLS included. Default: 5 s.
    #[must_use]
    pub fn connect_timeout(mut self, connect_timeout: Duration) -> Self {
        self.given.connect_timeout = Some(connect_timeout);
        self
    }

    /// Requests for one call at most, the first included; 1 means no retry. docs/retries.md says what is retried, and when.
    /// Default: 3.
    #[must_use]
    pub fn max_attempts(mut self, max_attempts: usize) -> Self {
        self.given.max_attempts = Some(max_attempts);
        self
    }

    /// Longest pause before the first retry; it doubles with each. Default: 50 ms.
    #[must_use]
    pub fn retry_base(mut self, retry_base: Duration) -> Self {
        self.given.retry_base = Some(retry_base);
        self
    }

    /// Longest pause before the first retry where the service throttles; it doubles with each. Default: 1 s.
    #[must_use]
    pub fn throttle_base(mut self, throttle_base: Duration) -> Self {
        self.given.throttle_base = Some(throttle_base);
        self
    }

    /// Longest pause before any retry, but for what the service asks for. Default: 20 s.
    #[must_use]
    pub fn retry_cap(mut self, retry_cap: Duration) -> Self {
        self.given.retry_cap = Some(retry_cap);
        self
    }

    /// Requests a second and operation at most. Absent: as many as the service admits; where it throttles, the client slows down
    /// and regrows by itself.
    #[must_use]
    pub fn qps(mut self, qps: usize) -> Self {
        self.given.qps = Some(qps);
        self
    }

    /// How long an unused connection is kept, where the server does not close it sooner. Default: 60 s.
    #[must_use]
    pub fn idle_timeout(mut self, idle_timeout: Duration) -> Self {
        self.given.idle_timeout = Some(idle_timeout);
        self
    }

    /// Keeps two connections ready, so that a call after a pause need not connect: a connection that was idle for so long carries
    /// a keepalive request. The service advises 5 s; at least 100 ms, and shorter than [`idle_timeout`](Self::idle_timeout). It
    /// begins with the first call, ends after 120 such times without one (10 minutes at 5 s), and begins again with the next.
    /// Absent or 0: off.
    #[must_use]
    pub fn keep_warm(mut self, keep_warm: Duration) -> Self {
        self.given.keep_warm = Some(keep_warm);
        self
    }

    /// Connections at most, unused ones included. Further calls wait their turn, within their time; at least 1. Default: 64.
    #[must_use]
    pub fn max_connections(mut self, max_connections: usize) -> Self {
        self.given.max_connections = Some(max_connections);
        self
    }

    /// Largest reply accepted when images are asked for. Default: 64 MiB.
    #[must_use]
    pub fn max_body_bytes(mut self, max_body_bytes: usize) -> Self {
        self.given.max_body_bytes = Some(max_body_bytes);
        self
    }

    /// Largest reply accepted when no images are asked for, and of an operation called by its name. Raise it where such an
    /// operation returns images. Default: 1 MiB.
    #[must_use]
    pub fn max_body_bytes_without_images(mut self, max_body_bytes_without_images: usize) -> Self {
        self.given.max_body_bytes_without_images = Some(max_body_bytes_without_images);
        self
    }

    /// How many calls a stream of many calls keeps in flight; at least 1. Default: 16.
    #[must_use]
    pub fn max_concurrency(mut self, max_concurrency: usize) -> Self {
        self.given.max_concurrency = Some(max_concurrency);
        self
    }

    /// PEM file of certificates to trust beside the system's: authorities, or a server's own, which is trusted for the names in
    /// it. A regular file of at most 4 MiB.
    #[must_use]
    pub fn ca_file(mut self, ca_file: impl Into<PathBuf>) -> Self {
        self.given.ca_file = Some(ca_file.into());
        self
    }

    /// Accept plain http to hosts that are not loopback. For tests on a network of your own: signatures and faces then travel in
    /// the open.
    #[must_use]
    pub fn allow_insecure(mut self, allow_insecure: bool) -> Self {
        self.given.allow_insecure = Some(allow_insecure);
        self
    }

    /// Appended to the User-Agent header, which has at most 512 characters.
    #[must_use]
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.given.user_agent = Some(Zeroizing::new(user_agent.into()));
        self
    }

    /// Keep the reply's body with each result, byte for byte as it came, for an archive. A result then takes as much memory again
    /// as its reply.
    #[must_use]
    pub fn keep_raw(mut self, keep_raw: bool) -> Self {
        self.given.keep_raw = Some(keep_raw);
        self
    }
}
