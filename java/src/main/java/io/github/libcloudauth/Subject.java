// Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.Locale;

/** What an {@link Explanation} explains. */
public enum Subject {
    /** The outcome of a verification. */
    SUB_CODE,
    /** A code of the reply. */
    RESPONSE_CODE,
    /** A kind of error. */
    KIND,
    /** A code of the person's app or page, which is no verdict. */
    CLIENT_CODE;

    static Subject of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The name in every language, e.g. {@code sub_code}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
