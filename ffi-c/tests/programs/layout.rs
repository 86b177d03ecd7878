//! The header's layout is that of the structs here.

use std::collections::BTreeSet;
use std::fs;
use std::mem::{offset_of, size_of};

use cloudauth::event::cloudauth_event;
use cloudauth::explain::cloudauth_explanation;
use cloudauth::text::{cloudauth_text, cloudauth_text_list};
use cloudauth::views::cloudauth_image;

use crate::support::folder;

/// The assertions of the header, as rustc would write them.
macro_rules! layout {
    ($($name:ident { $($member:ident),* $(,)? })*) => {
        [$(
            $(format!("offsetof({}, {}) == {}", stringify!($name), stringify!($member), offset_of!($name, $member)),)*
            format!("sizeof({}) == {}", stringify!($name), size_of::<$name>()),
        )*]
    };
}

// Behind the macro, which it needs.
mod members;
mod typed;

#[test]
fn it_is_what_rustc_made() {
    let header = fs::read_to_string(folder("include/cloudauth.h")).expect("the header is there");
    let asserted: BTreeSet<String> =
        header.lines().filter_map(|line| line.strip_prefix("CLOUDAUTH_ASSERT(")?.strip_suffix(");")).map(str::to_owned).collect();
    let made = layout! {
        cloudauth_text { data, len }
        cloudauth_image { data, len, format, extension }
        cloudauth_text_list { items, count }
        cloudauth_event { context, operation, region, attempt, attempts, kind, code, http_status, duration_ms, permit_wait_ms, pause_ms, bytes_received, ended_ms, server_address, server_port }
        cloudauth_explanation { subject, kind, action, http_status, code, meaning, cause, advice, billed, retry, products }
    };
    assert_eq!(asserted, made.into_iter().chain(members::made()).chain(typed::made()).collect());
}
