/// A reply of any size is this, letters, and the end.
pub(super) const START: &[u8] = b"{\"Code\":\"Success\",\"Padding\":\"";
pub(super) const END: &[u8] = b"\"}";
