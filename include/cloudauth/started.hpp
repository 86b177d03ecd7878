/* What initialize gave, as a program stores it until the callback comes. */
#ifndef CLOUDAUTH_STARTED_HPP
#define CLOUDAUTH_STARTED_HPP

#include "error.hpp"
#include "operation.hpp"
#include "typed.hpp"

#include <string>
#include <string_view>

namespace cloudauth {

/* One line of JSON, which every language reads. It holds the callback's token and the URL of the transaction: protect it as you
 * protect them. */
inline expected<std::string> try_to_json(const started &given)
{
    const std::string_view json = given.json();
    cloudauth_reply *stored = nullptr;
    if (cloudauth_error *failed = cloudauth_started_to_json(json.data(), json.size(), &stored)) return cloudauth::error(failed);
    const cloudauth::reply written(stored);
    return std::string(written.json());
}

/* Reads what to_json(), or its like in another language, wrote. */
inline expected<started> try_started_from_json(std::string_view json) noexcept
{
    cloudauth_reply *stored = nullptr;
    if (cloudauth_error *failed = cloudauth_started_from_json(json.data(), json.size(), &stored)) return cloudauth::error(failed);
    return started(stored);
}

#ifdef __cpp_exceptions
inline std::string to_json(const started &given) { return try_to_json(given).value(); }
inline started started_from_json(std::string_view json) { return try_started_from_json(json).value(); }
#endif

} // namespace cloudauth

#endif
