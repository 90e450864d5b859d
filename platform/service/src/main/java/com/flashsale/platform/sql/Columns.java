package com.flashsale.platform.sql;

import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * The columns of a list of rows as SQL arrays: {@code unnest} makes rows of them again, in one statement of constant
 * text. Arrays of numbers and of text travel in binary, since the driver sees their type; those of other types travel
 * as text.
 */
public final class Columns {

    private Columns() {}

    public static <T> SqlArrayValue uuids(Collection<T> rows, Function<T, @Nullable UUID> value) {
        return column("uuid", rows, value, new Object[rows.size()]);
    }

    public static <T> SqlArrayValue texts(Collection<T> rows, Function<T, @Nullable String> value) {
        return column("text", rows, value, new String[rows.size()]);
    }

    public static <T> SqlArrayValue ints(Collection<T> rows, ToIntFunction<T> value) {
        return column("int4", rows, value::applyAsInt, new Integer[rows.size()]);
    }

    public static <T> SqlArrayValue shorts(Collection<T> rows, ToIntFunction<T> value) {
        return column("int2", rows, row -> (short) value.applyAsInt(row), new Short[rows.size()]);
    }

    public static <T> SqlArrayValue longs(Collection<T> rows, Function<T, @Nullable Long> value) {
        return column("int8", rows, value, new Long[rows.size()]);
    }

    public static <T> SqlArrayValue instants(Collection<T> rows, Function<T, @Nullable Instant> value) {
        return column("timestamptz", rows, value, new Object[rows.size()]);
    }

    @SuppressWarnings("NullAway") // an SQL array may hold nulls, which Spring's signature does not say
    private static <T, V> SqlArrayValue column(
            String type, Collection<T> rows, Function<T, ? extends @Nullable V> value, V[] elements) {
        var row = 0;
        for (var each : rows) elements[row++] = value.apply(each);
        return new SqlArrayValue(type, (Object[]) elements);
    }
}
