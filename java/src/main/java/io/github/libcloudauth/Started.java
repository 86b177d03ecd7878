// Generated from core/schema/typed by `cargo xtask generate`; do not edit.
package io.github.libcloudauth;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reply to a {@link InitializeRequest}. */
public final class Started extends StartedBase {
    private final String requestId;
    private final String region;
    private final String endpoint;
    private final String transactionId;
    private final String transactionUrl;
    private final String protocol;
    private final String clientCfg;
    private final String merchantBizId;
    private final String callbackToken;
    private final String productCode;
    private final Boolean idSpoof;
    private final Boolean docVideo;
    private final String authorize;
    private final String initializedAt;
    private final Map<String, @Nullable Object> extra;
    private final List<Problem> problems;

    Started(WireReader in) {
        requestId = in.text();
        region = in.optionalText();
        endpoint = in.optionalText();
        transactionId = in.optionalText();
        transactionUrl = in.optionalText();
        protocol = in.optionalText();
        clientCfg = in.optionalText();
        merchantBizId = in.optionalText();
        callbackToken = in.optionalText();
        productCode = in.optionalText();
        idSpoof = in.optionalFlag();
        docVideo = in.optionalFlag();
        authorize = in.optionalText();
        initializedAt = in.optionalText();
        extra = in.map(WireReader::value);
        problems = in.list(Problem::new);
    }

    private Started(Builder given) {
        requestId = given.requestId;
        region = given.region;
        endpoint = given.endpoint;
        transactionId = given.transactionId;
        transactionUrl = given.transactionUrl;
        protocol = given.protocol;
        clientCfg = given.clientCfg;
        merchantBizId = given.merchantBizId;
        callbackToken = given.callbackToken;
        productCode = given.productCode;
        idSpoof = given.idSpoof;
        docVideo = given.docVideo;
        authorize = given.authorize;
        initializedAt = given.initializedAt;
        extra = given.extra;
        problems = given.problems;
    }

    /** Makes one by hand, for tests. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@code RequestId}: the service's id of this call; empty where it sent none. */
    public String requestId() {
        return requestId;
    }

    /** the region whose data it is; absent where {@code endpoint} is there. */
    public Optional<String> region() {
        return Optional.ofNullable(region);
    }

    /** the server whose data it is, where that is no region's. */
    public Optional<String> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /** {@code Result.TransactionId}: the service's id of the verification: store it, and trust no other. */
    public Optional<String> transactionId() {
        return Optional.ofNullable(transactionId);
    }

    /** {@code Result.TransactionUrl}: where the browser goes: once, and as it is; Web. */
    public Optional<String> transactionUrl() {
        return Optional.ofNullable(transactionUrl);
    }

    /** {@code Result.Protocol}: for an iframe's {@code startVerify}. */
    public Optional<String> protocol() {
        return Optional.ofNullable(protocol);
    }

    /** {@code Result.ClientCfg}: for the client; pass it on unread. */
    public Optional<String> clientCfg() {
        return Optional.ofNullable(clientCfg);
    }

    /** your own id of the verification. */
    public Optional<String> merchantBizId() {
        return Optional.ofNullable(merchantBizId);
    }

    /** what the callback must carry. */
    public Optional<String> callbackToken() {
        return Optional.ofNullable(callbackToken);
    }

    /** the product. */
    public Optional<String> productCode() {
        return Optional.ofNullable(productCode);
    }

    /** the document is checked for forgery. */
    public Optional<Boolean> idSpoof() {
        return Optional.ofNullable(idSpoof);
    }

    /** a video is kept. */
    public Optional<Boolean> docVideo() {
        return Optional.ofNullable(docVideo);
    }

    /** the authoritative source is asked. */
    public Optional<String> authorize() {
        return Optional.ofNullable(authorize);
    }

    /** when, in UTC, such as {@code 2026-03-01T10:00:00Z}. */
    public Optional<String> initializedAt() {
        return Optional.ofNullable(initializedAt);
    }

    /** every other field of {@code Result}, JSON text in it decoded. */
    public Map<String, @Nullable Object> extra() {
        return extra;
    }

    /** what could not be decoded; the rest of the reply stands. */
    public List<Problem> problems() {
        return problems;
    }

    @Override
    void describe(Fields out) {
        out.show("request_id", requestId)
            .show("region", region)
            .show("endpoint", endpoint)
            .add("transaction_id", transactionId)
            .add("transaction_url", transactionUrl)
            .add("protocol", protocol)
            .add("client_cfg", clientCfg)
            .add("merchant_biz_id", merchantBizId)
            .add("callback_token", callbackToken)
            .show("product_code", productCode)
            .show("id_spoof", idSpoof)
            .show("doc_video", docVideo)
            .show("authorize", authorize)
            .show("initialized_at", initializedAt)
            .add("extra", extra)
            .add("problems", problems);
    }

    /** Makes a {@link Started}; what is not given is absent. */
    public static final class Builder {
        private String requestId = "";
        private String region;
        private String endpoint;
        private String transactionId;
        private String transactionUrl;
        private String protocol;
        private String clientCfg;
        private String merchantBizId;
        private String callbackToken;
        private String productCode;
        private Boolean idSpoof;
        private Boolean docVideo;
        private String authorize;
        private String initializedAt;
        private Map<String, @Nullable Object> extra = Map.of();
        private List<Problem> problems = List.of();

        private Builder() {}

        /** {@link Started#requestId()}. */
        public Builder requestId(String requestId) {
            this.requestId = Objects.requireNonNull(requestId, "requestId");
            return this;
        }

        /** {@link Started#region()}. */
        public Builder region(String region) {
            this.region = Objects.requireNonNull(region, "region");
            return this;
        }

        /** {@link Started#endpoint()}. */
        public Builder endpoint(String endpoint) {
            this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
            return this;
        }

        /** {@link Started#transactionId()}. */
        public Builder transactionId(String transactionId) {
            this.transactionId = Objects.requireNonNull(transactionId, "transactionId");
            return this;
        }

        /** {@link Started#transactionUrl()}. */
        public Builder transactionUrl(String transactionUrl) {
            this.transactionUrl = Objects.requireNonNull(transactionUrl, "transactionUrl");
            return this;
        }

        /** {@link Started#protocol()}. */
        public Builder protocol(String protocol) {
            this.protocol = Objects.requireNonNull(protocol, "protocol");
            return this;
        }

        /** {@link Started#clientCfg()}. */
        public Builder clientCfg(String clientCfg) {
            this.clientCfg = Objects.requireNonNull(clientCfg, "clientCfg");
            return this;
        }

        /** {@link Started#merchantBizId()}. */
        public Builder merchantBizId(String merchantBizId) {
            this.merchantBizId = Objects.requireNonNull(merchantBizId, "merchantBizId");
            return this;
        }

        /** {@link Started#callbackToken()}. */
        public Builder callbackToken(String callbackToken) {
            this.callbackToken = Objects.requireNonNull(callbackToken, "callbackToken");
            return this;
        }

        /** {@link Started#productCode()}. */
        public Builder productCode(String productCode) {
            this.productCode = Objects.requireNonNull(productCode, "productCode");
            return this;
        }

        /** {@link Started#idSpoof()}. */
        public Builder idSpoof(boolean idSpoof) {
            this.idSpoof = idSpoof;
            return this;
        }

        /** {@link Started#docVideo()}. */
        public Builder docVideo(boolean docVideo) {
            this.docVideo = docVideo;
            return this;
        }

        /** {@link Started#authorize()}. */
        public Builder authorize(String authorize) {
            this.authorize = Objects.requireNonNull(authorize, "authorize");
            return this;
        }

        /** {@link Started#initializedAt()}. */
        public Builder initializedAt(String initializedAt) {
            this.initializedAt = Objects.requireNonNull(initializedAt, "initializedAt");
            return this;
        }

        /** {@link Started#extra()}. */
        public Builder extra(Map<String, ?> extra) {
            this.extra = Values.copy(Objects.requireNonNull(extra, "extra"), Values::copy);
            return this;
        }

        /** {@link Started#problems()}. */
        public Builder problems(List<Problem> problems) {
            this.problems = Values.copy(Objects.requireNonNull(problems, "problems"), Objects::requireNonNull);
            return this;
        }

        /** What was given, as one. */
        public Started build() {
            return new Started(this);
        }
    }
}
