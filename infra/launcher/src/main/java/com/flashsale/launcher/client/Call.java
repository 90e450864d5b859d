package com.flashsale.launcher.client;

import com.flashsale.launcher.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request. Every POST carries a key, so it can be sent again after an answer was lost.
 *
 * @param token sent as bearer; null for what is public
 */
public record Call(
        String method,
        String path,
        @Nullable String token,
        @Nullable String body,
        @Nullable String idempotencyKey) {

    public static Call get(String path) {
        return new Call("GET", path, null, null, null);
    }

    public static Call post(String path, Object body) {
        return new Call("POST", path, null, Json.line(body), UUID.randomUUID().toString());
    }

    public Call as(String bearer) {
        return new Call(method, path, bearer, body, idempotencyKey);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
