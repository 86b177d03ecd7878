//! The products whose result `CheckResult` gives, and where each is offered.

use crate::region::Region;
use crate::variant::Variant;

/// What `ProductCode` names.
#[derive(Debug)]
pub(crate) struct Product {
    pub(crate) code: &'static str,
    pub(crate) variant: Variant,
    regions: &'static [Region],
}

const ALL: &[Region] = &Region::ALL;
const HONG_KONG: &[Region] = &[Region::HongKong];

/// The names of today, then those from before 2025. A region of which the documents disagree is in the list.
pub(crate) const PRODUCTS: &[Product] = &[
    Product { code: "eKYC_PRO", variant: Variant::EkycPro, regions: ALL },
    Product { code: "eKYC", variant: Variant::Ekyc, regions: &[Region::HongKong, Region::Singapore] },
    Product { code: "eKYC_NDI", variant: Variant::FaceVerification, regions: HONG_KONG },
    Product { code: "ID_OCR", variant: Variant::IdOcr, regions: HONG_KONG },
    Product { code: "ID_OCR_PRO", variant: Variant::IdOcrPro, regions: ALL },
    Product { code: "ID_NFC", variant: Variant::IdNfc, regions: ALL },
    Product { code: "FACE_LIVENESS", variant: Variant::FaceLiveness, regions: HONG_KONG },
    Product { code: "FACE_LIVENESS_PRO", variant: Variant::FaceLiveness, regions: ALL },
    Product { code: "FACE_IDU", variant: Variant::FaceLiveness, regions: ALL },
    Product { code: "FACE_VERIFY", variant: Variant::FaceVerification, regions: HONG_KONG },
    Product { code: "KYC_GLOBAL", variant: Variant::Ekyc, regions: ALL },
    Product { code: "FV_GLOBAL", variant: Variant::FaceVerification, regions: ALL },
    Product { code: "FL_GLOBAL", variant: Variant::FaceLiveness, regions: ALL },
    Product { code: "IDR_GLOBAL", variant: Variant::IdOcr, regions: ALL },
    Product { code: "OCR_GLOBAL", variant: Variant::IdOcr, regions: ALL },
];

impl Product {
    pub(crate) fn named(code: &str) -> Option<&'static Product> {
        PRODUCTS.iter().find(|product| product.code == code)
    }

    /// Whether it is offered there; an emulator without a region offers all.
    pub(crate) fn offered(&self, region: Option<Region>) -> bool {
        region.is_none_or(|region| self.regions.contains(&region))
    }
}
