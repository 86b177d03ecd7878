package io.github.libcloudauth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Asks for the outcome of one verification. */
public final class CheckRequest {
    private final String transactionId;
    private final byte[] encoded;

    private CheckRequest(Builder builder) {
        transactionId = builder.transactionId;
        WireWriter out = new WireWriter()
            .text("merchantBizId", builder.merchantBizId)
            .text("transactionId", builder.transactionId)
            .flag(builder.returnImage)
            .flag(builder.unchecked)
            .optionalText("extraImageControlList", builder.extraImageControlList)
            .optionalFlag(builder.returnFiveCategorySpoofResult);
        builder.parameters.forEach((name, value) -> out.text("parameter", name).text(name, value));
        encoded = out.toBytes();
    }

    /**
     * A request with every default; its two ids are validated when the call is made.
     *
     * @param merchantBizId 1 to 32 letters and digits, the merchant's own
     * @param transactionId as {@code Initialize} gave it to the server
     */
    public static Builder builder(String merchantBizId, String transactionId) {
        return new Builder(merchantBizId, transactionId);
    }

    /** A request with every default: the result comes without pictures. */
    public static CheckRequest of(String merchantBizId, String transactionId) {
        return builder(merchantBizId, transactionId).build();
    }

    /** Which verification it asks for. */
    public String transactionId() {
        return transactionId;
    }

    byte[] encoded() {
        return encoded;
    }

    @Override
    public String toString() {
        return "CheckRequest[…]";
    }

    /** Makes a {@link CheckRequest}. */
    public static final class Builder {
        private final String merchantBizId;
        private final String transactionId;
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private boolean returnImage;
        private boolean unchecked;
        private String extraImageControlList;
        private Boolean returnFiveCategorySpoofResult;

        private Builder(String merchantBizId, String transactionId) {
            this.merchantBizId = Objects.requireNonNull(merchantBizId, "merchantBizId");
            this.transactionId = Objects.requireNonNull(transactionId, "transactionId");
        }

        /** {@code IsReturnImage}: whether pictures come with the result. They do not, unless asked for. */
        public Builder returnImage(boolean returnImage) {
            this.returnImage = returnImage;
            return this;
        }

        /** {@code ExtraImageControlList}: which further pictures to return, in the service's own notation. */
        public Builder extraImageControlList(String list) {
            extraImageControlList = Objects.requireNonNull(list, "list");
            return this;
        }

        /** {@code ReturnFiveCategorySpoofResult}: whether the finer document checks come with the result. */
        public Builder returnFiveCategorySpoofResult(boolean wanted) {
            returnFiveCategorySpoofResult = wanted;
            return this;
        }

        /** Any other parameter of the operation, by its name in the API; given again, the last one counts. */
        public Builder parameter(String name, String value) {
            parameters.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Lets through parameters that are newer than this library. */
        public Builder unchecked() {
            unchecked = true;
            return this;
        }

        /** The request. */
        public CheckRequest build() {
            return new CheckRequest(this);
        }
    }
}
