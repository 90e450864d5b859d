package com.flashsale.catalog.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A piece of a list, newest first; {@code nextCursor} is null on the last one. */
public record Page<T>(
        List<T> items,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor) {

    /** @param found one more than {@code request.limit()} if there are that many */
    public static <T> Page<T> of(List<T> found, PageRequest request, Function<T, UUID> id) {
        if (found.size() <= request.limit()) return new Page<>(List.copyOf(found), null);
        var items = List.copyOf(found.subList(0, request.limit()));
        return new Page<>(items, PageRequest.cursor(id.apply(items.getLast())));
    }

    public <R> Page<R> map(Function<T, R> change) {
        return new Page<>(items.stream().map(change).toList(), nextCursor);
    }
}
