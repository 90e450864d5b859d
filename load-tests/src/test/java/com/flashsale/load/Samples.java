package com.flashsale.load;

import com.flashsale.load.http.Response;
import java.nio.charset.StandardCharsets;

/** Values that several tests share. */
public final class Samples {

    public static final long MILLI = 1_000_000;

    private Samples() {}

    public static Response answer(int status, String problem, boolean retryAfter) {
        var body = "{\"type\":\"https://flash-sale.example/problems/" + problem + "\"}";
        return new Response(status, retryAfter, body.getBytes(StandardCharsets.UTF_8));
    }
}
