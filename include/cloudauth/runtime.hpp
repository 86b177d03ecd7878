/* The library as a whole: its log, its versions, its end. */
#ifndef CLOUDAUTH_RUNTIME_HPP
#define CLOUDAUTH_RUNTIME_HPP

#include "error.hpp"
#include "log_level.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace cloudauth {

/* Sends the log of the whole process to a function; nothing where that is null. No value where it worked. */
[[nodiscard]] inline std::optional<error> try_set_log_callback(log_level level, cloudauth_log_callback callback,
                                                               void *context = nullptr) noexcept
{
    cloudauth_error *failed = cloudauth_log_set_callback(static_cast<std::uint32_t>(level), callback, context);
    return failed ? std::optional<error>(error(failed)) : std::nullopt;
}

#ifdef __cpp_exceptions
inline void set_log_callback(log_level level, cloudauth_log_callback callback, void *context = nullptr)
{
    if (auto failed = try_set_log_callback(level, callback, context))
        throw exception(*std::move(failed));
}
#endif

inline std::string_view version() noexcept { return cloudauth_version(); }
inline std::uint32_t abi_version() noexcept { return cloudauth_abi_version(); }
inline std::size_t live_handles() noexcept { return cloudauth_live_handles(); }
/* Whether everything has ended in time; called again, it waits for what is left. */
inline bool shutdown(std::chrono::milliseconds timeout) noexcept { return cloudauth_shutdown(detail::milliseconds(timeout)); }

} // namespace cloudauth

#endif
