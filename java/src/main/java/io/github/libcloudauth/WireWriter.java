package io.github.libcloudauth;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes what the native library reads; {@code java/native/src/wire.rs} says how. */
final class WireWriter {
    /** Lists and maps inside each other; none of the API's is near it, and one that holds itself ends. */
    private static final int MAX_DEPTH = 64;

    private byte[] bytes = new byte[128];
    private int length;

    WireWriter flag(boolean flag) {
        return single(flag ? 1 : 0);
    }

    private WireWriter single(int mark) {
        reserve(1);
        bytes[length++] = (byte) mark;
        return this;
    }

    private void length(int count) {
        reserve(Integer.BYTES);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (count >>> shift);
        }
    }

    WireWriter number(long number) {
        reserve(Long.BYTES);
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (number >>> shift);
        }
        return this;
    }

    /** A text under the name that an error gives it. */
    WireWriter text(String name, String text) {
        validate(name, text);
        // It may be a secret: no copy of it stays behind.
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        length(encoded.length);
        encoded(encoded);
        Arrays.fill(encoded, (byte) 0);
        return this;
    }

    /** What another writer wrote. */
    WireWriter encoded(byte[] encoded) {
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
        return this;
    }

    /** A client's option of that name; {@code java/native/src/wire.rs} has the marks. */
    WireWriter option(String name, Object value) {
        text("options", name);
        if (value instanceof Boolean) {
            return single(0).flag((Boolean) value);
        } else if (value instanceof Number) {
            return single(1).number(((Number) value).longValue());
        } else if (value instanceof Duration) {
            return single(2).number(nanoseconds((Duration) value));
        }
        return single(3).text(name, value.toString());
    }

    WireWriter optionalText(String name, String text) {
        flag(text != null);
        return text == null ? this : text(name, text);
    }

    WireWriter optionalFlag(Boolean flag) {
        flag(flag != null);
        return flag == null ? this : flag(flag);
    }

    WireWriter optionalDouble(Double number) {
        flag(number != null);
        return number == null ? this : number(Double.doubleToRawLongBits(number));
    }

    /** A function of the host's, which stays in Java. */
    WireWriter function() {
        return single(10);
    }

    /** A picture's bytes, or a value of any other shape. */
    WireWriter argument(String name, Object value) {
        if (value instanceof byte[]) {
            single(9).length(((byte[]) value).length);
            return encoded((byte[]) value);
        }
        return value(name, value);
    }

    /** A value of any shape under that name; {@link WireReader#value} has the marks. A number is its text. */
    WireWriter value(String name, Object value) {
        return value(name, value, MAX_DEPTH);
    }

    private WireWriter value(String name, Object value, int depth) {
        if (value == null) {
            return single(0);
        } else if (value instanceof Boolean) {
            return single((Boolean) value ? 2 : 1);
        } else if (value instanceof Number) {
            return single(4).text(name, String.valueOf(value));
        } else if (value instanceof String) {
            return single(6).text(name, (String) value);
        } else if (depth == 0 && (value instanceof List || value instanceof Map)) {
            throw CloudAuthException.invalidArgument(name, "must not be nested deeper than " + MAX_DEPTH);
        } else if (value instanceof List) {
            Object[] items = ((List<?>) value).toArray();
            single(7).length(items.length);
            for (Object item : items) {
                value(name, item, depth - 1);
            }
            return this;
        } else if (value instanceof Map) {
            Map<?, ?> fields = new LinkedHashMap<>((Map<?, ?>) value);
            single(8).length(fields.size());
            fields.forEach((key, item) -> {
                if (!(key instanceof String)) {
                    throw CloudAuthException.invalidArgument(name, "must have keys that are a String");
                }
                text(name, (String) key).value(name, item, depth - 1);
            });
            return this;
        }
        String type = value.getClass().getName();
        throw CloudAuthException.invalidArgument(name, "must be a String, Number, Boolean, List, Map or null, not " + type);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Hands the bytes over in an array that is wiped afterwards, as this writer is: there are keys among them. */
    <T> T handOver(Function<byte[], T> to) {
        byte[] encoded = toBytes();
        clear();
        try {
            return to.apply(encoded);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Wipes what was written. */
    void clear() {
        Arrays.fill(bytes, 0, length, (byte) 0);
        length = 0;
    }

    /** Nanoseconds of a time limit: 0 and less is one that is over, {@code null} none that was given: -1. */
    static long timeLimit(Duration limit) {
        if (limit == null) {
            return -1;
        }
        return limit.isNegative() ? 0 : nanoseconds(limit);
    }

    /** Nanoseconds of an option; 0 where nothing was said. What is longer than 292 years is that long, and means no limit. */
    static long nanoseconds(Duration duration) {
        if (duration == null) {
            return 0;
        }
        try {
            return duration.toNanos();
        } catch (ArithmeticException beyond) {
            return duration.isNegative() ? -1 : Long.MAX_VALUE;
        }
    }

    /** UTF-8 has no half characters, and {@link String#getBytes} would send a question mark in their place. */
    private static void validate(String name, String text) {
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            if (!Character.isSurrogate(unit)) {
                continue;
            }
            boolean paired = Character.isHighSurrogate(unit) && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
            if (!paired) {
                throw CloudAuthException.invalidArgument(name, "must be Unicode text, without lone surrogates");
            }
            index++;
        }
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            byte[] outgrown = bytes;
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
            Arrays.fill(outgrown, (byte) 0);
        }
    }
}
