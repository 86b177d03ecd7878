#include "decode.h"

#include <cjson/cJSON.h>
#include <openssl/evp.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_yes(const cJSON *object, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    return text && strcmp(text, "Y") == 0;
}

/* JSON text in a string, parsed again; the caller deletes it. NULL where there is none. */
static cJSON *nested(const cJSON *object, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    return text ? cJSON_Parse(text) : NULL;
}

/* The bytes of base64, which the caller frees. */
static unsigned char *from_base64(const char *text, size_t *length)
{
    size_t characters = strlen(text);
    if (characters == 0 || characters % 4 != 0 || characters > INT_MAX)
        return NULL;
    unsigned char *bytes = malloc(characters / 4 * 3);
    int decoded = bytes ? EVP_DecodeBlock(bytes, (const unsigned char *)text, (int)characters) : -1;
    if (decoded < 0) {
        free(bytes);
        return NULL;
    }
    /* EVP_DecodeBlock counts the padding as zeros. */
    *length = (size_t)decoded - (text[characters - 1] == '=') - (text[characters - 2] == '=');
    return bytes;
}

static bool take_image(const cJSON *object, const char *name, struct outcome *outcome)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    if (!text)
        return true;
    size_t length;
    unsigned char *bytes = from_base64(text, &length);
    if (!bytes)
        return false;
    if (length > 2 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0) {
        outcome->images++;
        outcome->image_bytes += length;
    }
    free(bytes);
    return true;
}

static bool take_page(const cJSON *page, struct outcome *outcome)
{
    cJSON *fields = nested(page, "ocrIdInfo"), *spoof = nested(page, "spoofInfo");
    const char *surname = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(fields, "surname"));
    if (surname)
        snprintf(outcome->surname, sizeof outcome->surname, "%s", surname);
    bool taken = fields && spoof && take_image(page, "idImage", outcome);
    cJSON_Delete(spoof);
    cJSON_Delete(fields);
    return taken;
}

bool decode(const char *body, size_t length, struct outcome *outcome)
{
    cJSON *root = cJSON_ParseWithLength(body, length);
    const char *code = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(root, "Code"));
    const cJSON *result = cJSON_GetObjectItemCaseSensitive(root, "Result");
    cJSON *face = nested(result, "ExtFaceInfo"), *document = nested(result, "ExtIdInfo");
    bool decoded = code && strcmp(code, "Success") == 0 && face && document;
    if (decoded) {
        outcome->passed = is_yes(result, "Passed");
        const cJSON *score = cJSON_GetObjectItemCaseSensitive(face, "faceComparisonScore");
        outcome->comparison_score = cJSON_IsNumber(score) ? score->valuedouble : 0;
        decoded = take_image(face, "faceImg", outcome);
        const cJSON *page;
        cJSON_ArrayForEach(page, cJSON_GetObjectItemCaseSensitive(document, "ocrIdInfoData"))
            decoded = decoded && take_page(page, outcome);
    }
    cJSON_Delete(document);
    cJSON_Delete(face);
    cJSON_Delete(root);
    return decoded;
}
