// Generated from core/schema/typed by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

/** Does nothing but answer. It keeps a connection ready; the service advises one every 5 seconds where calls are rare. */
public final class KeepAliveRequest extends TypedRequest<KeepAlive> {
    private KeepAliveRequest(Builder given) {
        super("keep_alive", given);
    }

    /** A request with every default. It is checked when the call is made. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@link #builder} and nothing else. */
    public static KeepAliveRequest of() {
        return builder().build();
    }

    @Override
    KeepAlive read(WireReader in) {
        return new KeepAlive(in);
    }

    /** Makes a {@link KeepAliveRequest}. */
    public static final class Builder extends TypedRequest.Builder<Builder> {
        private Builder() {}

        @Override
        public KeepAliveRequest build() {
            return new KeepAliveRequest(this);
        }
    }
}
