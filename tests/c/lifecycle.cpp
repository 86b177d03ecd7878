// Random rounds of start, cancel, shutdown and fork through the C++ wrapper: each function object is called once and destroyed
// once, and one whose call was refused is destroyed without being called.
//
//     lifecycle-cpp ENDPOINT ROUNDS LIMIT [SEED]
//
// LIMIT is none or fork.
#include "check.hpp"
#include "cloudauth.hpp"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

using namespace std::chrono_literals;

namespace {

std::atomic<long> alive, called, started, refused, beats, in_flight, forks;
std::atomic<bool> over;

// What a callback owns: a second free of it is seen by the count, and by the sanitizers.
struct token {
    token() { ++alive; }
    ~token() { --alive; }
    token(const token &) = delete;
    token &operator=(const token &) = delete;
};

void start(const cloudauth::client &client, std::mt19937_64 &random, int depth);

struct done {
    std::unique_ptr<token> own = std::make_unique<token>();
    const cloudauth::client *client;
    std::uint64_t seed;
    int depth;

    void operator()(cloudauth::expected<cloudauth::result> outcome)
    {
        CHECK(own);
        ++called;
        if (!outcome)
            CHECK(outcome.error().kind() == cloudauth::kind::cancelled || outcome.error().kind() == cloudauth::kind::timeout);
        std::mt19937_64 random(seed);
        if (depth < 3 && random() % 3 == 0)
            start(*client, random, depth + 1);
        if (random() % 16 == 0)
            CHECK(!cloudauth::shutdown(0ms));
        --in_flight;
    }
};

void start(const cloudauth::client &client, std::mt19937_64 &random, int depth)
{
    ++in_flight;
    cloudauth::request request("biz", "faceliveness200");
    request.timeout(std::chrono::milliseconds(1 + random() % 400)).wait_timeout(500ms);
    done finished;
    finished.client = &client;
    finished.seed = random();
    finished.depth = depth;
    auto begun = random() % 4 ? client.try_check_result_start(request, std::move(finished))
                              : client.try_wait_for_result_start(request, std::move(finished));
    if (!begun) {
        ++refused;
        --in_flight;
        return;
    }
    ++started;
    if (random() % 3 == 0)
        begun->cancel();
}

void futures(const cloudauth::client &client, std::mt19937_64 &random)
{
    cloudauth::request request("biz", "faceliveness200");
    request.timeout(std::chrono::milliseconds(1 + random() % 400));
    auto [future, operation] = client.try_check_result_async(request);
    if (random() % 2)
        operation.cancel();
    // What cannot be started is a failure in it: there is always an outcome.
    CHECK(future.wait_for(10s) == std::future_status::ready);
    auto outcome = future.get();
    if (!outcome)
        CHECK(outcome.error().kind() == cloudauth::kind::cancelled || outcome.error().kind() == cloudauth::kind::timeout);
}

/* The child makes a call of either kind and ends in good order; the parent's calls are not its own. */
void forked(const cloudauth::client &client, std::mt19937_64 &random)
{
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        alarm(10);
        long inherited = alive;
        in_flight = called = started = 0;
        start(client, random, 3);
        futures(client, random);
        while (in_flight)
            std::this_thread::sleep_for(1ms);
        CHECK(cloudauth::shutdown(5s));
        CHECK(called == started && alive == inherited);
        _exit(0);
    }
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    ++forks;
}

} // namespace

int main(int argc, char **argv)
{
    CHECK(argc >= 4);
    bool forking = argv[3] == std::string_view("fork");
    const char *divisor = std::getenv("CLOUDAUTH_TEST_DIVISOR"), *slower = std::getenv("CLOUDAUTH_TEST_SLOWER");
    long rounds = std::atol(argv[2]) / (divisor ? std::atol(divisor) : 1);
    long patience = 10 * (slower ? std::atol(slower) : 1);
    std::uint64_t seed = argc > 4 ? std::strtoull(argv[4], nullptr, 10) : std::random_device()();
    {
        cloudauth::client client(cloudauth::config()
                                     .endpoint(argv[1])
                                     .access_key_id("emulator-key-id")
                                     .access_key_secret("emulator-key-secret"));
        std::atomic<long> round = 0;
        std::vector<std::thread> starters;
        for (std::uint64_t number = 0; number < 3; number++)
            starters.emplace_back([&, number] {
                std::mt19937_64 random(seed + number);
                while (round++ < rounds) {
                    while (in_flight > 100)
                        std::this_thread::sleep_for(1ms);
                    if (forking && random() % 128 == 0)
                        forked(client, random);
                    else if (random() % 8)
                        start(client, random, 0);
                    else
                        futures(client, random);
                    ++beats;
                }
            });
        std::thread stopper([&] {
            std::mt19937_64 random(seed + 100);
            while (!over) {
                cloudauth::shutdown(std::chrono::milliseconds(random() % 3 ? 0 : 20));
                std::this_thread::sleep_for(std::chrono::milliseconds(random() % 8 ? random() % 4 : 40));
            }
        });
        std::thread watchdog([&] {
            for (long seen = -1, still = 0; !over; std::this_thread::sleep_for(1s)) {
                still = beats == seen ? still + 1 : 0;
                seen = beats;
                if (still > patience)
                    std::fprintf(stderr, "stuck; seed %llu, %ld in flight\n", static_cast<unsigned long long>(seed), in_flight.load());
                CHECK(still <= patience);
            }
        });
        for (auto &starter : starters)
            starter.join();
        for (long i = 0; in_flight > 0; i++) {
            CHECK(i < 10000 * patience / 10);
            std::this_thread::sleep_for(1ms);
        }
        over = true;
        stopper.join();
        watchdog.join();
    }
    CHECK(cloudauth::shutdown(10s));
    CHECK(called == started && alive == 0 && cloudauth::live_handles() == 0);
    CHECK((forks > 0) == forking);
    std::printf("lifecycle of C++, seed %llu: %ld rounds, %ld started, %ld refused, %ld forks\n",
                static_cast<unsigned long long>(seed), rounds, started.load(), refused.load(), forks.load());
}
