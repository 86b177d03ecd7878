/* Outcomes that wait until the program takes them, for event loops. */
#ifndef CLOUDAUTH_QUEUE_HPP
#define CLOUDAUTH_QUEUE_HPP

#include "client.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

namespace cloudauth {

/* What a call ended in: std::get_if<cloudauth::result>(&completion.outcome). */
struct completion {
    /* The caller's own. */
    std::uint64_t id;
    std::variant<cloudauth::result, cloudauth::reply, cloudauth::error> outcome;
};

/* Where outcomes of calls wait until the program takes them. Any threads start calls and take outcomes. */
class queue {
public:
    explicit queue(cloudauth_queue *owned) noexcept : handle_(owned) {}

    static expected<queue> try_make() noexcept
    {
        cloudauth_queue *made = nullptr;
        if (cloudauth_error *failed = cloudauth_queue_new(&made))
            return cloudauth::error(failed);
        return queue(made);
    }

    /* Readable while outcomes wait. It is the queue's own: wait for it, and neither read nor close it. */
    int descriptor() const noexcept { return cloudauth_queue_descriptor(get()); }

    /* Starts a call and returns. Where that succeeds the queue gives exactly one outcome with this id. */
    expected<operation> try_check_result(const client &client, const request &request, std::uint64_t id) const noexcept
    {
        return start(cloudauth_queue_check_result, client, request, id);
    }
    expected<operation> try_wait_for_result(const client &client, const request &request, std::uint64_t id) const noexcept
    {
        return start(cloudauth_queue_wait_for_result, client, request, id);
    }
    expected<operation> try_call(const client &client, const cloudauth::call &call, std::uint64_t id) const noexcept
    {
        return start(cloudauth_queue_call, client, call, id);
    }

    /* A typed operation by its request. Its outcome is a reply, of which the operation's own is made: deletion(std::move(reply)). */
    template <class Request>
    expected<operation> try_run(const client &client, const Request &request, std::uint64_t id) const noexcept
    {
        return start(cloudauth_queue_call, client, request, id);
    }

    /* Waits for the next outcome. */
    std::optional<completion> next() const noexcept { return take(UINT64_MAX); }
    /* Waits so long at most; empty where nothing came. */
    std::optional<completion> next_within(std::chrono::milliseconds limit) const noexcept
    {
        return take(detail::milliseconds(limit));
    }

#ifdef __cpp_exceptions
    queue() : queue(try_make().value()) {}

    operation check_result(const client &client, const request &request, std::uint64_t id) const
    {
        return try_check_result(client, request, id).value();
    }
    operation wait_for_result(const client &client, const request &request, std::uint64_t id) const
    {
        return try_wait_for_result(client, request, id).value();
    }
    operation call(const client &client, const cloudauth::call &call, std::uint64_t id) const
    {
        return try_call(client, call, id).value();
    }
    template <class Request>
    operation run(const client &client, const Request &request, std::uint64_t id) const
    {
        return try_run(client, request, id).value();
    }
#endif

    cloudauth_queue *get() const noexcept { return handle_.get(); }

private:
    template <class Begin, class What>
    expected<operation> start(Begin begin, const client &client, const What &what, std::uint64_t id) const noexcept
    {
        cloudauth_operation *begun = nullptr;
        if (cloudauth_error *failed = begin(get(), client.get(), what.get(), id, &begun))
            return cloudauth::error(failed);
        return operation(begun);
    }

    std::optional<completion> take(std::uint64_t limit_ms) const noexcept
    {
        std::uint64_t id = 0;
        cloudauth_error *failed = nullptr;
        cloudauth_result *made = nullptr;
        cloudauth_reply *replied = nullptr;
        if (!cloudauth_queue_next(get(), limit_ms, &id, &failed, &made, &replied))
            return std::nullopt;
        if (made)
            return completion{ id, cloudauth::result(made) };
        if (replied)
            return completion{ id, cloudauth::reply(replied) };
        return completion{ id, cloudauth::error(failed) };
    }

    detail::owned<cloudauth_queue, cloudauth_queue_free> handle_;
};

} // namespace cloudauth

#endif
