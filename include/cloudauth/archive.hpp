/* What an archive holds, and whether it is as it was written. */
#ifndef CLOUDAUTH_ARCHIVE_HPP
#define CLOUDAUTH_ARCHIVE_HPP

#include "error.hpp"
#include "request.hpp"
#include "text.hpp"

#include <string>

namespace cloudauth {

/* What verify_archive() found. */
struct archive_report {
    /* Whether the archive is whole and unchanged. */
    bool complete = false;
    /* The same as JSON, with "manifest_sha256" and "problems", each a "file" and its "problem". */
    std::string json;
};

/* Holds each file of an archive against its manifest. The folder is what the operation archive was given as "into". */
inline expected<archive_report> try_verify_archive(zstring folder)
{
    archive_report found;
    cloudauth_reply *report = nullptr;
    if (cloudauth_error *failed = cloudauth_verify_archive(folder.c_str(), &found.complete, &report))
        return cloudauth::error(failed);
    const cloudauth::reply owner(report);
    found.json = owner.json();
    return found;
}

#ifdef __cpp_exceptions
inline archive_report verify_archive(zstring folder) { return try_verify_archive(folder).value(); }
#endif

} // namespace cloudauth

#endif
