// Many calls through the C++ wrapper: many ENDPOINT.
#include "check.hpp"
#include "cloudauth.hpp"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

using namespace std::chrono_literals;

namespace {

// Findings E3 and G11: a bad row is its own outcome, and outcomes come while the rows are slow.
void rows(const cloudauth::client &client)
{
    const cloudauth::many many(client, 4);
    many.push(cloudauth::request("biz", "ekycpro200"));
    auto first = many.next();
    CHECK(first && first->position == 0 && first->result && first->result->passed());
    CHECK(!many.next_within(20ms) && !many.has_ended() && many.wants_more());
    many.push(cloudauth::request("biz", "a b"));
    many.finish();
    const auto bad = many.next();
    CHECK(bad && bad->position == 1 && !bad->result);
    CHECK(bad->result.error().kind() == cloudauth::kind::invalid_argument);
    CHECK(std::string(bad->result.error().message()).rfind("item 1: transaction_id: ", 0) == 0);
    CHECK(!many.next() && many.has_ended() && !many.wants_more(1s));
    try {
        many.push(cloudauth::request("biz", "ekycpro200"));
        CHECK(false);
    } catch (const cloudauth::exception &refused) {
        CHECK(refused.kind() == cloudauth::kind::invalid_argument);
    }
}

void ready(const cloudauth::client &client)
{
    std::atomic<int> called{ 0 };
    cloudauth::many many(client);
    many.on_ready([&] { ++called; });
    many.push(cloudauth::request("biz", "ekycpro200"));
    for (int i = 0; !called; i++) {
        CHECK(i < 30000);
        std::this_thread::sleep_for(1ms);
    }
    CHECK(many.next_within(0ms));
    many.cancel();
    CHECK(!many.next());
}

} // namespace

int main(int argc, char **argv)
{
    CHECK(argc == 2);
    {
        const cloudauth::client client(cloudauth::config()
                .endpoint(argv[1])
                .access_key_id("emulator-key-id")
                .access_key_secret("emulator-key-secret"));
        rows(client);
        ready(client);
    }
    CHECK(cloudauth_live_handles() == 0);
}
