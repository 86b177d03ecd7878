//! `/control/cloud`: faults, lifetimes and counters.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Cloud, CloudFault, CloudService};

/// What is set now, and what was counted.
pub(crate) fn describe(cloud: &Cloud) -> Value {
    let state = cloud.state();
    let mut described = json!({"lifetime_seconds": state.lifetime.as_secs(), "imds_v1": state.imds_v1});
    for service in CloudService::ALL {
        let counted = &state.each[service as usize];
        let fault = counted.fault.map(|fault| match fault {
            CloudFault::Down => "down",
            CloudFault::Slow(_) => "slow",
            CloudFault::Garbage => "garbage",
            CloudFault::Expired => "expired",
        });
        described[service.name()] = json!({"fault": fault, "requests": counted.requests, "issued": counted.issued});
    }
    described
}

/// Sets what `arguments` name; nothing, where one of them is wrong.
pub(crate) fn set(cloud: &Cloud, arguments: &Value) -> Result<Value, String> {
    let mut changes: Vec<Box<dyn FnOnce()>> = Vec::new();
    for (name, value) in arguments.as_object().into_iter().flatten() {
        let wrong = |rule: &str| format!("{name}: must be {rule}");
        changes.push(match name.as_str() {
            "lifetime_seconds" => {
                let seconds = value.as_u64().filter(|seconds| (1..=43_200).contains(seconds));
                let lifetime = Duration::from_secs(seconds.ok_or_else(|| wrong("1 to 43200"))?);
                Box::new(move || cloud.set_lifetime(lifetime))
            }
            "imds_v1" => {
                let allowed = value.as_bool().ok_or_else(|| wrong("true or false"))?;
                Box::new(move || cloud.set_imds_v1(allowed))
            }
            "oidc_token" => {
                let token = value.as_str().ok_or_else(|| wrong("a text"))?.to_owned();
                Box::new(move || cloud.set_oidc_token(token))
            }
            _ => {
                let service = CloudService::ALL.into_iter().find(|service| service.name() == name);
                let service = service.ok_or_else(|| "an argument is not known here".to_owned())?;
                let fault = match value {
                    Value::Null => None,
                    _ => Some(fault(value).ok_or_else(|| wrong("null, down, garbage, expired or slow and milliseconds"))?),
                };
                Box::new(move || cloud.set_fault(service, fault))
            }
        });
    }
    for change in changes {
        change();
    }
    Ok(describe(cloud))
}

/// `"down"`, `"garbage"`, `"expired"`, or `{"slow": MILLISECONDS}`, up to a minute.
fn fault(value: &Value) -> Option<CloudFault> {
    match value.as_str() {
        Some("down") => Some(CloudFault::Down),
        Some("garbage") => Some(CloudFault::Garbage),
        Some("expired") => Some(CloudFault::Expired),
        Some(_) => None,
        None => {
            let millis = value.get("slow")?.as_u64().filter(|millis| *millis <= 60_000)?;
            Some(CloudFault::Slow(Duration::from_millis(millis)))
        }
    }
}
