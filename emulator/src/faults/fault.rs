use std::fmt;
use std::str::FromStr;

use super::applied::Applied;
use super::catalogue;
use super::definition::Definition;
use super::draw::Draw;
use super::effect::Effect;
use super::when::{self, When};

/// A fault: its name, its own arguments, and the requests that it is applied to, as in `latency:delay=300ms,next=2`.
///
/// The table in `docs/emulator.md` lists all of them.
///
/// ```
/// let fault: cloudauth_emulator::Fault = "throttle:retry-after=250ms,next=3".parse()?;
/// assert_eq!(fault.name(), "throttle");
/// # Ok::<(), cloudauth_emulator::FaultError>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Fault {
    pub(crate) definition: &'static Definition,
    pub(crate) when: When,
    given: Vec<(&'static str, String)>,
    text: String,
}

/// Why a text is no fault: one line that names what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FaultError(String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fault({})", self.text)
    }
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Fault, FaultError> {
        let (name, rest) = text.split_once(':').unwrap_or((text, ""));
        let definition = catalogue::all().find(|definition| definition.name == name).ok_or_else(|| {
            let names: Vec<_> = Fault::all().map(|(name, _)| name).collect();
            FaultError(format!("{name}: not a fault; they are {}", names.join(", ")))
        })?;
        let mut fault = Fault { definition, when: When::default(), given: Vec::new(), text: text.to_owned() };
        let mut seen = Vec::new();
        for pair in rest.split(',').filter(|_| text.contains(':')) {
            let fail = |fault: &str| FaultError(format!("{name}: {fault}"));
            let (key, value) =
                pair.split_once('=').ok_or_else(|| fail("after the colon comes key=value, separated by commas"))?;
            if seen.contains(&key) {
                return Err(fail(&format!("{key} is given twice")));
            }
            seen.push(key);
            fault.take(key, value).map_err(|rule| fail(&rule))?;
        }
        Ok(fault)
    }
}

impl Fault {
    /// Every name there is and what that fault does, in the order of the documentation.
    pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
        catalogue::all().map(|definition| (definition.name, definition.does))
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.definition.name
    }

    fn take(&mut self, key: &str, value: &str) -> Result<(), String> {
        if let Some(own) = self.definition.arguments.iter().find(|own| own.key == key) {
            if let Some(rule) = own.rule.broken_by(value) {
                return Err(format!("{key} {rule}"));
            }
            self.given.push((own.key, value.to_owned()));
            return Ok(());
        }
        if !when::KEYS.contains(&key) {
            let keys: Vec<_> = self.definition.arguments.iter().map(|own| own.key).chain(when::KEYS).collect();
            return Err(format!("{key}: not a key of this fault; it takes {}", keys.join(", ")));
        }
        self.when.take(key, value).map_err(|rule| format!("{key} {rule}"))?;
        match self.when.needs_request().filter(|_| self.definition.on.is_connection()) {
            Some(key) => Err(format!("{key}: this fault applies to connections, before there is a request")),
            None => Ok(()),
        }
    }

    /// What it does now.
    pub(crate) fn effect(&self, draw: Draw, host: &str) -> Effect {
        (self.definition.effect)(&mut Applied { arguments: self.definition.arguments, given: &self.given, draw, host })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn refusal(text: &str) -> String {
        text.parse::<Fault>().unwrap_err().to_string()
    }

    #[test]
    fn a_fault_is_read_with_its_own_keys_and_the_common_ones() {
        let text = "latency:delay=20ms,next=2,rate=0.5,for=3s,action=CheckResult,transaction=a:b";
        let fault: Fault = text.parse().unwrap();
        assert_eq!(fault.to_string(), text);
        assert_eq!(fault.when.next, Some(2));
        assert_eq!(fault.when.rate, Some(0.5));
        assert_eq!(fault.when.lasts, Some(Duration::from_secs(3)));
        assert_eq!(fault.when.action.as_deref(), Some("CheckResult"));
        assert_eq!(fault.when.transaction.as_deref(), Some("a:b"));
        assert!(matches!(fault.effect(Draw::new(0, "", 0), ""), Effect::Late(delay) if delay == Duration::from_millis(20)));
        assert_eq!("latency".parse::<Fault>().unwrap().when, When::default());
    }

    #[test]
    fn each_refusal_says_what_is_wrong_and_what_is_right() {
        assert!(refusal("latentcy").starts_with("latentcy: not a fault; they are latency, "));
        assert!(refusal("").starts_with(": not a fault"));
        assert_eq!(refusal("latency:"), "latency: after the colon comes key=value, separated by commas");
        assert_eq!(refusal("latency:delay=1"), "latency: delay must be a time such as 300ms or 2s, up to a year");
        assert_eq!(refusal("latency:next=1,next=2"), "latency: next is given twice");
        assert_eq!(refusal("latency:rate=1.1"), "latency: rate must be a share from 0 to 1");
        assert!(refusal("latency:wait=1s").starts_with("latency: wait: not a key of this fault; it takes delay, jitter, next"));
        assert!(refusal("redirect:to=moon").contains("to must be one of host, http"));
        assert!(refusal("tls-expired:action=CheckResult").contains("applies to connections"));
    }

    #[test]
    fn every_default_follows_its_own_rule() {
        for definition in catalogue::all() {
            for own in definition.arguments {
                let broken = own.rule.broken_by(own.default).filter(|_| !own.default.is_empty());
                assert_eq!(broken, None, "{} {}", definition.name, own.key);
                assert!(!when::KEYS.contains(&own.key), "{} {}", definition.name, own.key);
            }
        }
    }
}
