/* Results, decisions on them, and what codes mean. */
#ifndef CLOUDAUTH_RESULT_HPP
#define CLOUDAUTH_RESULT_HPP

#include "error.hpp"
#include "problem.hpp"
#include "result_fields.hpp"
#include "views.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cloudauth {

/* Advice on a result, with its reasons, of which there is one at least. */
class decision {
public:
    explicit decision(cloudauth_decision *owned) noexcept : handle_(owned) {}

    cloudauth::action action() const noexcept { return static_cast<cloudauth::action>(cloudauth_decision_action(get())); }
    texts reasons() const & noexcept
    {
        cloudauth_text_list reasons = cloudauth_decision_reasons(get());
        return { reasons.items, reasons.count };
    }
    texts reasons() const && = delete;

    const cloudauth_decision *get() const noexcept { return handle_.get(); }

private:
    detail::owned<cloudauth_decision, cloudauth_decision_free> handle_;
};

/* The outcome of one verification, from which every view below it is taken. */
class result : public detail::result_fields<result> {
public:
    explicit result(cloudauth_result *owned) noexcept : handle_(owned) {}

    /* Decodes a stored body, offline. */
    static expected<result> try_decode(bytes body) noexcept
    {
        cloudauth_result *made = nullptr;
        if (cloudauth_error *failed = cloudauth_result_decode(body.data, body.size, &made))
            return cloudauth::error(failed);
        return result(made);
    }

    /* Reads what to_json() wrote, in whatever language. */
    static expected<result> try_from_json(std::string_view json) noexcept
    {
        cloudauth_result *made = nullptr;
        if (cloudauth_error *failed = cloudauth_result_from_json(json.data(), json.size(), &made))
            return cloudauth::error(failed);
        return result(made);
    }

    /* The document's page of this number, such as "01". */
    std::optional<cloudauth::page> page(zstring number) const & noexcept
    {
        return detail::wrap<cloudauth::page>(cloudauth_result_page(get(), number.c_str()));
    }
    std::optional<cloudauth::page> page(zstring) const && = delete;
    /* The reply's body, byte for byte as it came; only where config::keep_raw was set. */
    std::optional<bytes> raw() const & noexcept
    {
        bytes raw;
        raw.data = cloudauth_result_raw(get(), &raw.size);
        return raw.data ? std::optional<bytes>(raw) : std::nullopt;
    }
    std::optional<bytes> raw() const && = delete;
    std::string_view canonical_json() const & noexcept { return detail::view(cloudauth_result_canonical_json(get())); }
    std::string_view canonical_json() const && = delete;
    /* With the pictures, for from_json(): protect it as you protect them. */
    std::string_view to_json() const & noexcept { return detail::view(cloudauth_result_to_json(get())); }
    std::string_view to_json() const && = delete;

    /* Writes each picture into a new file in the folder, "face.jpg", "document-01.jpg", and gives how many; overwrites none. */
    expected<std::size_t> try_save_images(zstring folder) const noexcept
    {
        std::size_t count = 0;
        if (cloudauth_error *failed = cloudauth_result_save_images(get(), folder.c_str(), &count))
            return cloudauth::error(failed);
        return count;
    }

    /* What to do first, under the merchant's own threshold from 0 to 100, if it has one. */
    expected<cloudauth::decision> try_decision(std::optional<double> min_face_score = std::nullopt) const noexcept
    {
        cloudauth_decision *made = nullptr;
        if (cloudauth_error *failed = cloudauth_result_decision(get(), min_face_score ? &*min_face_score : nullptr, &made))
            return cloudauth::error(failed);
        return cloudauth::decision(made);
    }

#ifdef __cpp_exceptions
    static result decode(bytes body) { return try_decode(body).value(); }
    static result from_json(std::string_view json) { return try_from_json(json).value(); }
    std::size_t save_images(zstring folder) const { return try_save_images(folder).value(); }
    cloudauth::decision decision(std::optional<double> min_face_score = std::nullopt) const
    {
        return try_decision(min_face_score).value();
    }
#endif

    const cloudauth_result *get() const noexcept { return handle_.get(); }

private:
    detail::owned<cloudauth_result, cloudauth_result_free> handle_;
};

/* What a code means; it lives as long as the library. */
class explanation {
public:
    explicit explanation(const cloudauth_explanation *raw) noexcept : raw_(raw) {}

    cloudauth::subject subject() const noexcept { return static_cast<cloudauth::subject>(raw_->subject); }
    cloudauth::kind kind() const noexcept { return static_cast<cloudauth::kind>(raw_->kind); }
    cloudauth::action action() const noexcept { return static_cast<cloudauth::action>(raw_->action); }
    std::uint32_t http_status() const noexcept { return raw_->http_status; }
    std::string_view code() const noexcept { return detail::view(raw_->code); }
    std::string_view meaning() const noexcept { return detail::view(raw_->meaning); }
    std::optional<std::string_view> cause() const noexcept { return detail::text(raw_->cause); }
    std::string_view advice() const noexcept { return detail::view(raw_->advice); }
    std::optional<bool> billed() const noexcept { return detail::value(raw_->billed); }
    std::optional<std::string_view> retry() const noexcept { return detail::text(raw_->retry); }
    texts products() const noexcept { return { raw_->products.items, raw_->products.count }; }

private:
    const cloudauth_explanation *raw_;
};

/* What a SubCode, a response code, a code of the client or a kind's name means. */
inline expected<explanation> try_explain(zstring code) noexcept
{
    const cloudauth_explanation *found = nullptr;
    if (cloudauth_error *failed = cloudauth_explain(code.c_str(), &found))
        return error(failed);
    return explanation(found);
}

#ifdef __cpp_exceptions
inline explanation explain(zstring code) { return try_explain(code).value(); }
#endif

} // namespace cloudauth

#endif
