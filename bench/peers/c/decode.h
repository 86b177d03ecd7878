/* A CheckResult body with cJSON, its images with OpenSSL. */
#ifndef DECODE_H
#define DECODE_H

#include "client.h"

bool decode(const char *body, size_t length, struct outcome *outcome);

#endif
