/* Views into a result, in the order of docs/result.md. A flag is true for a yes alone; its _state tells a no from none. */
#ifndef CLOUDAUTH_VIEWS_HPP
#define CLOUDAUTH_VIEWS_HPP

#include "text.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace cloudauth {

/* A picture's file. */
struct image {
    explicit image(const cloudauth_image *raw) noexcept
        : bytes{ raw->data, raw->len }, format(raw->format), extension(raw->extension)
    {
    }

    cloudauth::bytes bytes;
    std::string_view format;    /* "jpeg", "png", "webp", "gif", "bmp" or "unknown" */
    std::string_view extension; /* of a file's name: "jpg", "png", ..., "bin" */
};

/* One similar face in the face library. */
class duplicate {
public:
    explicit duplicate(const cloudauth_duplicate *raw) noexcept : raw_(raw) {}

    std::optional<std::string_view> face_group_code() const noexcept { return detail::text(raw_->face_group_code); }
    std::optional<std::string_view> face_id() const noexcept { return detail::text(raw_->face_id); }
    std::optional<std::string_view> merchant_user_id() const noexcept { return detail::text(raw_->merchant_user_id); }
    std::optional<double> score() const noexcept { return detail::value(raw_->score); }

private:
    const cloudauth_duplicate *raw_;
};

using duplicates = list<duplicate, const cloudauth_duplicate *>;

/* What the face step found; scores run from 0 to 100. */
class face {
public:
    explicit face(const cloudauth_face *raw) noexcept : raw_(raw) {}

    bool passed() const noexcept { return raw_->passed; }
    std::optional<bool> passed_state() const noexcept { return detail::value(raw_->passed_state); }
    std::optional<double> comparison_score() const noexcept { return detail::value(raw_->comparison_score); }
    std::optional<cloudauth::image> image() const noexcept { return detail::wrap<cloudauth::image>(raw_->image); }
    bool attack() const noexcept { return raw_->attack; }
    std::optional<bool> attack_state() const noexcept { return detail::value(raw_->attack_state); }
    std::optional<double> quality() const noexcept { return detail::value(raw_->quality); }
    bool occlusion() const noexcept { return raw_->occlusion; }
    std::optional<bool> occlusion_state() const noexcept { return detail::value(raw_->occlusion_state); }
    std::optional<std::string_view> video_url() const noexcept { return detail::text(raw_->video_url); }
    std::optional<std::int64_t> age() const noexcept { return detail::value(raw_->age); }
    std::optional<std::string_view> gender() const noexcept { return detail::text(raw_->gender); }
    std::optional<double> attack_score() const noexcept { return detail::value(raw_->attack_score); }
    std::optional<double> guard_risk_score() const noexcept { return detail::value(raw_->guard_risk_score); }
    bool registered() const noexcept { return raw_->registered; }
    std::optional<bool> registered_state() const noexcept { return detail::value(raw_->registered_state); }
    std::optional<std::string_view> registration_id() const noexcept { return detail::text(raw_->registration_id); }
    std::optional<cloudauth::duplicates> duplicates() const noexcept
    {
        const cloudauth_duplicate_list *found = raw_->duplicates;
        return found ? std::optional<cloudauth::duplicates>(std::in_place, found->items, found->count) : std::nullopt;
    }
    std::optional<std::string_view> device_token() const noexcept { return detail::text(raw_->device_token); }
    /* Every other field, as a JSON object. */
    std::string_view extra() const noexcept { return detail::view(raw_->extra); }

private:
    const cloudauth_face *raw_;
};

/* A person in one vocabulary, whatever the document. */
class identity {
public:
    explicit identity(const cloudauth_identity *raw) noexcept : raw_(raw) {}

    std::optional<std::string_view> full_name() const noexcept { return detail::text(raw_->full_name); }
    std::optional<std::string_view> latin_name() const noexcept { return detail::text(raw_->latin_name); }
    std::optional<std::string_view> surname() const noexcept { return detail::text(raw_->surname); }
    std::optional<std::string_view> given_names() const noexcept { return detail::text(raw_->given_names); }
    std::optional<std::string_view> native_surname() const noexcept { return detail::text(raw_->native_surname); }
    std::optional<std::string_view> native_given_names() const noexcept { return detail::text(raw_->native_given_names); }
    std::optional<std::string_view> name_code() const noexcept { return detail::text(raw_->name_code); }
    std::optional<std::string_view> sex() const noexcept { return detail::text(raw_->sex); }
    std::optional<std::string_view> birth_date() const noexcept { return detail::text(raw_->birth_date); }
    std::optional<std::string_view> document_number() const noexcept { return detail::text(raw_->document_number); }
    std::optional<std::string_view> nationality() const noexcept { return detail::text(raw_->nationality); }
    std::optional<std::string_view> country_code() const noexcept { return detail::text(raw_->country_code); }
    std::optional<std::string_view> issue_date() const noexcept { return detail::text(raw_->issue_date); }
    std::optional<std::string_view> first_issue_date() const noexcept { return detail::text(raw_->first_issue_date); }
    std::optional<std::string_view> expiry_date() const noexcept { return detail::text(raw_->expiry_date); }
    std::optional<std::string_view> place_of_issue() const noexcept { return detail::text(raw_->place_of_issue); }
    std::optional<std::string_view> issuing_authority() const noexcept { return detail::text(raw_->issuing_authority); }
    std::optional<std::string_view> place_of_birth() const noexcept { return detail::text(raw_->place_of_birth); }
    std::optional<std::string_view> address() const noexcept { return detail::text(raw_->address); }
    std::optional<std::string_view> ethnicity() const noexcept { return detail::text(raw_->ethnicity); }
    bool permanent() const noexcept { return raw_->permanent; }
    std::optional<bool> permanent_state() const noexcept { return detail::value(raw_->permanent_state); }
    std::optional<std::string_view> symbols() const noexcept { return detail::text(raw_->symbols); }

private:
    const cloudauth_identity *raw_;
};

/* Whether the document looks like a copy or a forgery. */
class spoof {
public:
    explicit spoof(const cloudauth_spoof *raw) noexcept : raw_(raw) {}

    bool detected() const noexcept { return raw_->detected; }
    std::optional<bool> detected_state() const noexcept { return detail::value(raw_->detected_state); }
    std::optional<texts> types() const noexcept
    {
        return raw_->types ? std::optional<texts>(std::in_place, raw_->types->items, raw_->types->count) : std::nullopt;
    }

private:
    const cloudauth_spoof *raw_;
};

/* One page or side of a document. */
class page {
public:
    explicit page(const cloudauth_page *raw) noexcept : raw_(raw) {}

    /* The service's number of it: "01", "02". */
    std::string_view number() const noexcept { return detail::view(raw_->number); }
    bool passed() const noexcept { return raw_->passed; }
    std::optional<bool> passed_state() const noexcept { return detail::value(raw_->passed_state); }
    std::optional<cloudauth::image> image() const noexcept { return detail::wrap<cloudauth::image>(raw_->image); }
    /* What was read, by the service's names, as a JSON object. */
    std::optional<std::string_view> fields() const noexcept { return detail::text(raw_->fields); }
    std::optional<cloudauth::identity> identity() const noexcept { return detail::wrap<cloudauth::identity>(raw_->identity); }
    std::optional<cloudauth::spoof> spoof() const noexcept { return detail::wrap<cloudauth::spoof>(raw_->spoof); }
    std::string_view extra() const noexcept { return detail::view(raw_->extra); }

private:
    const cloudauth_page *raw_;
};

using pages = list<page, const cloudauth_page *>;

/* What the document step found. */
class document {
public:
    explicit document(const cloudauth_document *raw) noexcept : raw_(raw) {}

    bool passed() const noexcept { return raw_->passed; }
    std::optional<bool> passed_state() const noexcept { return detail::value(raw_->passed_state); }
    cloudauth::pages pages() const noexcept { return { raw_->pages.items, raw_->pages.count }; }
    /* As the person corrected them: a JSON object, and the same in one vocabulary. */
    std::optional<std::string_view> edited_fields() const noexcept { return detail::text(raw_->edited_fields); }
    std::optional<identity> edited_identity() const noexcept { return detail::wrap<identity>(raw_->edited_identity); }
    std::string_view extra() const noexcept { return detail::view(raw_->extra); }

private:
    const cloudauth_document *raw_;
};

/* One value of a reply that could not be decoded: where, why, and as it came (personal data, most often). */
struct problem {
    explicit problem(const cloudauth_problem *raw) noexcept
        : path(detail::view(raw->path)), reason(detail::view(raw->reason)), text(detail::view(raw->text))
    {
    }

    std::string_view path, reason, text;
};

using problems = list<problem, const cloudauth_problem *>;

} // namespace cloudauth

#endif
