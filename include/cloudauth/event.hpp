/* Generated from core/schema/events.toml by `cargo xtask generate`; do not edit. */
/* What clients report of calls and attempts. */
#ifndef CLOUDAUTH_EVENT_HPP
#define CLOUDAUTH_EVENT_HPP

#include "codes.hpp"
#include "text.hpp"

namespace cloudauth {

/* What became of a call, or of one of its attempts. It holds no id, no key and nobody's data; its texts end with the
 * function that gets it. */
struct event {
    /* What event_context() of the request or call gave it, else null. */
    void *context;
    /* The operation's name. */
    std::string_view operation;
    /* The region whose server is called; absent for any other server. */
    std::optional<std::string_view> region;
    /* Which attempt of the call it is, from 1; absent for the call as a whole. */
    std::optional<std::uint64_t> attempt;
    /* Requests that the call has sent so far. */
    std::uint64_t attempts;
    /* Why it failed; absent where it succeeded. */
    std::optional<cloudauth::kind> kind;
    /* The service's code, where it failed with one. */
    std::optional<std::string_view> code;
    /* The reply's status; absent where there was no reply. */
    std::optional<std::uint64_t> http_status;
    /* How long it took, waits included. */
    std::chrono::milliseconds duration;
    /* How long of that the quota kept requests back. */
    std::chrono::milliseconds permit_wait;
    /* The pause after the attempt, which is no part of its duration; of a call, all of its pauses. */
    std::chrono::milliseconds pause;
    /* Bytes of replies' bodies. */
    std::uint64_t bytes_received;
    /* When it ended. */
    std::chrono::system_clock::time_point ended;
    /* The server's name or address. */
    std::string_view server_address;
    /* The server's port. */
    std::uint64_t server_port;

    explicit event(const cloudauth_event &from) noexcept
        : context(from.context),
          operation(detail::view(from.operation)),
          region(from.region.data ? std::optional<std::string_view>(detail::view(from.region)) : std::nullopt),
          attempt(from.attempt ? std::optional<std::uint64_t>(from.attempt) : std::nullopt),
          attempts(from.attempts),
          kind(from.kind ? std::optional<cloudauth::kind>(static_cast<cloudauth::kind>(from.kind)) : std::nullopt),
          code(from.code.data ? std::optional<std::string_view>(detail::view(from.code)) : std::nullopt),
          http_status(from.http_status ? std::optional<std::uint64_t>(from.http_status) : std::nullopt),
          duration(static_cast<std::int64_t>(from.duration_ms)),
          permit_wait(static_cast<std::int64_t>(from.permit_wait_ms)),
          pause(static_cast<std::int64_t>(from.pause_ms)),
          bytes_received(from.bytes_received),
          ended(std::chrono::milliseconds(static_cast<std::int64_t>(from.ended_ms))),
          server_address(detail::view(from.server_address)),
          server_port(from.server_port)
    {
    }
};

} // namespace cloudauth

#endif
