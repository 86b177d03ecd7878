//! The page for people at `GET /`: how to reach the emulator, what it can be asked, what it was asked.

use std::fmt::Write as _;

use hyper::StatusCode;
use hyper::header::{CONTENT_SECURITY_POLICY, HeaderValue};

use crate::codes::{self, Code};
use crate::reply::Reply;
use crate::scenario::SUFFIXES;
use crate::service::Service;
use crate::state::Call;
use crate::variant::{Variant, meaning};
use crate::verification::{InterruptPage, Progress};

const TEMPLATE: &str = include_str!("page.html");
/// Nothing from elsewhere, and nothing to elsewhere.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:";

/// The page; with a `TransactionId`, also that verification and the ways to end it.
pub(crate) fn answer(service: &Service, transaction_id: Option<&str>) -> Reply {
    if let Some(transaction_id) = transaction_id {
        service.state().arrive(transaction_id, service.now());
    }
    let calls = service.state().calls();
    let options = &service.options;
    let fill = |name: &str| match name {
        "endpoint" => escape(&service.endpoint),
        "access_key_id" => escape(&options.access_key_id),
        "access_key_secret" => escape(&options.access_key_secret),
        "security_token" => options.security_token.as_deref().map(token).unwrap_or_default(),
        "now" => service.now().iso(),
        "command" => escape(&command(service)),
        "calls" => rows(&calls),
        "results" => each(&Variant::NAMED, |variant| results(*variant)),
        "errors" => each(codes::ALL, error),
        "suffixes" => each(SUFFIXES, |(name, purpose)| format!("<li>{}<span>{purpose}</span></li>", chip(name))),
        "verification" => transaction_id.map(|id| verification(service, id)).unwrap_or_default(),
        _ => String::new(),
    };
    let mut reply = Reply::new(StatusCode::OK, "text/html;charset=utf-8", render(TEMPLATE, fill));
    reply.headers.push((CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)));
    reply
}

/// The template with each `{{name}}` filled in; what is filled in is not read again.
fn render(template: &str, fill: impl Fn(&str) -> String) -> String {
    let mut pieces = template.split("{{");
    let mut page = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once("}}").unwrap_or((piece, ""));
        page.push_str(&fill(name));
        page.push_str(rest);
    }
    page
}

/// One piece of the page for each item.
fn each<T>(items: &[T], piece: impl Fn(&T) -> String) -> String {
    items.iter().map(piece).collect::<Vec<_>>().concat()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn chip(id: &str) -> String {
    format!("<button data-copy=\"{id}\">{id}</button>")
}

/// The chip of an error scenario, which the `Recommend` link of such an error leads to.
fn error(code: &Code) -> String {
    let id = format!("error{}", code.name.replace('.', ""));
    format!("<button id=\"{}\" data-copy=\"{id}\" title=\"{} {}\">{id}</button>", code.name, code.status, code.name)
}

fn token(token: &str) -> String {
    let token = escape(token);
    format!("<dt>SecurityToken</dt><dd><code>{token}</code><button class=\"copy\" data-copy=\"{token}\">copy</button></dd>")
}

/// A line for a shell, its values in single quotes.
fn command(service: &Service) -> String {
    let quote = |text: &str| format!("'{}'", text.replace('\'', r"'\''"));
    let options = &service.options;
    let mut line = format!(
        "ALIBABA_CLOUD_ACCESS_KEY_ID={} ALIBABA_CLOUD_ACCESS_KEY_SECRET={} ",
        quote(&options.access_key_id),
        quote(&options.access_key_secret)
    );
    if let Some(token) = &options.security_token {
        let _ = write!(line, "ALIBABA_CLOUD_SECURITY_TOKEN={} ", quote(token));
    }
    let _ = write!(line, "cloudauth check ekycpro200 --biz demo1 --endpoint {}", service.endpoint);
    if let Some(path) = &service.ca_file {
        let _ = write!(line, " --ca-file {}", quote(path));
    }
    line
}

/// Recent calls, the latest first.
fn rows(calls: &[Call]) -> String {
    if calls.is_empty() {
        return "<tr><td class=\"none\" colspan=\"6\">none yet</td></tr>".to_owned();
    }
    let row = |call: &Call| {
        let class = if call.http_status < 400 { "good" } else { "bad" };
        format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td class=\"{class}\">{}</td><td>{}</td><td>{}</td></tr>",
            call.time,
            call.action,
            call.signature,
            call.http_status,
            escape(&call.code),
            call.connection
        )
    };
    calls.iter().rev().map(row).collect::<Vec<_>>().concat()
}

fn results(variant: Variant) -> String {
    let line = |code: &&str| format!("<li>{}<span>{}</span></li>", chip(&format!("{}{code}", variant.prefix())), meaning(code));
    let lines = each(variant.sub_codes(), line);
    format!("<div><h3>{}</h3><ul>{lines}</ul></div>", variant.title())
}

/// Buttons to leave at each page, and to be done before there is a verdict.
fn leave(transaction_id: &str, variant: Variant) -> String {
    let button = |page: &InterruptPage| {
        let page = page.name();
        format!("<button data-leave=\"{transaction_id}\" data-page=\"{page}\">{page}</button>")
    };
    let buttons = each(&InterruptPage::last_of(variant).way_here(variant), button);
    format!(
        "<p>Leave it for good, closing the page (1006), at:</p><div class=\"row\">{buttons}</div>\
         <p>Be done, and let the verdict wait:</p><div class=\"row\"><button data-pend=\"{transaction_id}\">pending</button></div>"
    )
}

fn verification(service: &Service, transaction_id: &str) -> String {
    let state = service.state();
    let Some(transaction) = state.transaction(transaction_id) else {
        return "<section><h2>Verification</h2><p>There is no verification of this id.</p></section>".to_owned();
    };
    // An id that is known is one of the emulator's own: letters and digits.
    let outcome = match transaction.progress {
        Progress::Finished(end) => format!("<p>It ended with {}: {}.</p>", end.sub_code, meaning(end.sub_code)),
        Progress::Abandoned(abandonment) => {
            format!("<p>The person left at {}, with code {}.</p>", abandonment.page.name(), abandonment.code)
        }
        _ if transaction.lapsed(service.now()) => "<p>It lapsed: nobody began it within 30 minutes.</p>".to_owned(),
        Progress::NotBegun | Progress::At(_) | Progress::Pending(_) => {
            let button = |code: &&str| {
                let title = meaning(code);
                format!("<button data-finish=\"{transaction_id}\" data-code=\"{code}\" title=\"{title}\">{code}</button>")
            };
            let buttons = each(transaction.variant.sub_codes(), button);
            let pending = matches!(transaction.progress, Progress::Pending(_));
            let leave = if pending { String::new() } else { leave(transaction_id, transaction.variant) };
            let state = transaction.state(service.now()).replace('_', " ");
            let after = transaction.return_url.as_deref().map(escape).unwrap_or_default();
            format!("<p>It is {state}. End it with:</p><div class=\"row\" data-return=\"{after}\">{buttons}</div>{leave}")
        }
    };
    let product = &transaction.product_code;
    format!("<section><h2>Verification <code>{transaction_id}</code> ({product})</h2>{outcome}</section>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;

    #[test]
    fn every_place_in_the_template_is_filled_and_escaped() {
        let options =
            Options { access_key_secret: "<b>'&\"".into(), security_token: Some("{{now}}".into()), ..Options::default() };
        let service = Service::new(options, "http://127.0.0.1:1".into(), None).unwrap();
        let page = String::from_utf8(answer(&service, None).body.to_vec()).unwrap();
        assert!(page.contains("<code>&lt;b&gt;&#39;&amp;&quot;</code>"));
        assert!(page.contains("<code>{{now}}</code>"), "a value is not taken for a place");
        assert!(!page.replace("{{now}}", "").contains("{{"));
        assert_eq!(page.matches("://").count(), page.matches("http://127.0.0.1:1").count(), "nothing from elsewhere");
    }

    #[test]
    fn the_command_survives_a_shell() {
        let options = Options { access_key_secret: "it's".into(), ..Options::default() };
        let service = Service::new(options, "http://127.0.0.1:1".into(), Some("/tmp/a b.pem".into())).unwrap();
        let command = command(&service);
        assert!(command.contains(r"ACCESS_KEY_SECRET='it'\''s' "), "{command}");
        assert!(command.ends_with("--endpoint http://127.0.0.1:1 --ca-file '/tmp/a b.pem'"), "{command}");
    }
}
