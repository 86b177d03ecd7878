//! Addresses of a host that may be connected to.

use std::io;

use super::address::may_connect;
use super::hosts::Admission;
use crate::catalogue::Kind;
use crate::error::Error;
use crate::transport::{Resolve, Resolver, Resolving};

/// Checks each address that `resolver` has for a name. The connection is made to what was checked, and to nothing else: the name
/// is not looked up again.
#[derive(Debug)]
pub(super) struct Guarded {
    pub(super) resolver: Resolver,
    pub(super) admission: Admission,
}

impl Resolve for Guarded {
    fn resolve<'a>(&'a self, host: &'a str) -> Resolving<'a> {
        Box::pin(async move {
            let found = self.resolver.resolve(host).await?;
            // A name server that has one such address is not to be trusted for the others.
            if found.iter().all(|found| may_connect(found.ip(), self.admission)) {
                return Ok(found);
            }
            Err(io::Error::other(Error::new(
                Kind::Blocked,
                "an address of the video's host is not a public one; it was not fetched",
            )))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::future::ready;
    use std::net::{IpAddr, SocketAddr};
    use std::sync::Mutex;

    use super::*;

    /// Answers with one list of addresses after the other.
    #[derive(Debug)]
    struct Rebinding(Mutex<Vec<Vec<IpAddr>>>);

    impl Resolve for Rebinding {
        fn resolve<'a>(&'a self, _: &'a str) -> Resolving<'a> {
            let next = self.0.lock().unwrap().remove(0);
            Box::pin(ready(Ok(next.into_iter().map(|address| SocketAddr::new(address, 0)).collect())))
        }
    }

    #[test]
    fn whatever_a_name_leads_to_is_checked_each_time() {
        let answers = [vec!["8.8.8.8", "2400:3200::1"], vec!["127.0.0.1"], vec!["8.8.8.8", "10.0.0.1"], vec!["8.8.4.4"]];
        let answers = answers.map(|list| list.into_iter().map(|address| address.parse().unwrap()).collect());
        let resolver = Resolver::new(Rebinding(Mutex::new(answers.to_vec())));
        let guarded = Guarded { resolver, admission: Admission::Service };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let outcomes = answers.map(|_| {
            runtime
                .block_on(guarded.resolve("rebinding.aliyuncs.com"))
                .map_err(|error| error.into_inner().unwrap().downcast::<Error>().unwrap().kind())
        });
        let counts = outcomes.map(|outcome| outcome.map(|found| found.len()));
        assert_eq!(counts, [Ok(2), Err(Kind::Blocked), Err(Kind::Blocked), Ok(1)]);
    }
}
