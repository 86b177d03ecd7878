package io.github.libcloudauth;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads what the native library wrote; {@code java/native/src/wire.rs} says how. */
final class WireReader {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Object[] message;
    private final byte[] bytes;
    private int at;
    private int beside;

    WireReader(Object[] message) {
        this.message = message;
        this.bytes = (byte[]) message[0];
    }

    int single() {
        return bytes[at++];
    }

    boolean flag() {
        return bytes[at++] != 0;
    }

    long number() {
        long number = (long) LONG.get(bytes, at);
        at += Long.BYTES;
        return number;
    }

    String text() {
        int length = length();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** The next picture's or body's own array. */
    byte[] bytes() {
        return (byte[]) message[++beside];
    }

    /** The next exception of the host's; {@code null} where there is none. */
    Throwable optionalThrown() {
        return flag() ? (Throwable) message[++beside] : null;
    }

    Boolean optionalFlag() {
        return flag() ? (Boolean) flag() : null;
    }

    Long optionalNumber() {
        return flag() ? (Long) number() : null;
    }

    Double optionalDouble() {
        return flag() ? (Double) real() : null;
    }

    String optionalText() {
        return flag() ? text() : null;
    }

    <T> T optional(Function<WireReader, T> read) {
        return flag() ? read.apply(this) : null;
    }

    <T> List<T> list(Function<WireReader, T> read) {
        int count = length();
        List<T> list = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            list.add(read.apply(this));
        }
        return Collections.unmodifiableList(list);
    }

    <T> Map<String, T> map(Function<WireReader, T> read) {
        int count = length();
        if (count == 0) {
            return Collections.emptyMap();
        }
        Map<String, T> map = Values.map(count);
        for (int index = 0; index < count; index++) {
            String name = text();
            map.put(name, read.apply(this));
        }
        return Collections.unmodifiableMap(map);
    }

    /** A value of any shape, as Java's own types. */
    Object value() {
        switch (single()) {
            case 0:
                return null;
            case 1:
                return false;
            case 2:
                return true;
            case 3:
                return number();
            case 4:
                return new BigInteger(text());
            case 5:
                return real();
            case 6:
                return text();
            case 7:
                return list(WireReader::value);
            default:
                return map(WireReader::value);
        }
    }

    private double real() {
        return Double.longBitsToDouble(number());
    }

    private int length() {
        int length = (int) INT.get(bytes, at);
        at += Integer.BYTES;
        return length;
    }
}
