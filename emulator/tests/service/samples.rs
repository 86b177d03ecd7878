//! Operations that the emulator answers and does not carry out.

use cloudauth_emulator::{Emulator, Options};

use crate::signer::{Call, SCHEMES};

#[test]
fn any_other_operation_gets_a_sample_that_says_so() {
    let emulator = Emulator::start(Options::default()).unwrap();
    for scheme in SCHEMES {
        let reply = Call::new(&emulator, scheme, "Id2MetaVerifyIntl", &[("ProductCode", "ID_2META")]).send();
        assert_eq!((reply.status, reply.code().as_str()), (200, "Success"));
        assert_eq!(reply.header("x-emulator-sample"), Some("shape-only"));
        assert_eq!(reply.json()["Message"], "a sample of this reply's shape");
        let groups = Call::new(&emulator, scheme, "QueryFaceGroup", &[]).send().json();
        assert!(groups["Items"][0]["Id"].is_i64() && groups["Items"][0]["Name"].is_string(), "{groups}");
        let mut forged = Call::new(&emulator, scheme, "Id2MetaVerifyIntl", &[]);
        forged.secret = "another".into();
        assert_eq!(forged.send().code(), "SignatureDoesNotMatch", "the gateway checks as ever");
    }
    let carried_out = Call::new(&emulator, SCHEMES[0], "KeepaliveIntl", &[]).send();
    assert_eq!(carried_out.header("x-emulator-sample"), None);
    let actions: Vec<_> = emulator.calls().iter().map(|call| call.action).collect();
    assert!(actions.contains(&"QueryFaceGroup"), "{actions:?}");
}
