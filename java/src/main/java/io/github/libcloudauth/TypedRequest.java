package io.github.libcloudauth;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request of an operation that has a reply of its own, such as a {@link DeleteResultRequest}. It does not change, and equals
 * another one with the same arguments.
 *
 * @param <T> the reply
 */
public abstract class TypedRequest<T> {
    private final byte[] encoded;
    private final String described;
    private final Map<String, Object> functions;

    TypedRequest(String operation, Builder<?> given) {
        WireWriter out = new WireWriter().text("operation", operation).flag(given.unchecked);
        given.arguments.values().forEach(out::encoded);
        given.parameters.forEach((name, value) -> out.flag(true).text("parameter", name).text(name, value));
        encoded = out.toBytes();
        functions = Map.copyOf(given.functions);
        described = given.described.values().stream().collect(Collectors.joining(", ", getClass().getSimpleName() + "[", "]"));
    }

    abstract T read(WireReader in);

    final byte[] encoded() {
        return encoded;
    }

    /** What the call calls of the host's; {@code null} for nothing. */
    final @Nullable Transfer transfer() {
        return functions.isEmpty() ? null : new Transfer(functions);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other
            || other != null && getClass() == other.getClass() && Arrays.equals(encoded, ((TypedRequest<?>) other).encoded)
                && functions.equals(((TypedRequest<?>) other).functions);
    }

    @Override
    public final int hashCode() {
        return Arrays.hashCode(encoded);
    }

    /** Which arguments were given; the values of flags and of closed lists alone. */
    @Override
    public final String toString() {
        return described;
    }

    /**
     * Makes a {@link TypedRequest}. An argument that is given again counts as it was given last.
     *
     * @param <B> the builder itself
     */
    public abstract static class Builder<B extends Builder<B>> {
        /** By name, so that the order in which they were given makes no difference. */
        private final Map<String, byte[]> arguments = new TreeMap<>();
        private final Map<String, String> described = new TreeMap<>();
        private final Map<String, Object> functions = new TreeMap<>();
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private boolean unchecked;

        Builder() {}

        /** An argument by its name in every language and in Java; {@code toString} shows a value that is one of {@code shown}. */
        final B set(String name, String java, Object value, String... shown) {
            Objects.requireNonNull(value, java);
            arguments.put(name, new WireWriter().flag(false).text(java, name).argument(java, value).toBytes());
            described.put(name, Arrays.asList(shown).contains(value.toString()) ? java + "=" + value : java);
            return self();
        }

        /** An argument that is JSON: a start, its {@code toJson()}, or a value of any shape. */
        final B setJson(String name, String java, Object value) {
            Object json = value instanceof Started ? ((Started) value).toJson() : value;
            return set(name, java, json instanceof byte[] ? new String((byte[]) json, StandardCharsets.UTF_8) : json);
        }

        /** An argument that is code of the host's. */
        final B setFunction(String name, String java, Object function) {
            functions.put(name, Objects.requireNonNull(function, java));
            arguments.put(name, new WireWriter().flag(false).text(java, name).function().toBytes());
            described.put(name, java);
            return self();
        }

        /** Any other parameter of the operation, by its name in the API; given again, the last one counts. */
        public final B parameter(String name, String value) {
            parameters.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return self();
        }

        /** Lets through what the rules of this version refuse: values, and parameters that are newer than this library. */
        public final B unchecked() {
            unchecked = true;
            return self();
        }

        /** The request. */
        public abstract TypedRequest<?> build();

        @SuppressWarnings("unchecked")
        private B self() {
            return (B) this;
        }
    }
}
