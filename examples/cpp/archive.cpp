// A result and its pictures, filed: archive TRANSACTION DIR. The environment says where to call, and the keys.
#include <cloudauth.hpp>

#include <cerrno>
#include <filesystem>
#include <iostream>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace fs = std::filesystem;

// Writes a new file that only its owner can read.
static void file(const fs::path &path, const void *data, std::size_t size)
{
    const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        throw fs::filesystem_error("cannot create", path, std::error_code(errno, std::generic_category()));
    const char *next = static_cast<const char *>(data);
    ssize_t written = 0;
    for (; size > 0 && (written = write(descriptor, next, size)) >= 0; size -= static_cast<std::size_t>(written))
        next += written;
    const int why = errno;
    if (close(descriptor) != 0 || written < 0)
        throw fs::filesystem_error("cannot write", path, std::error_code(why, std::generic_category()));
    std::cout << "wrote " << path.string() << '\n';
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        std::cerr << "usage: archive TRANSACTION DIR\n";
        return 2;
    }
    try {
        const fs::path folder(argv[2]);
        const cloudauth::client client{ cloudauth::config() };
        const cloudauth::result result = client.check_result(cloudauth::request("example", argv[1]).return_image(true));
        result.save_images(argv[2]);
        const std::string_view json = result.canonical_json();
        file(folder / "result.json", json.data(), json.size());
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
    return 0;
}
