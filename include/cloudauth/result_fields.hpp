/* Generated from core/schema/result.toml by `cargo xtask generate`; do not edit. */
/* What a whole result holds. */
#ifndef CLOUDAUTH_RESULT_FIELDS_HPP
#define CLOUDAUTH_RESULT_FIELDS_HPP

#include "problem.hpp"
#include "views.hpp"

#include <optional>
#include <string_view>

namespace cloudauth::detail {

/* The fields of `Result`, from which every view below them is taken. */
template <class Result> class result_fields {
public:
    /* The service's id of this call; empty where it sent none. */
    std::string_view request_id() const & noexcept
    {
        return detail::view(cloudauth_result_request_id(self()));
    }
    std::string_view request_id() const && = delete;
    /* The person passed. */
    bool passed() const noexcept { return cloudauth_result_passed(self()); }
    std::optional<bool> passed_state() const noexcept { return detail::value(cloudauth_result_passed_state(self())); }
    /* The reason behind the verdict, such as "200" or "212"; "explain" knows more. */
    std::optional<std::string_view> sub_code() const & noexcept
    {
        return detail::text(cloudauth_result_sub_code(self()));
    }
    std::optional<std::string_view> sub_code() const && = delete;
    /* The face step. */
    std::optional<cloudauth::face> face() const & noexcept
    {
        return detail::wrap<cloudauth::face>(cloudauth_result_face(self()));
    }
    std::optional<cloudauth::face> face() const && = delete;
    /* The document step. */
    std::optional<cloudauth::document> document() const & noexcept
    {
        return detail::wrap<cloudauth::document>(cloudauth_result_document(self()));
    }
    std::optional<cloudauth::document> document() const && = delete;
    /* The authoritative source's answer: decoded JSON, or the text where it is not JSON. */
    std::optional<std::string_view> source() const & noexcept
    {
        return detail::text(cloudauth_result_source(self()));
    }
    std::optional<std::string_view> source() const && = delete;
    /* Every other field of "Result", JSON text in it decoded. */
    std::string_view extra() const & noexcept
    {
        return detail::view(cloudauth_result_extra(self()));
    }
    std::string_view extra() const && = delete;
    /* What could not be decoded; the rest of the result stands. */
    cloudauth::problems problems() const & noexcept
    {
        auto list = cloudauth_result_problems(self());
        return { list.items, list.count };
    }
    cloudauth::problems problems() const && = delete;

private:
    const cloudauth_result *self() const noexcept { return static_cast<const Result *>(this)->get(); }
};

} // namespace cloudauth::detail

#endif
