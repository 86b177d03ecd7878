//! The way to a [`Driver`].

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use crate::connection::Dial;
use crate::driver::{Driver, Watcher};
use crate::target::Target;
use crate::wish::{Denied, Wish};
use crate::worker::Permit;

/// Where calls get permits.
#[derive(Debug)]
pub struct Handle(mpsc::UnboundedSender<Wish>);

/// A quota at `target`, of the operations of `region`. `id` is this worker's own. The driver is to be run while the handle is
/// in use, on a runtime with time; it ends by itself once the handle is dropped.
pub fn open(target: Target, region: &str, id: String, dial: Arc<dyn Dial>, watcher: Arc<dyn Watcher>) -> (Handle, Driver) {
    let (sender, wishes) = mpsc::unbounded_channel();
    (Handle(sender), Driver::new(target, region.to_owned(), id, wishes, dial, watcher))
}

impl Handle {
    /// Waits until a request of `action` may be sent, of which all workers send `rate` a second. Dropped, it leaves its permit to
    /// the next call of this worker.
    ///
    /// # Errors
    /// The driver has ended, or the server refuses this client.
    pub async fn acquire(&self, action: &str, rate: u64) -> Result<Permit, Denied> {
        let (waiter, permit) = oneshot::channel();
        let wish = Wish { action: action.to_owned(), rate, waiter };
        self.0.send(wish).map_err(|_| Denied::Ended)?;
        permit.await.unwrap_or(Err(Denied::Ended))
    }

    /// Whether the driver has ended.
    pub fn is_ended(&self) -> bool {
        self.0.is_closed()
    }
}
