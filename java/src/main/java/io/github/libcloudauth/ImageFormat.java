package io.github.libcloudauth;

import java.util.Locale;

/** What a picture's first bytes say it is; the rest may still be broken. */
public enum ImageFormat {
    /** JPEG. */
    JPEG,
    /** PNG. */
    PNG,
    /** WebP. */
    WEBP,
    /** GIF. */
    GIF,
    /** Windows bitmap. */
    BMP,
    /** None of the others. */
    UNKNOWN;

    /** Lower-case, as in canonical JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
