//! The published signature vectors, string to sign included.

use cloudauth_core::sign::{acs3, percent, rpc1};
use serde_json::Value;

fn vectors(text: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(text).expect("the vectors are JSON");
    file["vectors"].as_array().expect("a list of vectors").clone()
}

fn text<'a>(vector: &'a Value, name: &str) -> &'a str {
    vector[name].as_str().unwrap_or_default()
}

fn pairs(vector: &Value, name: &str) -> Vec<(String, String)> {
    let object = vector[name].as_object().expect("an object of parameters");
    object.iter().map(|(name, value)| (name.clone(), value.as_str().expect("a text").to_owned())).collect()
}

#[test]
fn rpc1_vectors_hold() {
    let vectors = vectors(include_str!("../../../tests/vectors/vectors_v1.json"));
    let mut signed = 0;
    for vector in &vectors {
        let name = text(vector, "name");
        let query = percent::canonical_query(&pairs(vector, "params"));
        assert_eq!(query, text(vector, "canonicalized_query"), "{name}");
        let string_to_sign = rpc1::string_to_sign(text(vector, "method"), &query);
        assert_eq!(string_to_sign, text(vector, "string_to_sign"), "{name}");
        if let Some(signature) = vector["signature"].as_str() {
            let secret = text(vector, "hmac_key").strip_suffix('&').expect("the key is the secret and an ampersand");
            assert_eq!(rpc1::signature(secret, &string_to_sign), signature, "{name}");
            signed += 1;
        }
    }
    assert_eq!((vectors.len(), signed), (10, 8));
}

#[test]
fn acs3_vectors_hold() {
    let vectors = vectors(include_str!("../../../tests/vectors/vectors_v3.json"));
    // The others reproduce quirks of the SDK they come from.
    for name in ["doc_run_instances", "openapi_util_python"] {
        let vector = vectors.iter().find(|vector| text(vector, "name") == name).expect("the vector is there");
        let hash = text(vector, "hashed_payload");
        if name == "doc_run_instances" {
            assert_eq!(acs3::hashed_payload(text(vector, "body").as_bytes()), hash);
        }
        let headers = pairs(vector, "headers");
        let headers = acs3::canonical_headers(&headers);
        let query = percent::canonical_query(&pairs(vector, "query"));
        let names = acs3::signed_headers(&headers);
        let request = acs3::canonical_request(text(vector, "method"), text(vector, "path"), &query, &headers, &names, hash);
        assert_eq!(request, text(vector, "canonical_request"), "{name}");
        let string_to_sign = acs3::string_to_sign(&request);
        assert_eq!(string_to_sign, text(vector, "string_to_sign"), "{name}");
        let signature = acs3::signature(text(vector, "access_key_secret"), &string_to_sign);
        assert_eq!(signature, text(vector, "signature"), "{name}");
        let authorization = acs3::authorization(text(vector, "access_key_id"), &names, &signature);
        assert_eq!(authorization, text(vector, "authorization"), "{name}");
    }
}
