// A merchant's server: callback PORT URL DIR. The environment says where to call, and the keys.
//
// GET /start?metaInfo=... begins a verification and sends the browser on to the person's page. /verified takes the service's
// callback. It listens on this machine's PORT; URL is where the world reaches it, by way of the proxy that ends TLS. DIR keeps
// what was started and what came of it.
#include <cloudauth.hpp>
#include <httplib.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace fs = std::filesystem;

// A folder with up to three files for each transaction, which only their owner can read. A shop has its database here.
class flows {
public:
    static constexpr const char *begun = ".started.json", *filed = ".result.json", *ended = ".ended";

    explicit flows(fs::path folder) : folder_(std::move(folder)) { fs::create_directories(folder_); }

    bool has(const std::string &id, const char *part) const { return fs::exists(folder_ / (id + part)); }

    cloudauth::started started(const std::string &id) const
    {
        std::ifstream file(folder_ / (id + begun));
        return cloudauth::started_from_json(std::string(std::istreambuf_iterator<char>(file), {}));
    }

    // What the callback of a transaction must carry; empty for one that is not known. An id in a callback is anybody's text, and
    // becomes a file's name here.
    std::string token(std::string_view given) const
    {
        const std::string id(given);
        const bool plain = std::all_of(id.begin(), id.end(), [](unsigned char each) { return std::isalnum(each); });
        if (!plain || !has(id, begun))
            return "";
        const cloudauth::started known = started(id);
        return std::string(known.callback_token().value());
    }

    std::vector<std::string> unfinished() const
    {
        std::vector<std::string> ids;
        for (const fs::directory_entry &entry : fs::directory_iterator(folder_)) {
            const std::string name = entry.path().filename(), id = name.substr(0, name.find('.'));
            if (name == id + begun && !has(id, ended))
                ids.push_back(id);
        }
        return ids;
    }

    // Done when the file is on disk, whole: the service's copy is deleted next.
    void write(const std::string &id, const char *part, std::string_view data) const
    {
        std::string made = folder_ / (id + ".XXXXXX.new");
        const int file = mkstemps(made.data(), 4); // with mode 0600
        check(file >= 0);
        while (!data.empty()) {
            const ssize_t written = ::write(file, data.data(), data.size());
            check(written >= 0);
            data.remove_prefix(static_cast<std::size_t>(written));
        }
        check(fsync(file) == 0 && close(file) == 0);
        fs::rename(made, folder_ / (id + part));
        const int folder = open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        check(folder >= 0 && fsync(folder) == 0 && close(folder) == 0);
    }

private:
    static void check(bool done)
    {
        if (!done)
            throw std::system_error(errno, std::generic_category(), "cannot write");
    }

    fs::path folder_;
};

class shop {
public:
    shop(flows flows, std::string url) : flows_(std::move(flows)), url_(std::move(url)) {}

    // Begins a verification. It is stored before the person is sent on: no callback can come too early.
    void start(const httplib::Request &request, httplib::Response &response)
    {
        try {
            const cloudauth::started started =
                client_.initialize(cloudauth::initialize_request("eKYC_PRO", request.get_param_value("metaInfo"))
                                       .doc_type("GLB03002")
                                       .callback_url(url_ + "/verified"));
            flows_.write(std::string(started.transaction_id().value()), flows::begun, cloudauth::to_json(started));
            response.set_redirect(std::string(started.transaction_url().value()), 303);
        } catch (const cloudauth::exception &error) {
            std::cerr << "start: " << error.what() << '\n';
            response.status = error.kind() == cloudauth::kind::invalid_argument ? 400 : 502;
        }
    }

    // Takes the callback: verify, answer, and only then fetch, for the service waits for the answer.
    void verified(const httplib::Request &request, httplib::Response &response)
    {
        try {
            const cloudauth::callback callback =
                cloudauth::parse_callback(request.target, [this](std::string_view id) { return flows_.token(id); });
            work_.enqueue([this, id = std::string(callback.transaction_id())] { finish(id); });
        } catch (const cloudauth::exception &error) {
            response.status = error.kind() == cloudauth::kind::authentication ? 403 : 400;
        }
    }

    // Asks for what no callback told of: a person who walks away causes none, and a crash may have lost one.
    void resume()
    {
        work_.enqueue([this] {
            attempt("resume", [this] {
                for (const std::string &id : flows_.unfinished())
                    attempt(id, [&] { resume(id); });
            });
        });
    }

    // Does what is under way.
    void end() { work_.shutdown(); }

private:
    // Done once for each transaction, however often it is called back.
    void finish(const std::string &id)
    {
        {
            const std::lock_guard lock(mutex_);
            if (!busy_.insert(id).second)
                return;
        }
        if (!flows_.has(id, flows::ended))
            attempt(id, [&] { fetch(id); });
        const std::lock_guard lock(mutex_);
        busy_.erase(id);
    }

    // Goes on where a crash broke off: what is filed is not fetched again.
    void fetch(const std::string &id)
    {
        if (!flows_.has(id, flows::filed)) {
            const cloudauth::started started = flows_.started(id);
            const std::string biz_id(started.merchant_biz_id().value());
            // The callback may come before the result is there.
            const cloudauth::result result = client_.wait_for_result(
                cloudauth::request(biz_id, id).return_image(true).wait_timeout(std::chrono::minutes(1)));
            if (!result.passed_state())
                throw std::runtime_error("the verdict is still to come");
            flows_.write(id, flows::filed, result.to_json());
            const cloudauth::decision decision = result.decision();
            const bool accepted = decision.action() == cloudauth::action::accept;
            std::cerr << id << (accepted ? ": accepted: " : ": not accepted: ") << *decision.reasons().begin() << '\n';
        }
        // Only what is on disk is deleted at the service.
        if (!client_.delete_result({ id, "All" }).deleted())
            throw std::runtime_error("not deleted");
        flows_.write(id, flows::ended, "finished\n");
    }

    void resume(const std::string &id)
    {
        const cloudauth::status status = client_.status(cloudauth::status_request(cloudauth::to_json(flows_.started(id))));
        const std::string state(status.state().value());
        if (state == "finished")
            finish(id);
        else if (state == "abandoned" || state == "expired" || state == "gone")
            flows_.write(id, flows::ended, state + '\n'); // nothing is left to do
    }

    template <class Step>
    static void attempt(const std::string &what, Step step)
    {
        try {
            step();
        } catch (const std::exception &error) {
            std::cerr << what << ": " << error.what() << "; asked again later\n";
        }
    }

    const flows flows_;
    const std::string url_;
    const cloudauth::client client_{ cloudauth::config() };
    std::mutex mutex_;
    std::set<std::string> busy_; // the ids that are being finished
    httplib::ThreadPool work_{ 4 };
};

int main(int argc, char **argv)
{
    if (argc != 4) {
        std::cerr << "usage: callback PORT URL DIR\n";
        return 2;
    }
    // Before there are threads: the signals are main's.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    try {
        shop shop(flows(argv[3]), argv[2]);
        httplib::Server server;
        server.Get("/start", [&](const auto &request, auto &response) { shop.start(request, response); });
        // The documents say GET "by default".
        server.Get("/verified", [&](const auto &request, auto &response) { shop.verified(request, response); });
        server.Post("/verified", [&](const auto &request, auto &response) { shop.verified(request, response); });
        if (!server.bind_to_port("127.0.0.1", std::stoi(argv[1])))
            throw std::runtime_error("cannot listen on that port");
        std::thread listener([&] { server.listen_after_bind(); });
        const timespec quarter{ 15 * 60, 0 };
        do
            shop.resume();
        while (sigtimedwait(&signals, nullptr, &quarter) < 0);
        server.stop();
        listener.join();
        shop.end();
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
    cloudauth::shutdown(std::chrono::seconds(1));
    return 0;
}
