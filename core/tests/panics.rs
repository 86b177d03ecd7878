//! Panics of the library's own code never reach the host's stderr. A process of its own: the hook is for all of it.

use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};

use cloudauth_core::host;

/// Finding H7: the hook that was there, which prints, hears of the host's own panics alone.
#[test]
fn only_the_hosts_own_panics_reach_its_hook() {
    static HEARD: AtomicUsize = AtomicUsize::new(0);
    panic::set_hook(Box::new(|_| {
        HEARD.fetch_add(1, Ordering::SeqCst);
    }));
    assert_eq!(host::contain(|| 7), Some(7));
    assert_eq!(host::contain(|| -> u8 { panic!("on purpose") }), None);
    assert!(host::spawn("cloudauth-test", || panic!("on purpose")).unwrap().join().is_err());
    assert_eq!(HEARD.load(Ordering::SeqCst), 0);
    assert!(panic::catch_unwind(|| panic!("the host's own")).is_err());
    assert_eq!(HEARD.load(Ordering::SeqCst), 1);
    host::contain_all();
    assert!(panic::catch_unwind(|| panic!("on purpose")).is_err());
    assert_eq!(HEARD.load(Ordering::SeqCst), 1);
    drop(panic::take_hook());
}
