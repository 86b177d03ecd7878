//! Handles: which are alive, and of what type.
//!
//! A handle is the address of a small block on the heap that nobody ever reads. It is looked up in a table before anything
//! is done with it, so that a handle which is freed, forged or of another type is an answer and not a fault. An object lives
//! behind an `Arc` and a call holds it while it runs: freeing a handle under a running call is safe. The block of a freed
//! handle rests for a while before its address can be given again.

use std::any::{Any, TypeId};
use std::collections::{BTreeMap, VecDeque};
use std::ptr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cloudauth_core::Error;

use crate::failure::Failure;
use crate::fork::{self, Held, Locks};

/// An opaque type of the header, and what stands behind its handles.
pub(crate) trait Handle {
    type Object: Any + Send + Sync;
    /// The type's name in the header.
    const NAME: &'static str;
}

type Object = Arc<dyn Any + Send + Sync>;

const SHARDS: usize = 64;

/// Freed blocks that rest in each shard: about 8,000 in all, a quarter of a megabyte.
const RESTING: usize = 128;

#[derive(Debug, Default)]
struct Shard {
    /// A tree, since leak checkers take a hash table, whose pointer leads into its middle, for possibly lost.
    live: BTreeMap<usize, Entry>,
    resting: VecDeque<Box<Block>>,
}

#[derive(Debug)]
struct Entry {
    block: Box<Block>,
    object: Object,
}

/// Only its address matters.
type Block = u8;

static TABLE: [Mutex<Shard>; SHARDS] = [const { Mutex::new(Shard { live: BTreeMap::new(), resting: VecDeque::new() }) }; SHARDS];

/// Every lock of the table, held.
type Locked = [MutexGuard<'static, Shard>; SHARDS];

impl Locks for Locked {
    fn lock_all() -> Self {
        std::array::from_fn(|index| lock(&TABLE[index]))
    }

    fn held() -> &'static Held<Self> {
        static HELD: Held<Locked> = Held::new();
        &HELD
    }
}

fn lock(shard: &'static Mutex<Shard>) -> MutexGuard<'static, Shard> {
    // Nothing that panics runs under the lock, but for closures of `change`, which leave a whole object behind.
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

fn shard(address: usize) -> MutexGuard<'static, Shard> {
    lock(&TABLE[(spread(address) >> 32) as usize % SHARDS])
}

/// A new handle of the object.
pub(crate) fn give<H: Handle>(object: H::Object) -> *mut H {
    insert(Arc::new(object)).cast()
}

/// What the table does for handles of any type; here and below it is compiled once, and not once a type.
fn insert(object: Object) -> *mut Block {
    fork::watch::<Locked>();
    let mut block: Box<Block> = Box::new(0);
    let handle = ptr::from_mut(&mut *block);
    shard(handle.addr()).live.insert(handle.addr(), Entry { block, object });
    handle
}

/// The object behind a handle that is alive and of its type. `name` is the argument's, for the error.
pub(crate) fn get<H: Handle>(handle: *const H, name: &str) -> Result<Arc<H::Object>, Failure> {
    find(handle).ok_or_else(|| misused(handle.is_null(), H::NAME, name))
}

/// [`get`] where misuse has no error to be told by.
pub(crate) fn find<H: Handle>(handle: *const H) -> Option<Arc<H::Object>> {
    look_up(handle.addr())?.downcast().ok()
}

fn look_up(address: usize) -> Option<Object> {
    Some(shard(address).live.get(&address)?.object.clone())
}

/// Changes the object behind a handle; a call that is using it goes on with what it was. What `change` returns is dropped
/// after the lock is gone, which is where replaced values of the host belong.
pub(crate) fn change<H: Handle, R>(handle: *mut H, change: impl FnOnce(&mut H::Object) -> R) -> Option<R>
where
    H::Object: Clone,
{
    let mut shard = shard(handle.addr());
    let object = &mut shard.live.get_mut(&handle.addr())?.object;
    if Arc::get_mut(object).is_none() {
        *object = Arc::new(object.downcast_ref::<H::Object>()?.clone());
    }
    let changed = Arc::get_mut(object)?.downcast_mut().map(change);
    drop(shard);
    changed
}

/// Ends a handle. The object lives on while a call uses it.
pub(crate) fn take<H: Handle>(handle: *mut H) -> Option<Arc<H::Object>> {
    remove(handle.addr(), TypeId::of::<H::Object>())?.downcast().ok()
}

fn remove(address: usize, of: TypeId) -> Option<Object> {
    let mut shard = shard(address);
    if (*shard.live.get(&address)?.object).type_id() != of {
        return None;
    }
    let Entry { block, object } = shard.live.remove(&address)?;
    shard.resting.push_back(block);
    let rested = if shard.resting.len() > RESTING { shard.resting.pop_front() } else { None };
    drop(shard);
    drop(rested);
    Some(object)
}

/// How many handles are alive.
pub(crate) fn live() -> usize {
    TABLE.iter().map(|shard| lock(shard).live.len()).sum()
}

#[cold]
fn misused(is_null: bool, of: &str, name: &str) -> Failure {
    let rule =
        if is_null { "must not be NULL".to_owned() } else { format!("is no live {of}: it was freed, or is something else") };
    Error::invalid_argument(name, rule).into()
}

/// Addresses differ in their middle bits; this brings the difference to all of them.
fn spread(address: usize) -> u64 {
    (address as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use std::ptr;

    use super::{Handle, RESTING, SHARDS, change, find, give, take};

    struct Apple;
    struct Pear;

    impl Handle for Apple {
        type Object = String;
        const NAME: &'static str = "apple";
    }

    impl Handle for Pear {
        type Object = u32;
        const NAME: &'static str = "pear";
    }

    #[test]
    fn only_a_live_handle_of_its_type_is_found() {
        let apple: *mut Apple = give("red".to_owned());
        assert_eq!(*find(apple).unwrap(), "red");
        assert!(find(apple.cast::<Pear>()).is_none());
        assert!(take(apple.cast::<Pear>()).is_none(), "another type frees nothing");
        assert!(find(apple.wrapping_byte_add(1)).is_none());
        assert!(find(ptr::null::<Apple>()).is_none());
        assert_eq!(*take(apple).unwrap(), "red");
        assert!(find(apple).is_none() && take(apple).is_none());
    }

    #[test]
    fn a_change_is_not_seen_by_those_who_use_the_object() {
        let apple: *mut Apple = give("red".to_owned());
        let before = find(apple).unwrap();
        assert_eq!(change(apple, |colour| std::mem::replace(colour, "green".to_owned())), Some("red".to_owned()));
        assert_eq!((before.as_str(), find(apple).unwrap().as_str()), ("red", "green"));
        assert_eq!(change(apple.cast::<Pear>(), |_| ()), None);
        take(apple);
        assert_eq!(change(apple, |_| ()), None);
    }

    #[test]
    fn a_freed_address_rests() {
        let freed: *mut Pear = give(1);
        take(freed);
        // Blocks of one shard rest longest where others fill it last; far fewer than all must not bring the address back.
        for _ in 0..RESTING {
            let next: *mut Pear = give(2);
            assert_ne!(next, freed);
            take(next);
        }
        assert!(find(freed).is_none());
        const { assert!(SHARDS.is_power_of_two()) };
    }
}
