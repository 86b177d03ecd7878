//! The page for people at `GET /`: how to reach the emulator, what it can be asked, what it was asked.

use std::fmt::Write as _;

use crate::codes::{self, Code};
use crate::html::{self, each, escape};
use crate::reply::Reply;
use crate::scenario::SUFFIXES;
use crate::service::Service;
use crate::state::Call;
use crate::variant::{Variant, meaning};

const TEMPLATE: &str = include_str!("page.html");

pub(crate) fn answer(service: &Service) -> Reply {
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
        _ => String::new(),
    };
    html::page(TEMPLATE, fill)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;

    #[test]
    fn every_place_in_the_template_is_filled_and_escaped() {
        let options =
            Options { access_key_secret: "<b>'&\"".into(), security_token: Some("{{now}}".into()), ..Options::default() };
        let service = Service::new(options, "http://127.0.0.1:1".into(), None).unwrap();
        let page = String::from_utf8(answer(&service).body.to_vec()).unwrap();
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
