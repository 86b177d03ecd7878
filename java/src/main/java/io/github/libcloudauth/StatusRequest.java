// Generated from core/schema/typed by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

/**
 * Says where a verification stands, by CheckResult. Where that leaves it open, CheckVerifyLog is asked as well, within the
 * same call.
 */
public final class StatusRequest extends TypedRequest<Status> {
    private StatusRequest(Builder given) {
        super("status", given);
    }

    /**
     * A request with every default. It is checked when the call is made.
     *
     * @param started what {@code initialize} gave at the same region or endpoint: its JSON, or the reply as an object
     */
    public static Builder builder(Object started) {
        return new Builder(started);
    }

    /** {@link #builder} and nothing else. */
    public static StatusRequest of(Object started) {
        return builder(started).build();
    }

    @Override
    Status read(WireReader in) {
        return new Status(in);
    }

    /** Makes a {@link StatusRequest}. */
    public static final class Builder extends TypedRequest.Builder<Builder> {
        private Builder(Object started) {
            setJson("started", "started", started);
        }

        @Override
        public StatusRequest build() {
            return new StatusRequest(this);
        }
    }
}
