//! Twenty calls in flight, one of them cancelled: `async TRANSACTION`. The environment says where to call, and the keys.

use std::error::Error;

use cloudauth_core::{CallOptions, Cancellation, CheckResultRequest, Client, Kind};
use tokio::task::JoinSet;

const CALLS: usize = 20;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let transaction = std::env::args().nth(1).ok_or("usage: async TRANSACTION")?;
    let client = Client::builder().build()?;
    let cancellation = Cancellation::new();

    let mut calls = JoinSet::new();
    for number in 0..CALLS {
        // A clone shares the connections of the first.
        let client = client.clone();
        let request = CheckResultRequest::new("example", &transaction);
        let options = match number {
            0 => CallOptions::default().cancellation(&cancellation),
            _ => CallOptions::default(),
        };
        calls.spawn(async move { client.run(&request, &options).await });
    }
    cancellation.cancel();

    let (mut done, mut cancelled) = (0, 0);
    while let Some(outcome) = calls.join_next().await {
        match outcome? {
            Ok(_) => done += 1,
            Err(error) if error.kind() == Kind::Cancelled => cancelled += 1,
            Err(error) => return Err(error.into()),
        }
    }
    println!("{done} done, {cancelled} cancelled");
    Ok(())
}
