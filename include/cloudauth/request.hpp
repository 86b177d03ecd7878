/* What a client is made of and what it is asked. */
#ifndef CLOUDAUTH_REQUEST_HPP
#define CLOUDAUTH_REQUEST_HPP

#include "event.hpp"
#include "options.hpp"
#include "permit.hpp"
#include "text.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cloudauth {

/* The reply to a call. */
class reply {
public:
    explicit reply(cloudauth_reply *owned) noexcept : handle_(owned) {}

    std::string_view json() const & noexcept { return detail::view(cloudauth_reply_json(get())); }
    std::string_view json() const && = delete;

    const cloudauth_reply *get() const noexcept { return handle_.get(); }

private:
    detail::owned<cloudauth_reply, cloudauth_reply_free> handle_;
};

/* Asks for the outcome of one verification. What it is given is judged by the call. */
class request {
public:
    request(zstring merchant_biz_id, zstring transaction_id) noexcept
        : handle_(cloudauth_request_new(merchant_biz_id.c_str(), transaction_id.c_str()))
    {
    }

    request &return_image(bool wanted) noexcept { return cloudauth_request_set_return_image(get(), wanted), *this; }
    request &extra_image_control_list(zstring list) noexcept
    {
        return cloudauth_request_set_extra_image_control_list(get(), list.c_str()), *this;
    }
    request &return_five_category_spoof_result(bool wanted) noexcept
    {
        return cloudauth_request_set_return_five_category_spoof_result(get(), wanted), *this;
    }
    request &parameter(zstring name, zstring value) noexcept
    {
        return cloudauth_request_set_parameter(get(), name.c_str(), value.c_str()), *this;
    }
    /* Lets through parameters that are newer than this library. */
    request &unchecked(bool wanted = true) noexcept { return cloudauth_request_set_unchecked(get(), wanted), *this; }
    /* Comes with the events of calls made with this, as cloudauth_request_set_event_context has it. */
    request &event_context(void *context, void (*destroy)(void *) = nullptr) noexcept
    {
        return cloudauth_request_set_event_context(get(), context, destroy), *this;
    }
    /* Whether the callback of a call in the background runs on the thread that does all I/O, and so must return at once. */
    request &callback_on_io_thread(bool wanted = true) noexcept
    {
        return cloudauth_request_set_callback_on_io_thread(get(), wanted), *this;
    }
    request &timeout(std::chrono::milliseconds time) noexcept
    {
        return cloudauth_request_set_timeout_ms(get(), detail::milliseconds(time)), *this;
    }
    /* Of wait_for_result: how long altogether, and how it pauses between two calls. */
    request &wait_timeout(std::chrono::milliseconds time) noexcept
    {
        return cloudauth_request_set_wait_timeout_ms(get(), detail::milliseconds(time)), *this;
    }
    request &wait_first_pause(std::chrono::milliseconds time) noexcept
    {
        return cloudauth_request_set_wait_first_pause_ms(get(), detail::milliseconds(time)), *this;
    }
    request &wait_longest_pause(std::chrono::milliseconds time) noexcept
    {
        return cloudauth_request_set_wait_longest_pause_ms(get(), detail::milliseconds(time)), *this;
    }

    cloudauth_request *get() const noexcept { return handle_.get(); }

private:
    detail::owned<cloudauth_request, cloudauth_request_free> handle_;
};

namespace detail {

/* What all calls by name have. */
template <class Call>
class call_options {
public:
    /* A list or an object is its JSON text, such as ["01","02"]. */
    Call &parameter(zstring name, zstring value) noexcept
    {
        return cloudauth_call_set_parameter(get(), name.c_str(), value.c_str()), self();
    }
    /* The same of a std::string_view, which is copied: C texts end in a NUL. */
    template <class View, std::enable_if_t<std::is_same_v<View, std::string_view>, int> = 0>
    Call &parameter(zstring name, View value)
    {
        return parameter(name, std::string(value));
    }
    /* Lets through what is newer than this library: an operation, parameters of it, values. */
    Call &unchecked(bool wanted = true) noexcept { return cloudauth_call_set_unchecked(get(), wanted), self(); }
    /* As request's. */
    Call &event_context(void *context, void (*destroy)(void *) = nullptr) noexcept
    {
        return cloudauth_call_set_event_context(get(), context, destroy), self();
    }
    /* Whether the callback of a call in the background runs on the thread that does all I/O, and so must return at once. */
    Call &callback_on_io_thread(bool wanted = true) noexcept
    {
        return cloudauth_call_set_callback_on_io_thread(get(), wanted), self();
    }
    Call &timeout(std::chrono::milliseconds time) noexcept
    {
        return cloudauth_call_set_timeout_ms(get(), detail::milliseconds(time)), self();
    }

    /* The action that it is sent as, such as "InitializeV2": of a typed operation, the one that its arguments choose. */
    std::string action() const
    {
        const char *action = cloudauth_call_action(get());
        return action ? action : "";
    }
    cloudauth_call *get() const noexcept { return handle_.get(); }

protected:
    explicit call_options(cloudauth_call *owned) noexcept : handle_(owned) {}
    Call &self() noexcept { return *static_cast<Call *>(this); }

private:
    owned<cloudauth_call, cloudauth_call_free> handle_;
};

} // namespace detail

/* Any operation of the API version, by name. */
class call : public detail::call_options<call> {
public:
    explicit call(zstring action) noexcept : call_options(cloudauth_call_new(action.c_str())) {}
};

namespace detail {

inline void fail(cloudauth_credentials *out, zstring reason, std::exception_ptr cause) noexcept
{
    auto *kept = cause ? new (std::nothrow) std::exception_ptr(std::move(cause)) : nullptr;
    if (!kept)
        return cloudauth_credentials_fail(out, reason.c_str());
    cloudauth_credentials_fail_with(out, reason.c_str(), kept,
        [](void *given) noexcept { delete static_cast<std::exception_ptr *>(given); });
}

/* Calls a credentials function; what it throws becomes the reason that there are no keys. */
template <class Ask, class Answer>
void ask(const Ask &function, Answer &answer) noexcept
{
#ifdef __cpp_exceptions
    try {
        function(answer);
    } catch (...) {
        answer.fail("the credentials function threw an exception", std::current_exception());
    }
#else
    function(answer);
#endif
}

} // namespace detail

/* Where a credentials function puts its answer. */
class credentials {
public:
    explicit credentials(cloudauth_credentials *out) noexcept : out_(out) {}

    /* Without a token, the keys are not temporary ones. */
    void set(zstring access_key_id, zstring access_key_secret, zstring security_token = nullptr) noexcept
    {
        cloudauth_credentials_set(out_, access_key_id.c_str(), access_key_secret.c_str(), security_token.c_str());
    }
    /* `reason` is one line without secrets. The call's error gives `cause` back. */
    void fail(zstring reason, std::exception_ptr cause = nullptr) noexcept { detail::fail(out_, reason, std::move(cause)); }

private:
    cloudauth_credentials *out_;
};

/* A request for keys that may be answered later, by any thread, once. One that is let go of unanswered has failed. */
class credentials_question {
public:
    explicit credentials_question(cloudauth_credentials *owned) noexcept : handle_(owned) {}

    /* As of credentials. */
    void set(zstring access_key_id, zstring access_key_secret, zstring security_token = nullptr) noexcept
    {
        cloudauth_credentials_set(
            handle_.release(), access_key_id.c_str(), access_key_secret.c_str(), security_token.c_str());
    }
    void fail(zstring reason, std::exception_ptr cause = nullptr) noexcept
    {
        detail::fail(handle_.release(), reason, std::move(cause));
    }

    /* NULL once it is answered. */
    cloudauth_credentials *get() const noexcept { return handle_.get(); }

private:
    detail::owned<cloudauth_credentials, cloudauth_credentials_free> handle_;
};

/* The options of clients; docs/options.md has their meaning and defaults. They are checked when a client is made. */
class config : public detail::options<config>, public detail::limiters<config> {
public:
    config() noexcept : handle_(cloudauth_config_new()) {}

    /* Any option, by its name in docs/options.md. */
    config &set_text(zstring name, zstring value) noexcept
    {
        return cloudauth_config_set_text(get(), name.c_str(), value.c_str()), *this;
    }
    config &set_number(zstring name, std::int64_t value) noexcept
    {
        return cloudauth_config_set_number(get(), name.c_str(), value), *this;
    }

    /* Asked for keys before every request, by several threads at once. What it throws is the cause of the call's error. An
     * empty function takes it out again. */
    config &credentials(std::function<void(cloudauth::credentials &)> ask)
    {
        using function = std::function<void(cloudauth::credentials &)>;
        if (!ask)
            return cloudauth_config_set_credentials_callback(get(), nullptr, nullptr, nullptr), *this;
        auto context = std::make_unique<function>(std::move(ask));
        cloudauth_config_set_credentials_callback(
            get(),
            [](void *given, cloudauth_credentials *out) noexcept {
                cloudauth::credentials answer(out);
                detail::ask(*static_cast<function *>(given), answer);
            },
            context.release(), [](void *given) noexcept { delete static_cast<function *>(given); });
        return *this;
    }

    /* The same for keys that come later: `begin` runs on the thread that does the I/O of all clients, must return at once,
     * and answers the question or moves it to whoever will. */
    config &credentials_start(std::function<void(credentials_question &)> begin)
    {
        using function = std::function<void(credentials_question &)>;
        if (!begin)
            return cloudauth_config_set_credentials_start(get(), nullptr, nullptr, nullptr), *this;
        auto context = std::make_unique<function>(std::move(begin));
        cloudauth_config_set_credentials_start(
            get(),
            [](void *given, cloudauth_credentials *owned) noexcept {
                credentials_question question(owned);
                detail::ask(*static_cast<function *>(given), question);
            },
            context.release(), [](void *given) noexcept { delete static_cast<function *>(given); });
        return *this;
    }

    /* Gets each attempt and each call of the clients made from these options, as cloudauth_config_set_event_callback has it. It
     * must not throw. An empty function takes it out again. */
    config &on_event(std::function<void(const event &)> listener)
    {
        using function = std::function<void(const event &)>;
        if (!listener) return cloudauth_config_set_event_callback(get(), nullptr, nullptr, nullptr), *this;
        auto context = std::make_unique<function>(std::move(listener));
        cloudauth_config_set_event_callback(
            get(),
            [](void *given, const cloudauth_event *reported) noexcept { (*static_cast<function *>(given))(event(*reported)); },
            context.release(), [](void *given) noexcept { delete static_cast<function *>(given); });
        return *this;
    }

    cloudauth_config *get() const noexcept { return handle_.get(); }

private:
    detail::owned<cloudauth_config, cloudauth_config_free> handle_;
};

} // namespace cloudauth

#endif
