// Generated from core/schema/typed by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

/**
 * Fetches what the end user did. The service has it about 30 minutes after the start, for 30 days, and only for products with
 * a client.
 */
public final class VerifyLogRequest extends TypedRequest<VerifyLog> {
    private VerifyLogRequest(Builder given) {
        super("verify_log", given);
    }

    /**
     * A request with every default. It is checked when the call is made.
     *
     * @param merchantBizId the merchant's own id of the verification, as it was given at the start
     * @param transactionId the service's id of the verification, as the start gave it to the server
     */
    public static Builder builder(String merchantBizId, String transactionId) {
        return new Builder(merchantBizId, transactionId);
    }

    /** {@link #builder} and nothing else. */
    public static VerifyLogRequest of(String merchantBizId, String transactionId) {
        return builder(merchantBizId, transactionId).build();
    }

    @Override
    VerifyLog read(WireReader in) {
        return new VerifyLog(in);
    }

    /** Makes a {@link VerifyLogRequest}. */
    public static final class Builder extends TypedRequest.Builder<Builder> {
        private Builder(String merchantBizId, String transactionId) {
            set("merchant_biz_id", "merchantBizId", merchantBizId);
            set("transaction_id", "transactionId", transactionId);
        }

        @Override
        public VerifyLogRequest build() {
            return new VerifyLogRequest(this);
        }
    }
}
