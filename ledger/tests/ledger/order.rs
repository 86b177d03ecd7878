use std::time::Duration;

use cloudauth_ledger::{Addition, Begun, Ending, Outcome, Pass, Turn};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{ProptestConfig, any, proptest};

use crate::support::{Folder, add, at, begun, ids};

/// A month, in minutes.
const MONTH: u64 = 30 * 24 * 60;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The file gives what the pure order says, in whatever portions, although some end meanwhile.
    #[test]
    fn a_pass_comes_to_each_once_in_order(
        transactions in vec((option::of(0..3 * MONTH), any::<bool>()), 1..40),
        now in MONTH..3 * MONTH,
        portion in 1_usize..7,
    ) {
        let folder = Folder::new();
        let mut ledger = folder.ledger();
        let mut batch = ledger.batch().unwrap();
        for (index, (minutes, has_video)) in transactions.iter().enumerate() {
            let begun = Begun { begun_at: minutes.map(at), has_video: *has_video, ..begun(&index.to_string()) };
            assert_eq!(batch.add(begun, at(now)).unwrap(), Addition::New);
        }
        batch.commit().unwrap();
        let all: Vec<_> = (0..transactions.len()).map(|index| ledger.find(&index.to_string()).unwrap().unwrap()).collect();
        let mut expected = all.clone();
        expected.sort_by_key(|transaction| Turn::new(transaction.deadlines().next_loss(at(now)), transaction.number, at(now)));
        let (mut pass, mut found) = (Pass::begin(at(now)), Vec::new());
        loop {
            let portion = ledger.next(&mut pass, portion).unwrap();
            let Some(first) = portion.first() else { break };
            let mut batch = ledger.batch().unwrap();
            batch.end(first.number, &Outcome::new(Ending::Fetched), at(now)).unwrap();
            batch.commit().unwrap();
            found.extend(portion);
        }
        assert_eq!(ids(&found), ids(&expected));
    }
}

#[test]
fn a_lost_video_leaves_the_result_to_be_had() {
    let folder = Folder::new();
    let mut ledger = folder.ledger();
    add(&mut ledger, Begun { begun_at: Some(at(0)), has_video: true, ..begun("video") }, at(0));
    add(&mut ledger, Begun { begun_at: Some(at(5)), ..begun("result") }, at(5));
    let order =
        |ledger: &cloudauth_ledger::Ledger, minutes| ids(&ledger.next(&mut Pass::begin(at(minutes)), 9).unwrap()).join(" ");
    assert_eq!(order(&ledger, 10), "video result");
    // An hour later its video is gone, and so is the haste; it is not lost.
    let pass = |ledger: &mut cloudauth_ledger::Ledger, minutes| {
        let mut batch = ledger.batch().unwrap();
        batch.pass_losses(at(minutes)).unwrap();
        batch.commit().unwrap();
    };
    pass(&mut ledger, 61);
    let month = Duration::from_mins(MONTH);
    let mut losses = Vec::new();
    ledger.losses(at(61), at(61) + month, |loss| losses.push(loss)).unwrap();
    assert_eq!(losses, [at(0) + month, at(5) + month]);
    pass(&mut ledger, MONTH + 1);
    assert_eq!(order(&ledger, MONTH + 1), "result video", "what is lost comes last");
    assert_eq!(order(&ledger, 40 * MONTH), "result video", "the latest of it first");
    // The clock that said so was wrong, and is set back.
    let mut batch = ledger.batch().unwrap();
    batch.review_losses(at(10)).unwrap();
    batch.commit().unwrap();
    let mut losses = Vec::new();
    ledger.losses(at(10), at(10) + month, |loss| losses.push(loss)).unwrap();
    assert_eq!(losses, [at(60), at(5) + month], "the video may still be had");
    // A clock that is years back loses nothing.
    let mut pass = Pass::begin(at(0) - Duration::from_hours(100_000));
    assert_eq!(ids(&ledger.next(&mut pass, 9).unwrap()), ["video", "result"]);
}
