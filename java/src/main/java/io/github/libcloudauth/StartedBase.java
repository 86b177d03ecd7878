package io.github.libcloudauth;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/** What a start does beside giving its fields. */
abstract class StartedBase extends ValueObject {
    /** Of the call that gave it; they are not stored. */
    private static final Set<String> OF_THE_CALL = Set.of("request_id", "extra", "problems");

    StartedBase() {}

    /**
     * Reads what {@link #toJson()} wrote, or its like in another language. {@code requestId}, {@code extra} and {@code problems}
     * are of the call and are not stored.
     *
     * @throws CloudAuthException of kind {@code invalid_argument}: it is anything else
     */
    public static Started fromJson(byte[] json) {
        Objects.requireNonNull(json, "json");
        NativeLibrary.require();
        return Reply.of(Native.startedFromJson(json)).value(Started::new);
    }

    /**
     * The start as one line of JSON, UTF-8, for {@link #fromJson} and its likes in every language. It holds the callback's token
     * and the transaction's URL: protect it as you protect them.
     *
     * @throws CloudAuthException of kind {@code invalid_argument}: the service sent no transaction id
     */
    public byte[] toJson() {
        NativeLibrary.require();
        WireWriter out = new WireWriter();
        Fields fields = parts();
        for (String name : fields.names) {
            if (!OF_THE_CALL.contains(name)) {
                out.text("started", name).value(name, fields.values.get(fields.names.indexOf(name)));
            }
        }
        String json = Reply.of(out.<Object[]>handOver(Native::startedToJson)).value(WireReader::text);
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
