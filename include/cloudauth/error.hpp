/* Errors, and what may fail. */
#ifndef CLOUDAUTH_ERROR_HPP
#define CLOUDAUTH_ERROR_HPP

#include "codes.hpp"
#include "text.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace cloudauth {

/* A kind's name in every language, such as "not_completed"; empty for one that the library does not know. */
inline std::string_view name(kind kind) noexcept
{
    const char *name = cloudauth_kind_name(static_cast<std::uint32_t>(kind));
    return name ? name : "";
}

/* Why something failed. */
class error {
public:
    explicit error(cloudauth_error *owned) noexcept : handle_(owned) {}

    cloudauth::kind kind() const noexcept { return static_cast<cloudauth::kind>(cloudauth_error_kind(get())); }
    /* One line for people, without secrets and personal data. */
    std::string_view message() const & noexcept { return detail::text(cloudauth_error_message(get())).value_or(""); }
    std::string_view message() const && = delete;
    /* What a person can do about it. */
    std::string_view advice() const & noexcept { return detail::text(cloudauth_error_advice(get())).value_or(""); }
    std::string_view advice() const && = delete;
    /* The service's own code, such as "Throttling.Api". */
    std::optional<std::string_view> code() const & noexcept { return detail::text(cloudauth_error_code(get())); }
    std::optional<std::string_view> code() const && = delete;
    std::optional<std::string_view> request_id() const & noexcept { return detail::text(cloudauth_error_request_id(get())); }
    std::optional<std::string_view> request_id() const && = delete;
    /* 0 where there was no reply. */
    std::uint32_t http_status() const noexcept { return cloudauth_error_http_status(get()); }
    /* The pause that the service asked for; 0 where it did not. */
    std::chrono::milliseconds retry_after() const noexcept
    {
        return std::chrono::milliseconds(cloudauth_error_retry_after_ms(get()));
    }
    std::uint32_t attempts() const noexcept { return cloudauth_error_attempts(get()); }
    bool retryable() const noexcept { return cloudauth_error_retryable(get()); }
    /* What a credentials function or a limiter threw, or gave as its reason, and what a receiver or a progress function threw; else null. Of
     * one that was set through cloudauth.h, ask cloudauth_error_cause. */
    std::exception_ptr cause() const noexcept
    {
        const auto *given = static_cast<const std::exception_ptr *>(cloudauth_error_cause(get()));
        return given ? *given : nullptr;
    }

    const cloudauth_error *get() const noexcept { return handle_.get(); }

private:
    detail::owned<cloudauth_error, cloudauth_error_free> handle_;
};

#ifdef __cpp_exceptions
/* An error, thrown. what() is its message. The error's cause is nested in it, for std::rethrow_if_nested. */
class exception : public std::runtime_error {
public:
    explicit exception(cloudauth::error error)
        : std::runtime_error(std::string(error.message())), error_(std::make_shared<const cloudauth::error>(std::move(error)))
    {
    }

    const cloudauth::error &error() const & noexcept { return *error_; }
    const cloudauth::error &error() const && = delete;
    cloudauth::kind kind() const noexcept { return error_->kind(); }
    std::string_view advice() const & noexcept { return error_->advice(); }
    std::string_view advice() const && = delete;
    std::optional<std::string_view> code() const & noexcept { return error_->code(); }
    std::optional<std::string_view> code() const && = delete;
    std::optional<std::string_view> request_id() const & noexcept { return error_->request_id(); }
    std::optional<std::string_view> request_id() const && = delete;
    std::uint32_t http_status() const noexcept { return error_->http_status(); }
    std::chrono::milliseconds retry_after() const noexcept { return error_->retry_after(); }
    std::uint32_t attempts() const noexcept { return error_->attempts(); }
    bool retryable() const noexcept { return error_->retryable(); }
    std::exception_ptr cause() const noexcept { return error_->cause(); }

private:
    // Exceptions are copied as they fly.
    std::shared_ptr<const cloudauth::error> error_;
};

namespace detail {

[[noreturn]] inline void raise(error failed)
{
    const std::exception_ptr cause = failed.cause();
    if (!cause)
        throw exception(std::move(failed));
    try {
        std::rethrow_exception(cause);
    } catch (...) {
        std::throw_with_nested(exception(std::move(failed)));
    }
}

} // namespace detail
#endif

/* A value, or why there is none. As with std::optional, look before taking: * and -> do not check. */
template <class Value>
class [[nodiscard]] expected {
public:
    expected(Value value) noexcept : outcome_(std::in_place_index<0>, std::move(value)) {}
    expected(cloudauth::error error) noexcept : outcome_(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const noexcept { return outcome_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }
    Value &operator*() & noexcept { return *std::get_if<0>(&outcome_); }
    const Value &operator*() const & noexcept { return *std::get_if<0>(&outcome_); }
    Value &&operator*() && noexcept { return std::move(*std::get_if<0>(&outcome_)); }
    Value *operator->() & noexcept { return std::get_if<0>(&outcome_); }
    const Value *operator->() const & noexcept { return std::get_if<0>(&outcome_); }
    Value *operator->() && = delete;
    cloudauth::error &error() & noexcept { return *std::get_if<1>(&outcome_); }
    const cloudauth::error &error() const & noexcept { return *std::get_if<1>(&outcome_); }
    cloudauth::error &&error() && noexcept { return std::move(*std::get_if<1>(&outcome_)); }

#ifdef __cpp_exceptions
    /* The value, or its error thrown. */
    Value value() &&
    {
        if (!has_value())
            detail::raise(std::move(*this).error());
        return *std::move(*this);
    }
#endif

private:
    std::variant<Value, cloudauth::error> outcome_;
};

} // namespace cloudauth

#endif
