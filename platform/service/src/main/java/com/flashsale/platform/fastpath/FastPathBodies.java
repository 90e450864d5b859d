package com.flashsale.platform.fastpath;

import jakarta.validation.Validator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON bodies of the routes and checks their constraints. */
final class FastPathBodies {

    private final Map<String, ObjectReader> readers = new HashMap<>();
    private final Validator validator;
    private final long limit;

    /** @param limit the bytes of the largest body; the usual way refuses a larger one */
    FastPathBodies(List<FastRoute<?>> routes, JsonMapper json, Validator validator, long limit) {
        this.validator = validator;
        this.limit = limit;
        routes.stream()
                .filter(FastRoute::hasBody)
                .forEach(route -> readers.put(route.path(), json.readerFor(route.bodyType())));
    }

    long limit() {
        return limit;
    }

    /**
     * Returns null for a body that breaks a constraint.
     *
     * @throws tools.jackson.core.JacksonException if the bytes are not such a body
     */
    <B> @Nullable B read(FastRoute<B> route, byte[] body) {
        B value = Objects.requireNonNull(readers.get(route.path())).readValue(body);
        return value == null || !validator.validate(value).isEmpty() ? null : value;
    }
}
