package io.github.libcloudauth;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What needs no client and no server. */
public final class CloudAuth {
    private CloudAuth() {}

    /**
     * Decodes a stored {@code CheckResult} body. Its HTTP status is not known, so only its {@code Code} is checked.
     *
     * @throws CloudAuthException where the body is no result
     */
    public static CheckResult decode(byte[] body) {
        Objects.requireNonNull(body, "body");
        NativeLibrary.require();
        return Reply.of(Native.decode(body)).value(CheckResult::new);
    }

    /**
     * Holds each file of an archive against its manifest; links in the folder are not followed.
     *
     * @throws CloudAuthException of kind {@code io}: the folder cannot be read; of kind {@code invalid_argument}: its path
     *     is empty, or a newer version wrote the manifest
     */
    public static ArchiveReport verifyArchive(Path folder) {
        Objects.requireNonNull(folder, "folder");
        NativeLibrary.require();
        byte[] encoded = new WireWriter().text("folder", folder.toString()).toBytes();
        return Reply.of(Native.verifyArchive(encoded)).value(ArchiveReport::new);
    }

    /** What a SubCode, a response code, a code of the client or a kind's name means; empty where it is none that is known. */
    public static Optional<Explanation> explain(String code) {
        Objects.requireNonNull(code, "code");
        NativeLibrary.require();
        Reply reply = Reply.of(Native.explain(new WireWriter().text("code", code).toBytes()));
        return reply.isEnd() ? Optional.empty() : Optional.of(reply.value(Explanation::new));
    }

    /**
     * Reads the service's call of {@code CallbackUrl} and verifies its token, in a time that does not depend on where two tokens
     * differ.
     *
     * <pre>{@code
     * Callback callback = CloudAuth.parseCallback(request.getQueryString(), id -> orders.callbackToken(id));
     * }</pre>
     *
     * @param query the query with or without its {@code ?}, or the URL that was called, whole or from its path on; {@code null},
     *     as {@code HttpServletRequest.getQueryString()} gives it, is an empty one
     * @param token the {@code CallbackToken} that {@code Initialize} was given
     * @throws CloudAuthException of kind {@code authentication}: the token is wrong or missing; of kind {@code invalid_argument}:
     *     the query is no callback
     */
    public static Callback parseCallback(@Nullable String query, String token) {
        Objects.requireNonNull(token, "token");
        return Callback.parse(Callback.encoded(query), transactionId -> token);
    }

    /**
     * {@link #parseCallback(String, String)} with the token of each transaction.
     *
     * @param token gives the token of a transaction id, {@code null} where it knows none: then the callback is refused. An
     *     exception that it throws comes out of this method
     */
    public static Callback parseCallback(@Nullable String query, Function<? super String, ? extends @Nullable String> token) {
        Objects.requireNonNull(token, "token");
        return Callback.parse(Callback.encoded(query), token);
    }

    /**
     * {@link #parseCallback(String, String)} of a query that a web framework decoded.
     *
     * @param query each value a {@code String}, or a {@code String[]} or {@code Collection} of them, as of
     *     {@code ServletRequest.getParameterMap()} and Spring's {@code MultiValueMap}; {@code null} is a name without a value
     */
    public static Callback parseCallback(Map<String, ?> query, String token) {
        Objects.requireNonNull(token, "token");
        return Callback.parse(Callback.encoded(query), transactionId -> token);
    }

    /** {@link #parseCallback(Map, String)} with the token of each transaction, as {@link #parseCallback(String, Function)} has it. */
    public static Callback parseCallback(Map<String, ?> query, Function<? super String, ? extends @Nullable String> token) {
        Objects.requireNonNull(token, "token");
        return Callback.parse(Callback.encoded(query), token);
    }

    /** The version of the native library. */
    public static String version() {
        NativeLibrary.require();
        return Reply.of(Native.version()).value(WireReader::text);
    }
}
