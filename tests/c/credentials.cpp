// Keys that a C++ program supplies, at once or later, and the exceptions that come back: credentials-cpp ENDPOINT
#include "check.hpp"
#include "cloudauth.hpp"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

using namespace cloudauth;
using namespace std::chrono_literals;

namespace {

// An exception, and what a function holds: each is destroyed with the last that needs it.
std::atomic<int> sealed, held;

struct vault_sealed : std::runtime_error {
    explicit vault_sealed(int number) : std::runtime_error("vault " + std::to_string(number)), number(number) { ++sealed; }
    vault_sealed(const vault_sealed &other) : std::runtime_error(other), number(other.number) { ++sealed; }
    ~vault_sealed() override { --sealed; }
    int number;
};

std::shared_ptr<int> hold()
{
    ++held;
    return std::shared_ptr<int>(new int(0), [](int *value) {
        delete value;
        --held;
    });
}

void wait_for(const std::atomic<int> &count, int value)
{
    for (int i = 0; count != value; i++) {
        CHECK(i < 10000);
        std::this_thread::sleep_for(1ms);
    }
}

expected<result> ask(const config &keys)
{
    const client made(keys);
    return made.try_check_result(request("biz", "faceliveness200").timeout(20s));
}

// What the cause of an error, or what is nested in an exception, was.
int number(const std::exception_ptr &cause)
{
    CHECK(cause);
    try {
        std::rethrow_exception(cause);
    } catch (const vault_sealed &error) {
        return error.number;
    }
}

int nested(const exception &error)
{
    CHECK(error.kind() == kind::credentials && error.cause());
    try {
        std::rethrow_if_nested(error);
    } catch (const vault_sealed &inner) {
        return inner.number;
    }
    return -1;
}

void failed(const expected<result> &outcome, const char *message, int expected_number)
{
    CHECK(!outcome && outcome.error().kind() == kind::credentials && outcome.error().message() == message);
    if (expected_number == 0)
        CHECK(!outcome.error().cause());
    else
        CHECK(number(outcome.error().cause()) == expected_number);
}

template <class Answer>
void reply(Answer &answer, int how)
{
    switch (how) {
    case 0: answer.set("emulator-key-id", "emulator-key-secret"); break;
    case 1: answer.fail("the vault is closed"); break;
    case 2: answer.fail("the vault is sealed", std::make_exception_ptr(vault_sealed(2))); break;
    case 3: throw vault_sealed(3);
    default: break;
    }
}

void outcomes(const config &keys, int how, const char *threw)
{
    switch (how) {
    case 0: CHECK(ask(keys)); break;
    case 1: failed(ask(keys), "the vault is closed", 0); break;
    case 2: failed(ask(keys), "the vault is sealed", 2); break;
    case 3: failed(ask(keys), threw, 3); break;
    default: failed(ask(keys), "the credentials callback gave no answer", 0); break;
    }
}

void answers(const std::string &endpoint)
{
    for (int how = 0; how < 5; how++) {
        auto own = hold();
        config at_once, on_start, later;
        at_once.endpoint(endpoint).credentials([how, own](credentials &answer) { reply(answer, how); });
        on_start.endpoint(endpoint).credentials_start([how, own](credentials_question &question) {
            reply(question, how);
            if (how < 3) {
                CHECK(!question.get());
                question.set("a second answer", "is none");
            }
        });
        later.endpoint(endpoint).credentials_start([how, own](credentials_question &question) {
            std::thread([how, own, question = std::move(question)]() mutable {
                std::this_thread::sleep_for(20ms);
                try {
                    reply(question, how);
                } catch (...) {
                    question.fail("the vault cannot be reached", std::current_exception());
                }
            }).detach();
            CHECK(!question.get());
        });
        const char *threw = "the credentials function threw an exception";
        outcomes(at_once, how, threw);
        outcomes(on_start, how, threw);
        outcomes(later, how, "the vault cannot be reached");
        at_once.credentials(nullptr);
        on_start.credentials_start(nullptr);
        later.credentials_start(nullptr);
        own.reset();
        wait_for(held, 0);
        wait_for(sealed, 0);
    }
}

// Finding I5's twin: what a credentials function threw is nested in what the call throws.
void thrown(const std::string &endpoint)
{
    config keys;
    const client client(keys.endpoint(endpoint).credentials_start([](credentials_question &) { throw vault_sealed(7); }));
    const request request("biz", "faceliveness200");
    int caught = 0;
    try {
        (void)client.check_result(request);
    } catch (const exception &error) {
        const exception copy = error;
        CHECK(number(copy.cause()) == 7);
        caught += nested(error);
    }
    try {
        (void)client.check_result_async(request).future.get();
    } catch (const exception &error) {
        caught += nested(error);
    }
    CHECK(caught == 14);
    try {
        (void)cloudauth::client(config().endpoint("not a host"));
    } catch (const exception &error) {
        CHECK(!error.cause());
        std::rethrow_if_nested(error);
        caught++;
    }
    CHECK(caught == 15);
}

} // namespace

int main(int argc, char **argv)
{
    CHECK(argc == 2);
    answers(argv[1]);
    thrown(argv[1]);
    cloudauth::shutdown(10s);
    CHECK(live_handles() == 0 && held == 0 && sealed == 0);
    return 0;
}
