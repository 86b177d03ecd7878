// Generated from core/schema/codes.toml by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.Locale;

/** What a merchant's program should do first with a finished verification. */
public enum Action {
    /** Let the person in. */
    ACCEPT,
    /** Let the person try again. */
    RETRY,
    /** Have a human look. */
    REVIEW,
    /** Turn the person away. */
    REJECT;

    static Action of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The name in every language, e.g. {@code accept}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
