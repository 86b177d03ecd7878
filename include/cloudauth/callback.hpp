/* The service's call of CallbackUrl. */
#ifndef CLOUDAUTH_CALLBACK_HPP
#define CLOUDAUTH_CALLBACK_HPP

#include "error.hpp"
#include "text.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace cloudauth {

/* It says that a verification has ended, and never how: ask CheckResult with the transaction id that you stored. */
class callback {
public:
    /* One that was not verified yet; see cloudauth_callback_verify. */
    explicit callback(cloudauth_callback *owned) noexcept : handle_(owned) {}

    std::string_view transaction_id() const & noexcept
    {
        return detail::text(cloudauth_callback_transaction_id(get())).value_or("");
    }
    std::string_view transaction_id() const && = delete;
    /* The service's own are "transactionId", "passed" and "subcode", whatever spelling came; the token is not among them.
     * "passed" and "subcode" are no verdict: whoever called may have written them. */
    std::optional<std::string_view> parameter(zstring name) const & noexcept
    {
        return detail::text(cloudauth_callback_parameter(get(), name.c_str()));
    }
    std::optional<std::string_view> parameter(zstring) const && = delete;
    /* All of them, copied. */
    std::map<std::string, std::string> parameters() const
    {
        std::map<std::string, std::string> all;
        const char *name;
        for (std::size_t index = 0; (name = cloudauth_callback_parameter_name(get(), index)); index++)
            all.emplace(name, cloudauth_callback_parameter(get(), name));
        return all;
    }

    const cloudauth_callback *get() const noexcept { return handle_.get(); }

private:
    detail::owned<cloudauth_callback, cloudauth_callback_free> handle_;
};

namespace detail {

template <class Query>
cloudauth_error *read_callback(const Query &query, cloudauth_callback **made)
{
    if constexpr (std::is_convertible_v<const Query &, zstring>) {
        return cloudauth_callback_parse(zstring(query).c_str(), made);
    } else if constexpr (std::is_convertible_v<const Query &, std::string_view>) {
        return cloudauth_callback_parse(zstring(std::string(query)).c_str(), made);
    } else {
        std::vector<std::pair<std::string, std::string>> pairs;
        for (const auto &[name, value] : query)
            pairs.emplace_back(name, value);
        std::vector<const char *> names, values;
        for (const auto &[name, value] : pairs) {
            names.push_back(zstring(name).c_str());
            values.push_back(zstring(value).c_str());
        }
        return cloudauth_callback_parse_pairs(names.data(), values.data(), names.size(), made);
    }
}

template <class Token>
cloudauth_error *verify(const callback &callback, const Token &expected)
{
    if constexpr (std::is_convertible_v<const Token &, zstring>) {
        return cloudauth_callback_verify(callback.get(), zstring(expected).c_str());
    } else {
        const std::optional<std::string> token(expected);
        return cloudauth_callback_verify(callback.get(), token ? zstring(*token).c_str() : nullptr);
    }
}

} // namespace detail

/* Reads a callback and verifies its token. `query` is the query or URL that was called, or the decoded pairs as a map or another
 * range of names and values. `expected_token` is the token that Initialize was given, or a function from the transaction id (a
 * std::string_view) to it, and to NULL or an empty std::optional where the transaction is not known.
 *
 * Errors: authentication where the token is wrong or missing; invalid_argument where it is no callback. Exceptions of the
 * function pass through. */
template <class Query, class Token>
expected<callback> try_parse_callback(const Query &query, Token &&expected_token)
{
    cloudauth_callback *made = nullptr;
    if (cloudauth_error *failed = detail::read_callback(query, &made))
        return error(failed);
    callback read(made);
    cloudauth_error *failed;
    if constexpr (std::is_invocable_v<Token, std::string_view>)
        failed = detail::verify(read, std::forward<Token>(expected_token)(read.transaction_id()));
    else
        failed = detail::verify(read, expected_token);
    if (failed)
        return error(failed);
    return expected<callback>(std::move(read));
}

#ifdef __cpp_exceptions
template <class Query, class Token>
callback parse_callback(const Query &query, Token &&expected_token)
{
    return try_parse_callback(query, std::forward<Token>(expected_token)).value();
}
#endif

} // namespace cloudauth

#endif
