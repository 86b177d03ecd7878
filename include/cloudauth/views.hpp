/* Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
   Views into a result, in the order of docs/result.md. A flag is true for a yes alone; its _state tells a no from none. */
#ifndef CLOUDAUTH_VIEWS_HPP
#define CLOUDAUTH_VIEWS_HPP

#include "image.hpp"
#include "text.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace cloudauth {

/* One similar face in the face library. */
class duplicate {
public:
    explicit duplicate(const cloudauth_duplicate *raw) noexcept : raw_(raw) {}

    /* The library. */
    std::optional<std::string_view> face_group_code() const noexcept { return detail::text(raw_->face_group_code); }
    /* The face in it. */
    std::optional<std::string_view> face_id() const noexcept { return detail::text(raw_->face_id); }
    /* The merchant's own id of that person. */
    std::optional<std::string_view> merchant_user_id() const noexcept { return detail::text(raw_->merchant_user_id); }
    /* Likeness, 0 to 100. */
    std::optional<double> score() const noexcept { return detail::value(raw_->score); }

private:
    const cloudauth_duplicate *raw_;
};

using duplicates = list<duplicate, const cloudauth_duplicate *>;

/* What the face step found. Scores run from 0 to 100. */
class face {
public:
    explicit face(const cloudauth_face *raw) noexcept : raw_(raw) {}

    /* This step was passed. */
    bool passed() const noexcept { return raw_->passed; }
    std::optional<bool> passed_state() const noexcept { return detail::value(raw_->passed_state); }
    /* Likeness to the face on the document, or to the reference; the service's own threshold is 90. */
    std::optional<double> comparison_score() const noexcept { return detail::value(raw_->comparison_score); }
    /* The captured face; only where images were asked for. */
    std::optional<cloudauth::image> image() const noexcept { return detail::wrap<cloudauth::image>(raw_->image); }
    /* A presentation attack was seen. */
    bool attack() const noexcept { return raw_->attack; }
    std::optional<bool> attack_state() const noexcept { return detail::value(raw_->attack_state); }
    /* Quality of the image. */
    std::optional<double> quality() const noexcept { return detail::value(raw_->quality); }
    /* The face is covered. */
    bool occlusion() const noexcept { return raw_->occlusion; }
    std::optional<bool> occlusion_state() const noexcept { return detail::value(raw_->occlusion_state); }
    /* The evidence video; the URL lives 15 minutes, the video 30 minutes after completion. */
    std::optional<std::string_view> video_url() const noexcept { return detail::text(raw_->video_url); }
    /* An estimate, in years. */
    std::optional<std::int64_t> age() const noexcept { return detail::value(raw_->age); }
    /* An estimate, "M" or "F". */
    std::optional<std::string_view> gender() const noexcept { return detail::text(raw_->gender); }
    /* Likelihood of an attack. */
    std::optional<double> attack_score() const noexcept { return detail::value(raw_->attack_score); }
    /* Likelihood of a risky device. */
    std::optional<double> guard_risk_score() const noexcept { return detail::value(raw_->guard_risk_score); }
    /* The face is in the face library now. */
    bool registered() const noexcept { return raw_->registered; }
    std::optional<bool> registered_state() const noexcept { return detail::value(raw_->registered_state); }
    /* Its id there. */
    std::optional<std::string_view> registration_id() const noexcept { return detail::text(raw_->registration_id); }
    /* Similar faces that the library already holds. */
    std::optional<cloudauth::duplicates> duplicates() const noexcept { return detail::wrap_list<cloudauth::duplicates>(raw_->duplicates); }
    /* Token for the device risk service; valid 7 days. */
    std::optional<std::string_view> device_token() const noexcept { return detail::text(raw_->device_token); }
    /* Every other field of the step, by the service's names. */
    std::string_view extra() const noexcept { return detail::view(raw_->extra); }

private:
    const cloudauth_face *raw_;
};

/* The check of a document against copies and forgeries. */
class spoof {
public:
    explicit spoof(const cloudauth_spoof *raw) noexcept : raw_(raw) {}

    /* A risk was found; a no also stands for "not checked" where the verification was begun without "IdSpoof=Y". */
    bool detected() const noexcept { return raw_->detected; }
    std::optional<bool> detected_state() const noexcept { return detail::value(raw_->detected_state); }
    /* "SCREEN_REMARK" (photo of a screen or photo), "PHOTO_COPY" (copy), "TAMPER" (changed); others as given. */
    std::optional<cloudauth::texts> types() const noexcept { return detail::wrap_list<cloudauth::texts>(raw_->types); }

private:
    const cloudauth_spoof *raw_;
};

/* A person in one vocabulary, whatever the document. Dates are ISO 8601 where the service's text is a full date, else as it was. */
class identity {
public:
    explicit identity(const cloudauth_identity *raw) noexcept : raw_(raw) {}

    std::optional<std::string_view> full_name() const noexcept { return detail::text(raw_->full_name); }
    /* "name" only beside a "name_cn"; pinyin on some permits. */
    std::optional<std::string_view> latin_name() const noexcept { return detail::text(raw_->latin_name); }
    std::optional<std::string_view> surname() const noexcept { return detail::text(raw_->surname); }
    std::optional<std::string_view> given_names() const noexcept { return detail::text(raw_->given_names); }
    std::optional<std::string_view> native_surname() const noexcept { return detail::text(raw_->native_surname); }
    std::optional<std::string_view> native_given_names() const noexcept { return detail::text(raw_->native_given_names); }
    /* Chinese name code (Hong Kong). */
    std::optional<std::string_view> name_code() const noexcept { return detail::text(raw_->name_code); }
    /* "M" (also for "Male", "男"), "F" ("Female", "女"), else as given. */
    std::optional<std::string_view> sex() const noexcept { return detail::text(raw_->sex); }
    /* A date. */
    std::optional<std::string_view> birth_date() const noexcept { return detail::text(raw_->birth_date); }
    std::optional<std::string_view> document_number() const noexcept { return detail::text(raw_->document_number); }
    std::optional<std::string_view> nationality() const noexcept { return detail::text(raw_->nationality); }
    std::optional<std::string_view> country_code() const noexcept { return detail::text(raw_->country_code); }
    /* A date. */
    std::optional<std::string_view> issue_date() const noexcept { return detail::text(raw_->issue_date); }
    /* A date; often month and year only, then as given. */
    std::optional<std::string_view> first_issue_date() const noexcept { return detail::text(raw_->first_issue_date); }
    /* A date. */
    std::optional<std::string_view> expiry_date() const noexcept { return detail::text(raw_->expiry_date); }
    std::optional<std::string_view> place_of_issue() const noexcept { return detail::text(raw_->place_of_issue); }
    std::optional<std::string_view> issuing_authority() const noexcept { return detail::text(raw_->issuing_authority); }
    /* A code such as "AS" on the Macao card. */
    std::optional<std::string_view> place_of_birth() const noexcept { return detail::text(raw_->place_of_birth); }
    std::optional<std::string_view> address() const noexcept { return detail::text(raw_->address); }
    std::optional<std::string_view> ethnicity() const noexcept { return detail::text(raw_->ethnicity); }
    /* The card is a permanent resident's (Hong Kong). */
    bool permanent() const noexcept { return raw_->permanent; }
    std::optional<bool> permanent_state() const noexcept { return detail::value(raw_->permanent_state); }
    /* Remarks such as "**AZ" (Hong Kong). */
    std::optional<std::string_view> symbols() const noexcept { return detail::text(raw_->symbols); }

private:
    const cloudauth_identity *raw_;
};

/* One page or side of a document. */
class page {
public:
    explicit page(const cloudauth_page *raw) noexcept : raw_(raw) {}

    /* The service's number of it: "01", "02". */
    std::string_view number() const noexcept { return detail::view(raw_->number); }
    /* This page was read. */
    bool passed() const noexcept { return raw_->passed; }
    std::optional<bool> passed_state() const noexcept { return detail::value(raw_->passed_state); }
    /* The picture of the page; only where images were asked for. */
    std::optional<cloudauth::image> image() const noexcept { return detail::wrap<cloudauth::image>(raw_->image); }
    /* What was read, by the service's names, values as they are. */
    std::optional<std::string_view> fields() const noexcept { return detail::text(raw_->fields); }
    /* The same in one vocabulary; absent where no field has a place there. */
    std::optional<cloudauth::identity> identity() const noexcept { return detail::wrap<cloudauth::identity>(raw_->identity); }
    /* The check against copies. */
    std::optional<cloudauth::spoof> spoof() const noexcept { return detail::wrap<cloudauth::spoof>(raw_->spoof); }
    /* Every other field of the page, by the service's names. */
    std::string_view extra() const noexcept { return detail::view(raw_->extra); }

private:
    const cloudauth_page *raw_;
};

using pages = list<page, const cloudauth_page *>;

/* What the document step found. */
class document {
public:
    explicit document(const cloudauth_document *raw) noexcept : raw_(raw) {}

    /* This step was passed. */
    bool passed() const noexcept { return raw_->passed; }
    std::optional<bool> passed_state() const noexcept { return detail::value(raw_->passed_state); }
    /* The pages by the service's numbers: "01" is the front, "02" the back or second page; the fields of a flat document (O) are page "01". */
    cloudauth::pages pages() const noexcept { return { raw_->pages.items, raw_->pages.count }; }
    /* The fields as the person corrected them, by the service's names. */
    std::optional<std::string_view> edited_fields() const noexcept { return detail::text(raw_->edited_fields); }
    /* The same in one vocabulary. */
    std::optional<cloudauth::identity> edited_identity() const noexcept { return detail::wrap<cloudauth::identity>(raw_->edited_identity); }
    /* Every other field of the step, by the service's names. */
    std::string_view extra() const noexcept { return detail::view(raw_->extra); }

private:
    const cloudauth_document *raw_;
};

} // namespace cloudauth

#endif
