//! Verifications that were begun at an emulator.

use cloudauth_core::typed::InitializeRequest;
use cloudauth_core::{CallOptions, Client};
use cloudauth_emulator::Emulator;
use cloudauth_ledger::{Begun, Ledger, Place};

use crate::service::World;

#[derive(Debug)]
pub(crate) struct Flow {
    pub(crate) id: String,
    pub(crate) json: String,
    pub(crate) token: String,
}

impl Flow {
    /// As the service calls back.
    pub(crate) fn query(&self) -> String {
        format!("transactionId={}&passed=Y&subcode=200&callbackToken={}", self.id, self.token)
    }
}

/// Begins so many, of a product with one picture, and ends those that `ended` says.
pub(crate) fn begin(emulator: &Emulator, count: usize, ended: impl Fn(usize) -> bool) -> Vec<Flow> {
    let client = Client::builder().endpoint(emulator.endpoint());
    let client = client.access_key(emulator.access_key_id(), emulator.access_key_secret(), None).build_blocking().unwrap();
    let flow = |number| {
        let request = InitializeRequest::new("FACE_LIVENESS", "{}").callback_url("https://merchant.example/callback");
        let started = client.run(&request, &CallOptions::default()).unwrap();
        let id = started.transaction_id.clone().unwrap();
        if ended(number) {
            emulator.finish(&id, "200").unwrap();
        }
        Flow { id, json: started.to_json().unwrap(), token: started.callback_token.unwrap() }
    };
    (0..count).map(flow).collect()
}

/// Writes them into the ledger, as another program may.
pub(crate) fn note(world: &World, flows: &[Flow]) {
    let mut ledger = Ledger::open(&world.ledger()).unwrap();
    let mut batch = ledger.batch().unwrap();
    for flow in flows {
        let begun = Begun {
            transaction_id: flow.id.clone(),
            merchant_biz_id: "order1".to_owned(),
            place: Some(Place::Endpoint(world.emulator.endpoint().to_owned())),
            begun_at: Some(std::time::SystemTime::now()),
            started: Some(flow.json.clone()),
            ..Begun::default()
        };
        batch.add(begun, std::time::SystemTime::now()).unwrap();
    }
    batch.commit().unwrap();
}
