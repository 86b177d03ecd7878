/* A forked child, from its beginning to its end. */
#ifndef CHILD_H
#define CHILD_H

#include <dirent.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support.h"

#if defined(__has_include)
#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#endif
#endif

#define CHILD_MS 30000

/* Says whether a thread of this process beside the main one is at work. */
static inline bool others_run(void) {
    bool run = false;
    DIR *threads = opendir("/proc/self/task");
    CHECK(threads);
    for (struct dirent *thread; (thread = readdir(threads));) {
        char path[300], state = 'S';
        if (thread->d_name[0] == '.' || atol(thread->d_name) == (long)getpid()) continue;
        snprintf(path, sizeof path, "/proc/self/task/%s/stat", thread->d_name);
        FILE *stat = fopen(path, "r");
        if (!stat) continue;
        if (fscanf(stat, "%*d (%*[^)]) %c", &state) == 1) run |= state != 'S';
        fclose(stat);
    }
    closedir(threads);
    return run;
}

/* AddressSanitizer's own locks are not free in the child of a process whose threads allocate: under it the others must sleep
   while the main thread forks. */
static inline bool quiet(void) {
    return getenv("CLOUDAUTH_TEST_QUIET_FORK") != NULL;
}

static inline void wait_for_quiet(void) {
    for (int asleep = 0, waited = 0; asleep < 5; waited++) {
        CHECK(waited < CHILD_MS);
        asleep = others_run() ? 0 : asleep + 1;
        wait_ms(1);
    }
}

/* Forks. */
static inline pid_t begin_child(void) {
    fflush(NULL);
    if (quiet()) wait_for_quiet();
    pid_t child = fork();
    CHECK(child >= 0);
    return child;
}

/* Ends the child. What it inherited of the parent's other threads is left where it lies, by design, and is no leak: under
   Valgrind a child without other errors goes before leaks are looked for. */
static inline void end_child(void) {
#ifdef VALGRIND_COUNT_ERRORS
    if (RUNNING_ON_VALGRIND && VALGRIND_COUNT_ERRORS == 0) kill(getpid(), SIGKILL);
#endif
    _exit(0);
}

static inline bool ended_well(int status) {
#ifdef VALGRIND_COUNT_ERRORS
    if (RUNNING_ON_VALGRIND) return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
#endif
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The child must end well, and in time. */
static inline void await_child(pid_t child) {
    for (int waited = 0, status = 0;; waited++) {
        if (waitpid(child, &status, WNOHANG) == child) {
            CHECK(ended_well(status));
            return;
        }
        if (waited == CHILD_MS) {
            kill(child, SIGKILL);
            CHECK(!"the child hangs");
        }
        wait_ms(1);
    }
}

#endif
