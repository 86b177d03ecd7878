// As warm.c, through the C++ wrapper: warm ENDPOINT.
#include "check.hpp"
#include "cloudauth.hpp"

#include <chrono>
#include <thread>

using namespace std::chrono_literals;

namespace {

cloudauth::config config(const char *endpoint)
{
    cloudauth::config config;
    config.endpoint(endpoint).access_key_id("emulator-key-id").access_key_secret("emulator-key-secret");
    return config;
}

void wait_for(const cloudauth::client &client, cloudauth_counter counter, std::uint64_t count)
{
    for (int i = 0; client.counter(counter) < count; i++) {
        CHECK(i < 30000);
        std::this_thread::sleep_for(1ms);
    }
}

bool passes(const cloudauth::client &client)
{
    return client.check_result(cloudauth::request("biz", "ekycpro200")).passed();
}

} // namespace

int main(int argc, char **argv)
{
    CHECK(argc == 2);
    {
        const cloudauth::client client(config(argv[1]));
        client.connect_ahead();
        wait_for(client, CLOUDAUTH_COUNTER_CONNECTIONS, 1);
        CHECK(passes(client) && client.counter(CLOUDAUTH_COUNTER_CONNECTIONS) == 1);

        const cloudauth::client warm(config(argv[1]).keep_warm(100ms));
        CHECK(passes(warm));
        wait_for(warm, CLOUDAUTH_COUNTER_KEEPALIVES, 4);
        CHECK(warm.counter(CLOUDAUTH_COUNTER_REQUESTS) == 1 && warm.counter(CLOUDAUTH_COUNTER_BACKGROUND_FAILURES) == 0);
    }
    CHECK(cloudauth_live_handles() == 0);
}
