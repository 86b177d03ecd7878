package io.github.libcloudauth;

import java.util.Objects;
import java.util.Optional;

/** What needs no client and no server. */
public final class CloudAuth {
    private CloudAuth() {}

    /**
     * Decodes a stored {@code CheckResult} body. Its HTTP status is not known, so only its {@code Code} is judged.
     *
     * @throws CloudAuthException where the body is no result
     */
    public static CheckResult decode(byte[] body) {
        Objects.requireNonNull(body, "body");
        NativeLibrary.require();
        return Reply.of(Native.decode(body)).value(CheckResult::new);
    }

    /** What a SubCode, a response code or a kind's name means; empty where it is none that is known. */
    public static Optional<Explanation> explain(String code) {
        Objects.requireNonNull(code, "code");
        NativeLibrary.require();
        Reply reply = Reply.of(Native.explain(new WireWriter().text("code", code).toBytes()));
        return reply.isEnd() ? Optional.empty() : Optional.of(reply.value(Explanation::new));
    }

    /** The version of the native library. */
    public static String version() {
        NativeLibrary.require();
        return Reply.of(Native.version()).value(WireReader::text);
    }
}
