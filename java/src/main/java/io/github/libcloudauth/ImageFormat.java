// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.
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

    static ImageFormat of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The name in every language, e.g. {@code jpeg}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
