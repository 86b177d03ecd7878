// A limiter of a C++ program's: limiter-cpp ENDPOINT WAY WHAT NAME MAX_ATTEMPTS TIMEOUT_MS [ANSWER]..., as limiter.c.
#include "check.hpp"
#include "cloudauth.hpp"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace cloudauth;
using namespace std::chrono_literals;

namespace {

struct broken : std::runtime_error {
    broken() : std::runtime_error("sesame") {}
};

struct limits {
    std::vector<std::string> answers, asked;

    std::chrono::milliseconds answer(std::string_view api)
    {
        std::string answer = answers[std::min(asked.size(), answers.size() - 1)];
        asked.emplace_back(api);
        if (answer == "fails")
            throw broken();
        if (answer.rfind("blocks ", 0) == 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(std::atol(answer.c_str() + 7)));
            answer = "0";
        }
        return std::chrono::milliseconds(std::atol(answer.c_str()));
    }
};

void set(config &options, limits &own, const std::string &way)
{
    if (own.answers.empty())
        return;
    if (way != "start") {
        options.limiter([&own](std::string_view api) { return own.answer(api); });
        return;
    }
    options.limiter_start([&own](std::string_view api, permit &out) {
        if (own.answers[std::min(own.asked.size(), own.answers.size() - 1)] == "fails")
            static_cast<void>(own.answer(api)); // thrown here, as by a function that could not even begin
        std::thread([&own, api = std::string(api), permit = std::move(out)]() mutable {
            permit.grant(own.answer(api));
        }).detach();
    });
}

expected<result> run(const client &made, const std::string &way, const std::string &what, const char *name, std::chrono::milliseconds timeout)
{
    request asks("biz", name);
    asks.timeout(timeout).wait_first_pause(10ms);
    if (way == "blocking")
        return what == "wait" ? made.try_wait_for_result(asks) : made.try_check_result(asks);
    auto begun = what == "wait" ? made.try_wait_for_result_async(asks) : made.try_check_result_async(asks);
    return begun.future.get();
}

} // namespace

int main(int argc, char **argv)
{
    CHECK(argc >= 7);
    {
        const std::string way = argv[2], what = argv[3];
        limits own;
        own.answers.assign(argv + 7, argv + argc);
        config options;
        options.endpoint(argv[1]).access_key_id("emulator-key-id").access_key_secret("emulator-key-secret");
        options.max_attempts(std::strtoull(argv[5], nullptr, 10)).throttle_base(1ms);
        set(options, own, way);
        const client made(options);
        const auto begun = std::chrono::steady_clock::now();
        const std::chrono::milliseconds timeout(std::atol(argv[6]));
        std::string fails;
        bool caused = false;
        const auto settle = [&](const auto &outcome) {
            if (outcome)
                return;
            fails = name(outcome.error().kind());
            try {
                if (outcome.error().cause())
                    std::rethrow_exception(outcome.error().cause());
            } catch (const broken &) {
                caused = true;
                CHECK(outcome.error().message().find("sesame") == std::string_view::npos && !outcome.error().retryable());
            }
        };
        if (what == "call")
            settle(way == "blocking" ? made.try_call(call(argv[4]).timeout(timeout)) : made.try_call_async(call(argv[4]).timeout(timeout)).future.get());
        else
            settle(run(made, way, what, argv[4], timeout));
        const auto took = std::chrono::steady_clock::now() - begun;
        std::printf("{\"asked\": [");
        for (const std::string &api : own.asked)
            std::printf("%s\"%s\"", &api == &own.asked.front() ? "" : ", ", api.c_str());
        std::printf("], \"requests\": %llu, \"fails\": %s%s%s, \"caused\": %s, \"ms\": %lld}\n",
            static_cast<unsigned long long>(made.counter(CLOUDAUTH_COUNTER_REQUESTS)), fails.empty() ? "" : "\"",
            fails.empty() ? "null" : fails.c_str(), fails.empty() ? "" : "\"", caused ? "true" : "false",
            static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()));
        std::fflush(stdout);
        // One that still blocks must be done with what it holds.
        std::this_thread::sleep_for(way == "start" && fails == "timeout" ? 2 * timeout : 0ms);
        CHECK(cloudauth::shutdown(10s));
    }
    CHECK(live_handles() == 0);
    return 0;
}
