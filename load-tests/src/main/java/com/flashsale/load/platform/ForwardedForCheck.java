package com.flashsale.load.platform;

import com.flashsale.client.ToolException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Whether a gateway believes what we say about visitors. It is seen from outside: told by a proxy that it trusts that
 * the visitor came by HTTPS, it asks the visitor to stay with HTTPS; a stranger's word changes nothing.
 */
final class ForwardedForCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ForwardedForCheck() {}

    static boolean isGivenBy(String gateway) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(gateway + "/api/v1/sales"))
                .header("X-Forwarded-Proto", "https")
                .timeout(PATIENCE)
                .build();
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("Strict-Transport-Security")
                    .isPresent();
        } catch (IOException silent) {
            throw ToolException.prerequisite("The gateway at " + gateway + " does not answer: " + silent);
        }
    }
}
