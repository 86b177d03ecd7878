//! The published signature vectors, held against the verifier.

use serde_json::Value;

use super::{acs3, percent, rpc1};

const RPC1: &str = include_str!("../../../tests/vectors/vectors_v1.json");
const ACS3: &str = include_str!("../../../tests/vectors/vectors_v3.json");

fn load(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn pairs(object: &Value) -> Vec<(&str, &str)> {
    object.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect()
}

fn text<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name].as_str().unwrap_or_else(|| panic!("{name} of {}", vector["name"]))
}

#[test]
fn rpc1_vectors_hold() {
    let file = load(RPC1);
    let vectors = file["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 10);
    let mut signed = 0;
    for vector in vectors {
        let name = text(vector, "name");
        let parameters = pairs(&vector["params"]);
        assert_eq!(percent::query(parameters.clone()), text(vector, "canonicalized_query"), "{name}");
        let string_to_sign = rpc1::string_to_sign(text(vector, "method"), parameters);
        assert_eq!(string_to_sign, text(vector, "string_to_sign"), "{name}");
        let secret = text(vector, "access_key_secret");
        if let Some(signature) = vector["signature"].as_str() {
            signed += 1;
            assert!(rpc1::verify(secret, &string_to_sign, signature), "{name}");
            assert!(!rpc1::verify("another", &string_to_sign, signature), "{name}");
            assert!(!rpc1::verify(secret, &format!("{string_to_sign} "), signature), "{name}");
        }
    }
    assert_eq!(signed, 8);
}

#[test]
fn percent_encoding_vectors_hold() {
    let file = load(RPC1);
    let vectors = file["percent_encoding"].as_array().unwrap();
    assert_eq!(vectors.len(), 6);
    for vector in vectors {
        assert_eq!(percent::encode(text(vector, "input")), text(vector, "expect"));
    }
}

#[test]
fn acs3_vectors_hold() {
    let file = load(ACS3);
    for name in ["doc_run_instances", "openapi_util_python"] {
        let vector = file["vectors"].as_array().unwrap().iter().find(|vector| vector["name"] == name).unwrap();
        let authorization = text(vector, "authorization");
        let signed = authorization.split("SignedHeaders=").nth(1).unwrap().split(',').next().unwrap();
        let canonical = acs3::canonical_request(
            text(vector, "method"),
            text(vector, "path"),
            pairs(&vector["query"]),
            pairs(&vector["headers"]),
            &signed.split(';').collect::<Vec<_>>(),
            text(vector, "hashed_payload"),
        );
        assert_eq!(canonical, text(vector, "canonical_request"), "{name}");
        let string_to_sign = acs3::string_to_sign(&canonical);
        assert_eq!(string_to_sign, text(vector, "string_to_sign"), "{name}");
        let (secret, signature) = (text(vector, "access_key_secret"), text(vector, "signature"));
        assert!(acs3::verify(secret, &string_to_sign, signature), "{name}");
        assert!(!acs3::verify("another", &string_to_sign, signature), "{name}");
        assert!(!acs3::verify(secret, &format!("{string_to_sign}0"), signature), "{name}");
    }
}
