package com.flashsale.load.platform;

import com.flashsale.client.ToolException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Checks from outside whether a gateway trusts our forwarding headers. To a trusted proxy that states HTTPS, it sends
 * the header Strict-Transport-Security; from a stranger, it ignores the statement.
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
