/* What requests and replies of typed operations have in common. */
#ifndef CLOUDAUTH_TYPED_CALL_HPP
#define CLOUDAUTH_TYPED_CALL_HPP

#include "problem.hpp"
#include "request.hpp"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cloudauth {

/* Gets the next bytes of a download, which are gone once it returns, on the thread that makes the call or, where that does not
 * block, on one of the call's own. What it throws, or false, ends the download; what it threw is the cause of the call's error. A
 * request with one is for one download at a time. */
using receiver = std::function<bool(bytes)>;
/* Hears how many bytes have come, and of how many; the rest is as with a receiver. */
using progress = std::function<bool(std::uint64_t received, std::uint64_t total)>;

} // namespace cloudauth

namespace cloudauth::detail {

/* What a function of the host's threw. error::cause reads it through the function's context, which points to it. */
struct thrown {
    std::exception_ptr cause;
};

/* Such a function, as the context of its own callback. */
template <class Function>
struct host_function : thrown {
    explicit host_function(Function given) : function(std::move(given)) {}

    template <class... Arguments>
    static bool call(void *context, Arguments... arguments) noexcept
    {
        auto *own = static_cast<host_function *>(static_cast<thrown *>(context));
#ifdef __cpp_exceptions
        try {
            return own->function(arguments...);
        } catch (...) {
            own->cause = std::current_exception();
            return false;
        }
#else
        return own->function(arguments...);
#endif
    }
    static void destroy(void *context) noexcept { delete static_cast<host_function *>(static_cast<thrown *>(context)); }

    Function function;
};

/* The context, which the library destroys in the end. */
template <class Function>
void *host_context(Function function)
{
    thrown *context = std::make_unique<host_function<Function>>(std::move(function)).release();
    return context;
}

template <class Request>
class typed_request : public call_options<Request> {
protected:
    explicit typed_request(zstring operation) noexcept : call_options<Request>(cloudauth_typed_call_new(operation.c_str())) {}

    Request &set_text(const char *name, zstring value) noexcept
    {
        return cloudauth_call_set_text(this->get(), name, value.c_str()), this->self();
    }
    Request &set_flag(const char *name, bool value) noexcept
    {
        return cloudauth_call_set_flag(this->get(), name, value), this->self();
    }
    Request &set_integer(const char *name, std::int64_t value) noexcept
    {
        return cloudauth_call_set_integer(this->get(), name, value), this->self();
    }
    Request &set_bytes(const char *name, bytes value) noexcept
    {
        return cloudauth_call_set_bytes(this->get(), name, value.data, value.size), this->self();
    }
    Request &set_list(const char *name, const std::vector<std::string> &values) noexcept
    {
        cloudauth_call_add_text(this->get(), name, nullptr);
        for (const std::string &value : values)
            cloudauth_call_add_text(this->get(), name, zstring(value).c_str());
        return this->self();
    }
    Request &set_receiver(const char *name, receiver function)
    {
        const auto take = [](void *context, const std::uint8_t *data, std::size_t size) noexcept {
            return host_function<receiver>::call(context, bytes { data, size });
        };
        cloudauth_call_set_receiver(
            this->get(), name, take, host_context(std::move(function)), host_function<receiver>::destroy);
        return this->self();
    }
    Request &set_progress(const char *name, progress function)
    {
        const auto hear = [](void *context, std::uint64_t received, std::uint64_t total) noexcept {
            return host_function<progress>::call(context, received, total);
        };
        cloudauth_call_set_progress(
            this->get(), name, hear, host_context(std::move(function)), host_function<progress>::destroy);
        return this->self();
    }
};

template <class Raw, auto Find>
class typed_reply {
public:
    explicit typed_reply(cloudauth_reply *owned) noexcept : typed_reply(cloudauth::reply(owned)) {}
    /* Of a reply that a queue gave: has_value() says whether it is one of this operation. */
    explicit typed_reply(cloudauth::reply reply) noexcept : reply_(std::move(reply)), raw_(Find(reply_.get())) {}
    bool has_value() const noexcept { return raw_ != nullptr; }

    /* The service's id of this call; empty where it sent none. */
    std::string_view request_id() const & noexcept { return detail::view(raw().request_id); }
    std::string_view request_id() const && = delete;
    /* Every other field of "Result", as JSON. */
    std::string_view extra() const & noexcept { return detail::view(raw().extra); }
    std::string_view extra() const && = delete;
    /* What could not be decoded; the rest of the reply stands. */
    cloudauth::problems problems() const & noexcept { return { raw().problems.items, raw().problems.count }; }
    cloudauth::problems problems() const && = delete;
    /* All of it as JSON. */
    std::string_view json() const & noexcept { return reply_.json(); }
    std::string_view json() const && = delete;

    const cloudauth_reply *get() const noexcept { return reply_.get(); }

protected:
    const Raw &raw() const noexcept { return *raw_; }

private:
    cloudauth::reply reply_;
    const Raw *raw_;
};

} // namespace cloudauth::detail

#endif
