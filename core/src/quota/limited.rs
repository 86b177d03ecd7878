//! A quota that a limiter of the program's keeps.

use std::fmt;
use std::sync::Arc;

use super::{Admitted, Limiter, Local, Permit, PermitFuture, PermitRequest, Quota};
use crate::error::{Error, Result};

/// Asks the limiter, and slows down as [`Local`] does where the service throttles all the same.
pub(crate) struct Limited {
    limiter: Arc<dyn Limiter>,
    learnt: Local,
}

impl Limited {
    pub(crate) fn new(limiter: Arc<dyn Limiter>) -> Self {
        Self { limiter, learnt: Local::new(None) }
    }

    async fn permit(&self, request: PermitRequest<'_>) -> Result<Permit> {
        self.learnt.admit(request.action).await;
        let here = if request.blocks { self.limiter.acquire_here(request) } else { None };
        let wait = match here {
            Some(wait) => {
                // The call may have been cancelled meanwhile.
                tokio::task::yield_now().await;
                wait
            }
            None => self.limiter.acquire(request).await,
        };
        let wait = wait.map_err(Error::permanent)?;
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
        Ok(self.learnt.now())
    }
}

impl fmt::Debug for Limited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limited").field("learnt", &self.learnt).finish_non_exhaustive()
    }
}

impl Quota for Limited {
    fn acquire<'a>(&'a self, request: PermitRequest<'a>) -> PermitFuture<'a> {
        Box::pin(self.permit(request))
    }

    fn report(&self, action: &str, permit: Permit, admitted: Admitted) {
        self.learnt.report(action, permit, admitted);
    }
}
