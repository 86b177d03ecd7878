/* Generated from core/schema/options.toml by `cargo xtask generate`; do not edit. */
#ifndef CLOUDAUTH_OPTIONS_HPP
#define CLOUDAUTH_OPTIONS_HPP

#include "text.hpp"

#include <chrono>
#include <cstdint>

namespace cloudauth {
namespace detail {

/* A setter for each option; docs/options.md has their meaning and defaults. A text that is NULL, a number that is 0 and a
 * time of 0 leave the choice to the library. */
template <class Self> class options {
public:
    Self &region(zstring region) noexcept { return cloudauth_config_set_region(handle(), region.c_str()), self(); }
    Self &network(zstring network) noexcept { return cloudauth_config_set_network(handle(), network.c_str()), self(); }
    Self &endpoint(zstring endpoint) noexcept { return cloudauth_config_set_endpoint(handle(), endpoint.c_str()), self(); }
    Self &signature(zstring signature) noexcept
    {
        return cloudauth_config_set_signature(handle(), signature.c_str()), self();
    }
    Self &access_key_id(zstring access_key_id) noexcept
    {
        return cloudauth_config_set_access_key_id(handle(), access_key_id.c_str()), self();
    }
    Self &access_key_secret(zstring access_key_secret) noexcept
    {
        return cloudauth_config_set_access_key_secret(handle(), access_key_secret.c_str()), self();
    }
    Self &security_token(zstring security_token) noexcept
    {
        return cloudauth_config_set_security_token(handle(), security_token.c_str()), self();
    }
    Self &profile(zstring profile) noexcept { return cloudauth_config_set_profile(handle(), profile.c_str()), self(); }
    Self &timeout(std::chrono::milliseconds timeout) noexcept
    {
        return cloudauth_config_set_timeout_ms(handle(), detail::milliseconds(timeout)), self();
    }
    Self &attempt_timeout(std::chrono::milliseconds attempt_timeout) noexcept
    {
        return cloudauth_config_set_attempt_timeout_ms(handle(), detail::milliseconds(attempt_timeout)), self();
    }
    Self &connect_timeout(std::chrono::milliseconds connect_timeout) noexcept
    {
        return cloudauth_config_set_connect_timeout_ms(handle(), detail::milliseconds(connect_timeout)), self();
    }
    Self &max_attempts(std::uint64_t max_attempts) noexcept
    {
        return cloudauth_config_set_max_attempts(handle(), max_attempts), self();
    }
    Self &retry_base(std::chrono::milliseconds retry_base) noexcept
    {
        return cloudauth_config_set_retry_base_ms(handle(), detail::milliseconds(retry_base)), self();
    }
    Self &throttle_base(std::chrono::milliseconds throttle_base) noexcept
    {
        return cloudauth_config_set_throttle_base_ms(handle(), detail::milliseconds(throttle_base)), self();
    }
    Self &retry_cap(std::chrono::milliseconds retry_cap) noexcept
    {
        return cloudauth_config_set_retry_cap_ms(handle(), detail::milliseconds(retry_cap)), self();
    }
    Self &qps(std::uint64_t qps) noexcept { return cloudauth_config_set_qps(handle(), qps), self(); }
    Self &quota(zstring quota) noexcept { return cloudauth_config_set_quota(handle(), quota.c_str()), self(); }
    Self &idle_timeout(std::chrono::milliseconds idle_timeout) noexcept
    {
        return cloudauth_config_set_idle_timeout_ms(handle(), detail::milliseconds(idle_timeout)), self();
    }
    Self &keep_warm(std::chrono::milliseconds keep_warm) noexcept
    {
        return cloudauth_config_set_keep_warm_ms(handle(), detail::milliseconds(keep_warm)), self();
    }
    Self &max_connections(std::uint64_t max_connections) noexcept
    {
        return cloudauth_config_set_max_connections(handle(), max_connections), self();
    }
    Self &max_body_bytes(std::uint64_t max_body_bytes) noexcept
    {
        return cloudauth_config_set_max_body_bytes(handle(), max_body_bytes), self();
    }
    Self &max_body_bytes_without_images(std::uint64_t max_body_bytes_without_images) noexcept
    {
        return cloudauth_config_set_max_body_bytes_without_images(handle(), max_body_bytes_without_images), self();
    }
    Self &max_concurrency(std::uint64_t max_concurrency) noexcept
    {
        return cloudauth_config_set_max_concurrency(handle(), max_concurrency), self();
    }
    Self &ca_file(zstring ca_file) noexcept { return cloudauth_config_set_ca_file(handle(), ca_file.c_str()), self(); }
    Self &proxy(zstring proxy) noexcept { return cloudauth_config_set_proxy(handle(), proxy.c_str()), self(); }
    Self &allow_insecure(bool allow_insecure) noexcept
    {
        return cloudauth_config_set_allow_insecure(handle(), allow_insecure), self();
    }
    Self &user_agent(zstring user_agent) noexcept
    {
        return cloudauth_config_set_user_agent(handle(), user_agent.c_str()), self();
    }
    Self &keep_raw(bool keep_raw) noexcept { return cloudauth_config_set_keep_raw(handle(), keep_raw), self(); }

private:
    Self &self() noexcept { return static_cast<Self &>(*this); }
    cloudauth_config *handle() noexcept { return self().get(); }
};

} // namespace detail
} // namespace cloudauth

#endif
