/* Control calls to an emulator: plain HTTP, one connection each. */
#ifndef CONTROL_H
#define CONTROL_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support.h"

/* Makes a control call of the emulator at `endpoint` (http://127.0.0.1:PORT) and keeps its reply, head and body. */
static inline void control(const char *endpoint, const char *method, const char *name, const char *body, char *reply, size_t size) {
    const char *port = strrchr(endpoint, ':');
    CHECK(port);
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)atoi(port + 1))};
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connection >= 0 && connect(connection, (struct sockaddr *)&address, sizeof address) == 0);
    char request[1024];
    int len = snprintf(request, sizeof request,
                       "%s /control/%s HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-length: %zu\r\n\r\n%s", method,
                       name, strlen(body), body);
    CHECK(len > 0 && (size_t)len < sizeof request && write(connection, request, (size_t)len) == len);
    size_t got = 0;
    for (ssize_t more; (more = read(connection, reply + got, size - 1 - got)) > 0;) got += (size_t)more;
    reply[got] = 0;
    close(connection);
    CHECK(strncmp(reply, "HTTP/1.1 200 ", 13) == 0);
}

/* A counter of GET /control/stats. */
static inline long counted(const char *endpoint, const char *name) {
    char reply[65536], key[64];
    control(endpoint, "GET", "stats", "", reply, sizeof reply);
    snprintf(key, sizeof key, "\"%s\":", name);
    const char *found = strstr(reply, key);
    CHECK(found);
    return atol(found + strlen(key));
}

#endif
