package com.flashsale.client.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Access tokens of the machine clients, by client_credentials. The scope has the client's name. */
public final class MachineTokens {

    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final Api api;

    public MachineTokens(Api api) {
        this.api = api;
    }

    public String of(String client, String secret) {
        var credentials = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(api.base() + "/oauth2/token"))
                .timeout(ANSWER)
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&scope=" + client))
                .build();
        try {
            var answer = Api.answer(api.http().send(request, HttpResponse.BodyHandlers.ofString()));
            var token = answer.text("access_token");
            if (token.isEmpty()) {
                throw new UnexpectedAnswer("a token for " + client + " was answered with " + answer);
            }
            return token;
        } catch (IOException e) {
            throw new UnexpectedAnswer("a token for " + client + " got no answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnexpectedAnswer("interrupted", e);
        }
    }
}
