//! The page at a `TransactionUrl`: the person's part, by buttons.

use crate::html::{self, each, escape};
use crate::reply::Reply;
use crate::scenario::Plan;
use crate::service::Service;
use crate::variant::{Variant, meaning};
use crate::verification::{InterruptPage, Progress, Transaction};

const TEMPLATE: &str = include_str!("verify_page.html");

/// Whoever opens the page has begun.
pub(crate) fn answer(service: &Service, transaction_id: &str) -> Reply {
    let now = service.now();
    let mut state = service.state();
    state.arrive(transaction_id, now);
    let transaction = state.transaction(transaction_id);
    // An id that is known is one of the emulator's own: letters and digits.
    let fill = |name: &str| match (name, transaction) {
        ("outcome", None) => "<p>There is no verification of this id.</p>".to_owned(),
        ("outcome", Some(transaction)) if transaction.lapsed(now) => {
            ended("It lapsed: nobody began it within 30 minutes.", transaction)
        }
        ("outcome", Some(transaction)) => outcome(transaction_id, transaction),
        ("about", Some(transaction)) => format!("<code>{transaction_id}</code>, {}, ", transaction.product_code),
        _ => String::new(),
    };
    html::page(TEMPLATE, fill)
}

fn outcome(transaction_id: &str, transaction: &Transaction) -> String {
    let variant = transaction.variant;
    let ways = match transaction.progress {
        Progress::Finished(end) => {
            return ended(&format!("It ended with {}: {}.", end.sub_code, meaning(end.sub_code)), transaction);
        }
        Progress::Abandoned(abandonment) => {
            let left = format!("The person left at {}, with code {}.", abandonment.page.name(), abandonment.code);
            return ended(&left, transaction);
        }
        Progress::NotBegun | Progress::At(_) => format!("{}{}", finish(transaction_id, variant), leave(transaction_id, variant)),
        Progress::Pending(_) => format!("<p>The verdict is pending.</p>{}", finish(transaction_id, variant)),
    };
    let after = transaction.return_url.as_deref().map(escape).unwrap_or_default();
    format!("<div data-return=\"{after}\">{ways}</div>")
}

fn ended(how: &str, transaction: &Transaction) -> String {
    let link = |url: &String| format!("<p><a href=\"{}\">Go on to ReturnUrl</a></p>", escape(url));
    format!("<p>{how}</p>{}", transaction.return_url.as_ref().map(link).unwrap_or_default())
}

/// Buttons to end with each `SubCode`.
fn finish(transaction_id: &str, variant: Variant) -> String {
    let button = |code: &&str| {
        format!("<button data-finish=\"{transaction_id}\" data-code=\"{code}\"><b>{code}</b> {}</button>", meaning(code))
    };
    let (passing, failing): (Vec<&&str>, Vec<&&str>) = variant.sub_codes().iter().partition(|code| Plan::passed(code));
    format!(
        "<h2>Finish</h2><div class=\"ways\">{}</div><h2>Fail</h2><div class=\"ways\">{}</div>",
        each(passing, button),
        each(failing, button)
    )
}

/// Buttons to leave at each page, and to be done before there is a verdict.
fn leave(transaction_id: &str, variant: Variant) -> String {
    let button = |page: &InterruptPage| {
        let page = page.name();
        format!("<button data-leave=\"{transaction_id}\" data-page=\"{page}\">{page}</button>")
    };
    let buttons = each(&InterruptPage::last_of(variant).way_here(variant), button);
    format!(
        "<h2>Walk away</h2><p>Close the service's page (code 1006), and never come back to it, at:</p>\
         <div class=\"row\">{buttons}</div>\
         <h2>Wait for the verdict</h2><p>Be done before the service decides:</p>\
         <div class=\"row\"><button data-pend=\"{transaction_id}\">pending</button></div>"
    )
}
