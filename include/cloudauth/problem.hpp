/* What could not be decoded. */
#ifndef CLOUDAUTH_PROBLEM_HPP
#define CLOUDAUTH_PROBLEM_HPP

#include "text.hpp"

#include <string_view>

namespace cloudauth {

/* One value of a reply that could not be decoded: where, why, and as it came (personal data, most often). */
struct problem {
    explicit problem(const cloudauth_problem *raw) noexcept
        : path(detail::view(raw->path)), reason(detail::view(raw->reason)), text(detail::view(raw->text))
    {
    }

    std::string_view path, reason, text;
};

using problems = list<problem, const cloudauth_problem *>;

} // namespace cloudauth

#endif
