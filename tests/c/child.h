/* The end of a forked child. */
#ifndef CHILD_H
#define CHILD_H

#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__has_include)
#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#endif
#endif

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

#endif
