package com.flashsale.local.rollout;

import com.flashsale.client.Json;
import com.flashsale.client.platform.Context;
import com.flashsale.client.topology.Instance;
import com.flashsale.client.topology.Services;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Eureka as its clients see it: lists the replicas, and takes a replica out of the lists. */
public final class Registry implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private final URI apps;
    private final String authorization;
    private final Context context;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    public Registry(Context context) {
        int port = context.ports().of(new Instance(Services.DISCOVERY_SERVER, 1));
        var login = "platform:" + context.secrets().password("eureka");
        this.context = context;
        this.apps = URI.create("http://127.0.0.1:" + port + "/eureka/apps/");
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    public boolean isUp(Instance replica) throws IOException, InterruptedException {
        return entry(replica)
                .filter(it -> it.path("status").asString("").equals("UP"))
                .isPresent();
    }

    /**
     * Takes the replica out of every caller's list; false when it was in none. Its own heartbeats do not bring it back.
     */
    public boolean withdraw(Instance replica) throws IOException, InterruptedException {
        var known = entry(replica);
        if (known.isEmpty()) {
            return false;
        }
        var id = known.get().path("instanceId").asString("");
        var uri = apps.resolve(name(replica) + "/" + id + "/status?value=OUT_OF_SERVICE");
        var answer = send(HttpRequest.newBuilder(uri).PUT(HttpRequest.BodyPublishers.noBody()));
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("the registry answered " + answer.statusCode());
        }
        return true;
    }

    /**
     * A process that was killed stays in the registry until its lease ends: the newest entry of a port is the one that
     * lives.
     */
    private Optional<JsonNode> entry(Instance replica) throws IOException, InterruptedException {
        var answer = send(HttpRequest.newBuilder(apps.resolve(name(replica))).GET());
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("the registry answered " + answer.statusCode());
        }
        int port = context.ports().of(replica);
        return Json.tree(answer.body())
                .path("application")
                .path("instance")
                .valueStream()
                .filter(it -> it.path("port").path("$").asInt() == port)
                .max((one, other) -> Long.compare(registered(one), registered(other)));
    }

    private static long registered(JsonNode entry) {
        return entry.path("leaseInfo").path("registrationTimestamp").asLong();
    }

    private static String name(Instance replica) {
        return replica.service().name().toUpperCase(Locale.ROOT);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var whole = request.timeout(ANSWER)
                .header("Authorization", authorization)
                .header("Accept", "application/json")
                .build();
        return http.send(whole, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
