/* Clients. */
#ifndef CLOUDAUTH_CLIENT_HPP
#define CLOUDAUTH_CLIENT_HPP

#include "operation.hpp"
#include "request.hpp"
#include "result.hpp"
#include "typed.hpp"

#include <cstddef>
#include <future>
#include <memory>
#include <type_traits>
#include <utility>

namespace cloudauth {

/* Calls the service. Make one and share it among threads. */
class client : public detail::typed_calls<client> {
public:
    explicit client(cloudauth_client *owned) noexcept : handle_(owned) {}

    static expected<client> try_make(const config &config) noexcept
    {
        cloudauth_client *made = nullptr;
        if (cloudauth_error *failed = cloudauth_client_new(config.get(), &made))
            return cloudauth::error(failed);
        return client(made);
    }

    std::uint64_t counter(cloudauth_counter counter) const noexcept { return cloudauth_client_counter(get(), counter); }
    std::size_t max_concurrency() const noexcept { return cloudauth_client_max_concurrency(get()); }
    void connect_ahead() const noexcept { cloudauth_client_connect_ahead(get()); }

    expected<result> try_check_result(const request &request) const noexcept
    {
        cloudauth_result *made = nullptr;
        if (cloudauth_error *failed = cloudauth_client_check_result(get(), request.get(), &made))
            return cloudauth::error(failed);
        return result(made);
    }

    /* Asks until the person has finished, or the request's wait_timeout is over. */
    expected<result> try_wait_for_result(const request &request) const noexcept
    {
        cloudauth_result *made = nullptr;
        if (cloudauth_error *failed = cloudauth_client_wait_for_result(get(), request.get(), &made))
            return cloudauth::error(failed);
        return result(made);
    }

    expected<reply> try_call(const cloudauth::call &call) const noexcept
    {
        cloudauth_reply *made = nullptr;
        if (cloudauth_error *failed = cloudauth_client_call(get(), call.get(), &made))
            return cloudauth::error(failed);
        return reply(made);
    }

    /* Starts a call and returns. Where that succeeds `done` runs exactly once, as done(expected<result>), on a thread kept
     * for callbacks. */
    template <class Done>
    expected<operation> try_check_result_start(const request &request, Done done) const
    {
        return start<result>(cloudauth_client_check_result_start, request, std::move(done));
    }

    template <class Done>
    expected<operation> try_wait_for_result_start(const request &request, Done done) const
    {
        return start<result>(cloudauth_client_wait_for_result_start, request, std::move(done));
    }

    /* The same for any operation, as done(expected<reply>). */
    template <class Done>
    expected<operation> try_call_start(const cloudauth::call &call, Done done) const
    {
        return start<reply>(cloudauth_client_call_start, call, std::move(done));
    }

    /* As a future; what cannot be started is a failure in it. */
    in_flight<expected<result>> try_check_result_async(const request &request) const
    {
        return promise<expected<result>, result>(cloudauth_client_check_result_start, request);
    }

    in_flight<expected<result>> try_wait_for_result_async(const request &request) const
    {
        return promise<expected<result>, result>(cloudauth_client_wait_for_result_start, request);
    }

    in_flight<expected<reply>> try_call_async(const cloudauth::call &call) const
    {
        return promise<expected<reply>, reply>(cloudauth_client_call_start, call);
    }

    /* A typed operation by its request, as the function named after it. */
    template <class Request>
    expected<typename Request::reply_type> try_run(const Request &request) const noexcept
    {
        cloudauth_reply *made = nullptr;
        if (cloudauth_error *failed = cloudauth_client_call(get(), request.get(), &made))
            return cloudauth::error(failed);
        return typename Request::reply_type(made);
    }
    template <class Request, class Done>
    expected<operation> try_run_start(const Request &request, Done done) const
    {
        return start<typename Request::reply_type>(cloudauth_client_call_start, request, std::move(done));
    }
    template <class Request>
    in_flight<expected<typename Request::reply_type>> try_run_async(const Request &request) const
    {
        using reply_type = typename Request::reply_type;
        return promise<expected<reply_type>, reply_type>(cloudauth_client_call_start, request);
    }

#ifdef __cpp_exceptions
    explicit client(const config &config) : client(try_make(config).value()) {}

    result check_result(const request &request) const { return try_check_result(request).value(); }
    result wait_for_result(const request &request) const { return try_wait_for_result(request).value(); }
    cloudauth::reply call(const cloudauth::call &call) const { return try_call(call).value(); }

    /* The futures hold the result or throw the exception. */
    in_flight<result> check_result_async(const request &request) const
    {
        return promise<result, result>(cloudauth_client_check_result_start, request);
    }
    in_flight<result> wait_for_result_async(const request &request) const
    {
        return promise<result, result>(cloudauth_client_wait_for_result_start, request);
    }
    in_flight<reply> call_async(const cloudauth::call &call) const
    {
        return promise<reply, reply>(cloudauth_client_call_start, call);
    }

    template <class Request>
    typename Request::reply_type run(const Request &request) const
    {
        return try_run(request).value();
    }
    template <class Request>
    in_flight<typename Request::reply_type> run_async(const Request &request) const
    {
        using reply_type = typename Request::reply_type;
        return promise<reply_type, reply_type>(cloudauth_client_call_start, request);
    }
#endif

    cloudauth_client *get() const noexcept { return handle_.get(); }

private:
    template <class Raw>
    using callback = void (*)(void *, cloudauth_error *, Raw *);

    /* A function of cloudauth.h that starts a call of What, a request or a call, whose outcome is a Raw. */
    template <class What, class Raw>
    using start_function = cloudauth_error *(*)(const cloudauth_client *, const What *, callback<Raw>, void *,
        cloudauth_operation **);

    template <class Value, class Handle, class Raw, class What, class Done>
    expected<operation> start(start_function<Handle, Raw> begin, const What &what, Done done) const
    {
        auto context = std::make_unique<Done>(std::move(done));
        auto called = [](void *given, cloudauth_error *failed, Raw *made) noexcept {
            std::unique_ptr<Done> own(static_cast<Done *>(given));
            if (failed)
                (*own)(expected<Value>(cloudauth::error(failed)));
            else
                (*own)(expected<Value>(Value(made)));
        };
        cloudauth_operation *begun = nullptr;
        if (cloudauth_error *failed = begin(get(), what.get(), called, context.get(), &begun))
            return cloudauth::error(failed);
        // It is the callback's now, which may have run and deleted it already.
        static_cast<void>(context.release());
        return operation(begun);
    }

    /* Settles a promise with what becomes of a call; also where it cannot be started. */
    template <class Value, class Made, class Begin, class What>
    in_flight<Value> promise(Begin begin, const What &what) const
    {
        settling<Value, Made> settle;
        auto future = settle.promised.get_future();
        auto begun = start<Made>(begin, what, std::move(settle));
        if (begun)
            return { std::move(future), *std::move(begun) };
        settling<Value, Made> unstarted;
        future = unstarted.promised.get_future();
        unstarted(std::move(begun).error());
        return { std::move(future), operation() };
    }

    template <class Value, class Made>
    struct settling {
        std::promise<Value> promised;

        void operator()(expected<Made> outcome)
        {
            if constexpr (std::is_same_v<Value, expected<Made>>)
                promised.set_value(std::move(outcome));
#ifdef __cpp_exceptions
            else {
                try {
                    promised.set_value(std::move(outcome).value());
                } catch (...) {
                    promised.set_exception(std::current_exception());
                }
            }
#endif
        }
    };

    detail::owned<cloudauth_client, cloudauth_client_free> handle_;
};

} // namespace cloudauth

#endif
