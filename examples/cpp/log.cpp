// What a client reports, to a program's own logger: log TRANSACTION. Where to call and with which keys is read from the environment.
#include <cloudauth.hpp>

#include <chrono>
#include <cstdint>
#include <iostream>
#include <string>

// Stands for the program's logger, such as spdlog's.
static void write_line(std::ostream &log, std::string_view level, std::string_view line) { log << '[' << level << "] " << line << '\n'; }

// The library's own lines.
static void line(void *log, std::uint32_t level, const char *text)
{
    const bool is_likely_mistake = level <= CLOUDAUTH_LOG_LEVEL_WARN;
    write_line(*static_cast<std::ostream *>(log), is_likely_mistake ? "warn" : "debug", text);
}

// Each attempt and each call, for lines of the program's own form.
static void reported(const cloudauth::event &event)
{
    const std::string operation(event.operation), outcome(event.kind ? name(*event.kind) : "ok");
    write_line(std::cout, event.kind ? "warn" : "info",
               event.attempt ? "attempt " + std::to_string(*event.attempt) + " of " + operation + ": " + outcome
                             : operation + ": " + outcome + " after " + std::to_string(event.duration.count()) + " ms");
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::cerr << "usage: log TRANSACTION\n";
        return 2;
    }
    int code = 2;
    try {
        cloudauth::set_log_callback(cloudauth::log_level::debug, line, &std::cerr);
        const cloudauth::client client{ cloudauth::config().on_event(reported) };
        code = client.check_result({ "example", argv[1] }).passed() ? 0 : 1;
    } catch (const cloudauth::exception &error) {
        std::cerr << error.advice() << '\n';
    }
    // Delivers what waits.
    cloudauth::shutdown(std::chrono::seconds(1));
    return code;
}
