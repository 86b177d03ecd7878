/* A picture in a result. */
#ifndef CLOUDAUTH_IMAGE_HPP
#define CLOUDAUTH_IMAGE_HPP

#include "text.hpp"

#include <string_view>

namespace cloudauth {

/* A picture's file. */
struct image {
    explicit image(const cloudauth_image *raw) noexcept
        : bytes{ raw->data, raw->len }, format(raw->format), extension(raw->extension)
    {
    }

    cloudauth::bytes bytes;
    std::string_view format;    /* such as "jpeg", or "unknown" */
    std::string_view extension; /* of a file's name: "jpg", or "bin" */
};

} // namespace cloudauth

#endif
