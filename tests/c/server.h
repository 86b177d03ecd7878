/* A server that takes connections and never says a word: calls to it are in flight for as long as a test likes. */
#ifndef SERVER_H
#define SERVER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support.h"

typedef struct silent_server {
    int socket;
    char endpoint[64];
} silent_server;

static inline silent_server silent(void) {
    silent_server server = {.socket = socket(AF_INET, SOCK_STREAM, 0)};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    CHECK(server.socket >= 0 && bind(server.socket, (struct sockaddr *)&address, sizeof address) == 0);
    CHECK(listen(server.socket, 128) == 0 && getsockname(server.socket, (struct sockaddr *)&address, &len) == 0);
    snprintf(server.endpoint, sizeof server.endpoint, "http://127.0.0.1:%d", ntohs(address.sin_port));
    return server;
}

#endif
