// One blocking call: check TRANSACTION. Where to call and with which keys is read from the environment.
// Exit code: 0 passed, 1 not passed, 2 no result.
#include <cloudauth.hpp>

#include <iostream>

static const char *decided(cloudauth::action action)
{
    switch (action) {
    case cloudauth::action::accept: return "let the person in";
    case cloudauth::action::retry: return "let the person try again";
    case cloudauth::action::reject: return "turn the person away";
    default: return "have a human look"; // also for what a later library may add
    }
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::cerr << "usage: check TRANSACTION\n";
        return 2;
    }
    try {
        const cloudauth::client client{ cloudauth::config() };
        const cloudauth::result result = client.check_result({ "example", argv[1] });
        const cloudauth::decision decision = result.decision(90.0);
        std::cout << "passed: " << (result.passed() ? "yes" : "no") << '\n';
        std::cout << "decision: " << decided(decision.action()) << '\n';
        for (std::string_view reason : decision.reasons())
            std::cout << "  " << reason << '\n';
        return result.passed() ? 0 : 1;
    } catch (const cloudauth::exception &error) {
        std::cerr << name(error.kind()) << ": " << error.what() << '\n' << error.advice() << '\n';
        return 2;
    }
}
