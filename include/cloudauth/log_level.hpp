/* Generated from core/schema/events.toml by `cargo xtask generate`; do not edit. */
/* The levels of the log. */
#ifndef CLOUDAUTH_LOG_LEVEL_HPP
#define CLOUDAUTH_LOG_LEVEL_HPP

#include "../cloudauth.h"

#include <cstdint>

namespace cloudauth {

/* How much the library says. */
enum class log_level : std::uint32_t {
    /* Nothing. */
    off = CLOUDAUTH_LOG_LEVEL_OFF,
    /* What failed and is not told by an error. */
    error = CLOUDAUTH_LOG_LEVEL_ERROR,
    /* Likely mistakes: a source of credentials, the mode of a file, an environment variable. */
    warn = CLOUDAUTH_LOG_LEVEL_WARN,
    /* What a reader of an ordinary log wants to know. */
    info = CLOUDAUTH_LOG_LEVEL_INFO,
    /* Each call and its outcome, each retry and its reason, where the keys come from. */
    debug = CLOUDAUTH_LOG_LEVEL_DEBUG,
    /* The same lines, each with the number of its attempt. */
    trace = CLOUDAUTH_LOG_LEVEL_TRACE,
};

} // namespace cloudauth

#endif
