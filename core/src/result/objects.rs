//! The objects of a result's tree, for whoever writes one field by field.

/// Calls the macro `$object` with each of the tree's types and all of its fields, in the order of canonical JSON; behind the
/// braces stands what a type holds beside the tree. The types must be in scope.
#[doc(hidden)]
#[macro_export]
macro_rules! result_objects {
    ($object:ident) => {
        $object!(CheckResult { request_id, passed, sub_code, face, document, source, extra, problems } raw);
        $object!(Face {
            passed,
            comparison_score,
            image,
            attack,
            quality,
            occlusion,
            video_url,
            age,
            gender,
            attack_score,
            guard_risk_score,
            registered,
            registration_id,
            duplicates,
            device_token,
            extra,
        });
        $object!(Duplicate { face_group_code, face_id, merchant_user_id, score });
        $object!(Document { passed, pages, edited_fields, edited_identity, extra });
        $object!(Page { passed, image, fields, identity, spoof, extra });
        $object!(Spoof { detected, types });
        $object!(Problem { path, reason, text });
        $object!(Identity {
            full_name,
            latin_name,
            surname,
            given_names,
            native_surname,
            native_given_names,
            name_code,
            sex,
            birth_date,
            document_number,
            nationality,
            country_code,
            issue_date,
            first_issue_date,
            expiry_date,
            place_of_issue,
            issuing_authority,
            place_of_birth,
            address,
            ethnicity,
            permanent,
            symbols,
        });
    };
}
