/* Permits of a limiter of the program's own. */
#ifndef CLOUDAUTH_PERMIT_HPP
#define CLOUDAUTH_PERMIT_HPP

#include "text.hpp"

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

namespace cloudauth {
namespace detail {

inline void grant(cloudauth_permit *permit, std::chrono::milliseconds wait) noexcept
{
    cloudauth_permit_grant(permit, milliseconds(wait));
}

inline void refuse(cloudauth_permit *permit, zstring reason, std::exception_ptr cause) noexcept
{
    auto *kept = cause ? new (std::nothrow) std::exception_ptr(std::move(cause)) : nullptr;
    if (!kept)
        return cloudauth_permit_refuse(permit, reason.c_str());
    cloudauth_permit_refuse_with(permit, reason.c_str(), kept,
        [](void *given) noexcept { delete static_cast<std::exception_ptr *>(given); });
}

/* Calls a limiter; what it throws becomes the reason that there is no permit. */
template <class Limit, class Refuse>
void limit(const Limit &function, const Refuse &refuse) noexcept
{
#ifdef __cpp_exceptions
    try {
        function();
    } catch (...) {
        refuse("the limiter threw an exception", std::current_exception());
    }
#else
    function();
    static_cast<void>(refuse);
#endif
}

} // namespace detail

/* A request that waits for its permit, which any thread may give later, once. One that is let go of unanswered is refused. */
class permit {
public:
    explicit permit(cloudauth_permit *owned) noexcept : handle_(owned) {}

    /* Lets the request go out after `wait`; at once, where that is zero or less. */
    void grant(std::chrono::milliseconds wait = {}) noexcept { detail::grant(handle_.release(), wait); }
    /* `reason` is one line without secrets. The call's error gives `cause` back. */
    void refuse(zstring reason, std::exception_ptr cause = nullptr) noexcept
    {
        detail::refuse(handle_.release(), reason, std::move(cause));
    }
    /* What event_context gave the call, until this is answered; else null. */
    void *event_context() const noexcept { return cloudauth_permit_event_context(get()); }

    /* NULL once it is answered. */
    cloudauth_permit *get() const noexcept { return handle_.get(); }

private:
    detail::owned<cloudauth_permit, cloudauth_permit_free> handle_;
};

namespace detail {

/* A config's setters of its limiter. */
template <class Config>
class limiters {
public:
    /* Asked before every request, by several threads at once, for an operation's name such as "CheckResult": how long the request
     * is to wait yet. It may block, as cloudauth_config_set_limiter_callback has it. What it throws is the cause of the call's
     * error. An empty function takes it out again. */
    Config &limiter(std::function<std::chrono::milliseconds(std::string_view)> acquire)
    {
        using function = std::function<std::chrono::milliseconds(std::string_view)>;
        if (!acquire) return cloudauth_config_set_limiter_callback(config(), nullptr, nullptr, nullptr), self();
        auto context = std::make_unique<function>(std::move(acquire));
        cloudauth_config_set_limiter_callback(
            config(),
            [](void *given, const char *api, cloudauth_permit *out) noexcept {
                const auto &asked = *static_cast<function *>(given);
                detail::limit([&] { detail::grant(out, asked(api)); },
                    [&](zstring reason, std::exception_ptr cause) { detail::refuse(out, reason, std::move(cause)); });
            },
            context.release(), [](void *given) noexcept { delete static_cast<function *>(given); });
        return self();
    }

    /* The same for permits that come later: `begin` must return at once, and answers the permit or moves it to whoever will. */
    Config &limiter_start(std::function<void(std::string_view, permit &)> begin)
    {
        using function = std::function<void(std::string_view, permit &)>;
        if (!begin) return cloudauth_config_set_limiter_start(config(), nullptr, nullptr, nullptr), self();
        auto context = std::make_unique<function>(std::move(begin));
        cloudauth_config_set_limiter_start(
            config(),
            [](void *given, const char *api, cloudauth_permit *owned) noexcept {
                permit question(owned);
                detail::limit([&] { (*static_cast<function *>(given))(api, question); },
                    [&](zstring reason, std::exception_ptr cause) { question.refuse(reason, std::move(cause)); });
            },
            context.release(), [](void *given) noexcept { delete static_cast<function *>(given); });
        return self();
    }

private:
    Config &self() noexcept { return static_cast<Config &>(*this); }
    cloudauth_config *config() noexcept { return self().get(); }
};

} // namespace detail
} // namespace cloudauth

#endif
