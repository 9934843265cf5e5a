#include "base/utf8.h"

bool utf8_continues(char byte) {
    return ((unsigned char)byte & 0xC0u) == 0x80u;
}

size_t utf8_letters(const char *text, size_t bytes) {
    size_t letters = 0;
    for (size_t i = 0; i < bytes && text[i] != '\0'; i++) {
        letters += !utf8_continues(text[i]);
    }
    return letters;
}

size_t utf8_bytes(const char *text, size_t letters) {
    size_t bytes = 0;
    for (size_t begun = 0; text[bytes] != '\0'; bytes++) {
        begun += !utf8_continues(text[bytes]);
        if (begun > letters) {
            break;
        }
    }
    return bytes;
}
