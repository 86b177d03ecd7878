//! What tells placeholders from all that a body may hold.

/// What a placeholder begins with: random, so that no body can hold one by chance or by design.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nonce(pub(crate) [u8; 16]);

impl Nonce {
    pub(super) fn marker(self) -> String {
        format!("{:032x}", u128::from_be_bytes(self.0))
    }
}
