/* Downloads a video through the C++ wrapper, as receiver.c does through the header:

       receiver ENDPOINT WAY RECEIVER_FAILS_AT PROGRESS_FAILS_AT [KIND NAME VALUE]...

   WAY is blocking, async or start; causes tries out at an emulator what comes of functions that fail. */
#include "check.hpp"
#include "cloudauth.hpp"

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <future>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

struct full : std::runtime_error {
    full() : std::runtime_error("the disk of the caller's is full") {}
};

struct transfer {
    std::uint64_t fails_at, progress_fails_at;
    std::string bytes, progress;
    std::atomic<bool> over { false };

    bool take(cloudauth::bytes piece)
    {
        CHECK(!over);
        if (fails_at && bytes.size() / 2 + piece.size >= fails_at) throw full();
        for (const std::uint8_t byte : piece) {
            char hex[3];
            std::snprintf(hex, sizeof hex, "%02x", byte);
            bytes += hex;
        }
        return true;
    }
    bool hear(std::uint64_t received, std::uint64_t total)
    {
        CHECK(!over);
        progress += std::to_string(received) + "/" + std::to_string(total) + " ";
        if (progress_fails_at && received >= progress_fails_at) throw full();
        return true;
    }
};

using outcome = cloudauth::expected<cloudauth::video>;

outcome outcome_of(
    const cloudauth::client &client, const std::string &way, const cloudauth::download_video_request &request, transfer &own)
{
    if (way == "blocking") return client.try_download_video(request);
    if (way == "async") return client.try_download_video_async(request).future.get();
    std::promise<outcome> promise;
    auto future = promise.get_future();
    auto begun = client.try_download_video_start(request, [&](outcome done) {
        own.over = true;
        promise.set_value(std::move(done));
    });
    if (!begun) return std::move(begun).error();
    return future.get();
}

/* What ends a call without an exception has no cause, and what it throws is nested in what the call throws. */
void causes(const cloudauth::client &client, const std::string &endpoint)
{
    const std::string started = R"({"version":1,"transaction_id":"ekycpro200-video64KiB","merchant_biz_id":"b","product_code":)"
                                R"("eKYC_PRO","initialized_at":"2026-03-01T10:00:00Z","endpoint":")"
        + endpoint + "\"}";
    cloudauth::download_video_request quiet([](cloudauth::bytes) { return false; });
    const auto refused = client.try_download_video(quiet.started(started).video_hosts({ "127.0.0.1" }));
    CHECK(!refused && refused.error().kind() == cloudauth::kind::io && !refused.error().cause());
    cloudauth::download_video_request loud([](cloudauth::bytes) -> bool { throw full(); });
    try {
        static_cast<void>(client.download_video(loud.started(started).video_hosts({ "127.0.0.1" })));
        CHECK(false);
    } catch (const cloudauth::exception &error) {
        CHECK(error.kind() == cloudauth::kind::io && !error.retryable());
        try {
            std::rethrow_if_nested(error);
            CHECK(false);
        } catch (const full &) {
        }
    }
}

std::string quoted(std::optional<std::string_view> text) { return text ? '"' + std::string(*text) + '"' : "null"; }

} // namespace

int main(int argc, char **argv)
{
    CHECK(argc >= 5 && (argc - 5) % 3 == 0);
    {
        const cloudauth::client client(cloudauth::config()
                .endpoint(argv[1])
                .access_key_id("emulator-key-id")
                .access_key_secret("emulator-key-secret")
                .retry_base(std::chrono::milliseconds(1))
                .max_attempts(4));
        std::map<std::string, std::string> given;
        for (int i = 5; i < argc; i += 3) given[argv[i + 1]] = argv[i + 2];
        if (std::string(argv[2]) == "causes") {
            causes(client, argv[1]);
            return 0;
        }
        transfer own { std::stoull(argv[3]), std::stoull(argv[4]), {}, {} };
        auto request = given.count("to") ? cloudauth::download_video_request(given["to"])
                                         : cloudauth::download_video_request([&](cloudauth::bytes piece) { return own.take(piece); });
        if (given.count("video_hosts")) request.video_hosts({ given["video_hosts"] });
        request.result(given["result"]).progress([&](auto received, auto total) {
            return own.hear(received, total);
        });
        if (given.count("max_bytes")) request.max_bytes(std::stoll(given["max_bytes"]));
        const outcome done = outcome_of(client, argv[2], request, own);
        own.over = true;
        bool caused = false;
        if (!done) {
            const auto &error = done.error();
            std::printf("%s %s\n", std::string(name(error.kind())).c_str(), std::string(error.message()).c_str());
            try {
                if (error.cause()) std::rethrow_exception(error.cause());
            } catch (const full &) {
                caused = true;
            }
        } else {
            std::printf("{\"outcome\":%s,\"path\":%s,\"length\":%s,\"sha256\":%s}\n", quoted(done->outcome()).c_str(),
                quoted(done->path()).c_str(), done->length() ? std::to_string(*done->length()).c_str() : "null",
                quoted(done->sha256()).c_str());
        }
        std::printf("%s\n%s\n%s\n", own.bytes.c_str(), own.progress.c_str(), caused ? "caused" : "-");
    }
    CHECK(cloudauth_shutdown(10000));
    CHECK(cloudauth_live_handles() == 0);
}
