/* Many calls, a bounded number at a time. */
#ifndef CLOUDAUTH_MANY_HPP
#define CLOUDAUTH_MANY_HPP

#include "client.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace cloudauth {

/* What became of one of many requests. */
struct outcome {
    /* The request's number, from 0. */
    std::size_t position;
    expected<cloudauth::result> result;
};

/* A run of many calls: requests are pushed, and their outcomes taken, from any threads. Letting go of it cancels what is
 * under way. */
class many {
public:
    explicit many(cloudauth_many *owned) noexcept : handle_(owned) {}

    /* A concurrency of 0 is the client's. */
    static expected<many> try_make(const client &client, std::size_t concurrency = 0, bool ordered = true) noexcept
    {
        cloudauth_many *made = nullptr;
        if (cloudauth_error *failed = cloudauth_many_new(client.get(), concurrency, ordered, &made))
            return cloudauth::error(failed);
        return many(made);
    }

    /* Called when next() has something to give and gave nothing before; it may run on the thread that does the I/O of all
     * calls, and must return at once. Set it once, before the first request. */
    many &on_ready(std::function<void()> ready)
    {
        using function = std::function<void()>;
        auto context = std::make_unique<function>(std::move(ready));
        cloudauth_many_set_ready_callback(
            get(), [](void *given) noexcept { (*static_cast<function *>(given))(); }, context.release(),
            [](void *given) noexcept { delete static_cast<function *>(given); });
        return *this;
    }

    /* Why the request was not taken; a request that is wrong is taken, and has an outcome. */
    std::optional<cloudauth::error> try_push(const request &request) const noexcept
    {
        if (cloudauth_error *failed = cloudauth_many_push(get(), request.get()))
            return cloudauth::error(failed);
        return std::nullopt;
    }

    /* Whether a request that is pushed now is called at once; waits so long for that. */
    bool wants_more(std::chrono::milliseconds limit = std::chrono::milliseconds(0)) const noexcept
    {
        return cloudauth_many_wants_more(get(), detail::milliseconds(limit));
    }

    /* No request comes any more. */
    void finish() const noexcept { cloudauth_many_finish(get()); }
    /* Ends what is under way as kind cancelled; next() gives all of it. */
    void cancel() const noexcept { cloudauth_many_cancel(get()); }

    /* Waits for the next outcome; empty after the last. */
    std::optional<outcome> next() const noexcept { return take(UINT64_MAX); }
    /* Waits so long at most; empty, too, where nothing came. */
    std::optional<outcome> next_within(std::chrono::milliseconds limit) const noexcept
    {
        return take(detail::milliseconds(limit));
    }
    /* Whether all outcomes were taken and none can come. */
    bool has_ended() const noexcept { return cloudauth_many_has_ended(get()); }

#ifdef __cpp_exceptions
    explicit many(const client &client, std::size_t concurrency = 0, bool ordered = true)
        : many(try_make(client, concurrency, ordered).value())
    {}

    void push(const request &request) const
    {
        if (auto failed = try_push(request))
            throw exception(std::move(*failed));
    }
#endif

    cloudauth_many *get() const noexcept { return handle_.get(); }

private:
    std::optional<outcome> take(std::uint64_t limit_ms) const noexcept
    {
        std::size_t position = 0;
        cloudauth_error *failed = nullptr;
        cloudauth_result *made = nullptr;
        if (!cloudauth_many_next(get(), limit_ms, &position, &failed, &made))
            return std::nullopt;
        if (failed)
            return outcome{ position, cloudauth::error(failed) };
        return outcome{ position, cloudauth::result(made) };
    }

    detail::owned<cloudauth_many, cloudauth_many_free> handle_;
};

} // namespace cloudauth

#endif
