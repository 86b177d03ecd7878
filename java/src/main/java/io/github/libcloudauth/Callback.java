package io.github.libcloudauth;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The service's call of {@code CallbackUrl}, verified by its token: it says that a verification has ended, and never how. Fetch
 * the result of the transaction that you stored. {@link CloudAuth#parseCallback(String, String)} gives one.
 */
public final class Callback extends ValueObject {
    private final String transactionId;
    private final Map<String, String> parameters;

    private Callback(WireReader in) {
        transactionId = in.text();
        parameters = in.map(WireReader::text);
    }

    /** The query is wiped: it holds the token. */
    static Callback parse(WireWriter query, Function<? super String, ? extends @Nullable String> token) {
        NativeLibrary.require();
        return query.handOver(encoded -> {
            Callback callback = Reply.of(Native.parseCallback(encoded)).value(Callback::new);
            WireWriter expected = new WireWriter().optionalText("token", token.apply(callback.transactionId));
            Reply.of(expected.<Object[]>handOver(known -> Native.verifyCallback(encoded, known))).check();
            return callback;
        });
    }

    static WireWriter encoded(@Nullable String query) {
        return new WireWriter().optionalText("query", Objects.requireNonNullElse(query, ""));
    }

    static WireWriter encoded(Map<String, ?> query) {
        WireWriter out = new WireWriter().flag(false);
        Objects.requireNonNull(query, "query").forEach((name, value) -> {
            Objects.requireNonNull(name, "query: a name");
            if (value instanceof Object[]) {
                Arrays.asList((Object[]) value).forEach(one -> pair(out, name, one));
            } else if (value instanceof Collection) {
                ((Collection<?>) value).forEach(one -> pair(out, name, one));
            } else {
                pair(out, name, value);
            }
        });
        return out;
    }

    private static void pair(WireWriter out, String name, Object value) {
        if (value != null && !(value instanceof String)) {
            throw CloudAuthException.invalidArgument("query",
                "must have values that are a String, a String[] or a Collection of String, not " + value.getClass().getName());
        }
        out.text("query", name).text("query", value == null ? "" : (String) value);
    }

    /** The transaction that ended. */
    public String transactionId() {
        return transactionId;
    }

    /**
     * Every parameter but the token: the service's own as {@code transactionId}, {@code passed} and {@code subcode}, whatever
     * spelling came, the others as they came. {@code passed} and {@code subcode} are no verdict: whoever called may have written
     * them.
     */
    public Map<String, String> parameters() {
        return parameters;
    }

    @Override
    void describe(Fields out) {
        out.add("transaction_id", transactionId).add("parameters", parameters);
    }
}
