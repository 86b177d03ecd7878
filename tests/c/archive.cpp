// What an archive is found to be: archive FOLDER
#include <cstdint>
#include <cstdio>

#include "cloudauth.hpp"

int main(int, char **argv)
{
    const auto found = cloudauth::try_verify_archive(argv[1]);
    if (!found) {
        std::printf("%s", cloudauth_kind_name(static_cast<std::uint32_t>(found.error().kind())));
        return 0;
    }
    std::printf("%d %s", found->complete, found->json.c_str());
    return cloudauth::verify_archive(argv[1]).json == found->json ? 0 : 1;
}
