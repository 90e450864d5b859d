package com.flashsale.client.api;

import com.flashsale.client.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request. Every POST carries a key, so it can be sent again after its response was lost.
 *
 * @param token sent as bearer; null for a public path
 * @param loadTest the run of a load test that it is part of
 */
public record Call(
        String method,
        String path,
        @Nullable String token,
        @Nullable String body,
        @Nullable String idempotencyKey,
        @Nullable String loadTest) {

    public static Call get(String path) {
        return new Call("GET", path, null, null, null, null);
    }

    public static Call post(String path, Object body) {
        return new Call("POST", path, null, Json.line(body), UUID.randomUUID().toString(), null);
    }

    public static Call put(String path, Object body) {
        return new Call("PUT", path, null, Json.line(body), null, null);
    }

    public Call as(String bearer) {
        return new Call(method, path, bearer, body, idempotencyKey, loadTest);
    }

    /** Has an effect only with the token of a user who may run load tests. */
    public Call in(String run) {
        return new Call(method, path, token, body, idempotencyKey, run);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
