package io.github.libcloudauth;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Values of any shape, as a reply's are: of Java's own types, and not to be changed. */
final class Values {
    private Values() {}

    /** Says how many entries it has: what is in them is nobody's business in a log. */
    private static final class Silent<T> extends LinkedHashMap<String, T> {
        private static final long serialVersionUID = 1L;

        private Silent(int capacity) {
            super(capacity);
        }

        @Override
        public String toString() {
            return size() == 1 ? "{1 entry}" : "{" + size() + " entries}";
        }
    }

    /** A map to fill with so many entries. */
    static <T> Map<String, T> map(int count) {
        return new Silent<>(count * 2);
    }

    /** What a caller gave, copied. */
    static Object copy(Object given) {
        if (given instanceof Integer || given instanceof Short || given instanceof Byte) {
            return ((Number) given).longValue();
        } else if (given instanceof Float || given instanceof BigDecimal) {
            return ((Number) given).doubleValue();
        } else if (given instanceof List) {
            return copy((List<?>) given, Values::copy);
        } else if (given instanceof Map) {
            return copy((Map<?, ?>) given, Values::copy);
        } else if (given == null || given instanceof String || given instanceof Boolean || given instanceof Long
            || given instanceof BigInteger || given instanceof Double) {
            return given;
        }
        throw new IllegalArgumentException("must be a String, Number, Boolean, List, Map or null, not " + given.getClass().getName());
    }

    static <G, T> List<T> copy(List<G> given, Function<? super G, ? extends T> each) {
        List<T> list = new ArrayList<>(given.size());
        given.forEach(item -> list.add(each.apply(item)));
        return Collections.unmodifiableList(list);
    }

    static <G, T> Map<String, T> copy(Map<?, G> given, Function<? super G, ? extends T> each) {
        Map<String, T> map = map(given.size());
        given.forEach((name, item) -> map.put((String) Objects.requireNonNull(name, "a name"), each.apply(item)));
        return Collections.unmodifiableMap(map);
    }
}
