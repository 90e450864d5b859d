package com.flashsale.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.netflix.eureka.cluster.PeerEurekaNode;
import com.netflix.eureka.cluster.PeerEurekaNodes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "discovery.user=registry", "discovery.password=a-secret-for-tests"})
class DiscoveryIT {

    static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @LocalServerPort
    int port;

    @LocalManagementPort
    int managementPort;

    /** As a caller does: a registry that has just started tells nothing for some seconds. */
    @BeforeEach
    void untilTheListIsTold() {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        get(port, "/eureka/apps", "registry:a-secret-for-tests").statusCode() == 200);
    }

    @Test
    void a_registry_that_comes_back_empty_takes_registrations_and_tells_no_list_yet() throws Exception {
        var restarted = new SpringApplicationBuilder(DiscoveryApplication.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--discovery.user=registry",
                        "--discovery.password=a-secret-for-tests",
                        "--eureka.server.wait-time-in-ms-when-sync-empty=600000");
        try {
            var itsPort =
                    ((WebServerApplicationContext) restarted).getWebServer().getPort();
            for (var list : List.of("/eureka/apps", "/eureka/apps/delta", "/eureka/apps/ORDER-SERVICE")) {
                assertThat(get(itsPort, list, "registry:a-secret-for-tests").statusCode())
                        .as(list)
                        .isEqualTo(403);
            }
            assertThat(register(itsPort, "order-service", "registry:a-secret-for-tests")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(get(itsPort, "/eureka/apps", "registry:a-secret-for-tests")
                            .statusCode())
                    .isEqualTo(403);
        } finally {
            restarted.close();
        }
    }

    @Test
    void a_registry_alone_is_no_peer_of_itself(@Autowired PeerEurekaNodes peers) {
        assertThat(peers.getPeerEurekaNodes())
                .extracting(PeerEurekaNode::getServiceUrl)
                .isEmpty();
    }

    @Test
    void an_anonymous_instance_cannot_register() throws Exception {
        assertThat(register("order-service", null).statusCode()).isEqualTo(401);
        assertThat(get(port, "/eureka/apps/ORDER-SERVICE", "registry:a-secret-for-tests")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_instance_with_a_wrong_secret_cannot_register() throws Exception {
        assertThat(register("order-service", "registry:guessed").statusCode()).isEqualTo(401);
        assertThat(register("order-service", "someone:a-secret-for-tests").statusCode())
                .isEqualTo(401);
    }

    @Test
    void an_instance_with_the_secret_registers_and_is_found() throws Exception {
        assertThat(register("catalog-service", "registry:a-secret-for-tests").statusCode())
                .isEqualTo(204);
        assertThat(get(port, "/eureka/apps/CATALOG-SERVICE", "registry:a-secret-for-tests")
                        .body())
                .contains("catalog-service:1");
    }

    @Test
    void addresses_stay_hidden_without_the_secret() throws Exception {
        assertThat(get(port, "/eureka/apps", null).statusCode()).isEqualTo(401);
        assertThat(get(port, "/eureka/apps/delta", null).statusCode()).isEqualTo(401);
    }

    @Test
    void the_dashboard_asks_for_the_secret() throws Exception {
        assertThat(get(port, "/", null).statusCode()).isEqualTo(401);
        var page = get(port, "/", "registry:a-secret-for-tests");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Instances currently registered");
    }

    @Test
    void a_forged_post_to_anything_but_the_registry_is_refused_for_want_of_a_csrf_token() throws Exception {
        var request = HttpRequest.newBuilder(uri(port, "/"))
                .header("Authorization", basic("registry:a-secret-for-tests"))
                .POST(BodyPublishers.ofString("x=y"))
                .build();
        assertThat(send(request).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void an_ill_formed_form_is_no_fault_of_the_registry(String method) throws Exception {
        for (var path : List.of("/", "/eureka/apps", "/eureka/apps/ORDER-SERVICE", "/no/such/path")) {
            for (var secret : List.of("registry:a-secret-for-tests", "registry:wrong")) {
                var request = HttpRequest.newBuilder(uri(port, path))
                        .header("Authorization", basic(secret))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .method(method, BodyPublishers.ofString("status=%zz"))
                        .build();
                assertThat(send(request).statusCode())
                        .as(method + " " + path + " " + secret)
                        .isBetween(400, 499);
            }
        }
    }

    @Test
    void health_and_metrics_are_on_the_management_port_only() throws Exception {
        assertThat(get(managementPort, "/actuator/health/readiness", null).body())
                .contains("UP");
        assertThat(get(managementPort, "/actuator/health/liveness", null).body())
                .contains("UP");
        assertThat(get(managementPort, "/actuator/prometheus", null).body()).contains("jvm_memory_used_bytes");
        assertThat(get(port, "/actuator/health", null).statusCode()).isEqualTo(401);
        assertThat(get(port, "/actuator/health", "registry:a-secret-for-tests").statusCode())
                .isEqualTo(404);
    }

    @Test
    void no_other_management_endpoint_answers() throws Exception {
        for (var endpoint :
                new String[] {"env", "heapdump", "configprops", "beans", "loggers", "threaddump", "mappings"}) {
            assertThat(get(managementPort, "/actuator/" + endpoint, "registry:a-secret-for-tests")
                            .statusCode())
                    .as(endpoint)
                    .isNotEqualTo(200);
        }
    }

    @Test
    void without_a_password_it_does_not_start() {
        var application = new SpringApplication(DiscoveryApplication.class);
        assertThatThrownBy(() -> application.run(
                        "--server.port=0", "--management.server.port=0", "--discovery.user=a", "--discovery.password="))
                .rootCause()
                .hasMessageContaining("EUREKA_PASSWORD");
    }

    private HttpResponse<String> register(String service, String credentials) throws Exception {
        return register(port, service, credentials);
    }

    private static HttpResponse<String> register(int port, String service, String credentials) throws Exception {
        var body = """
            {"instance": {"instanceId": "%1$s:1", "app": "%1$s", "hostName": "127.0.0.1", "ipAddr": "127.0.0.1",
             "vipAddress": "%1$s", "status": "UP", "port": {"$": 8083, "@enabled": "true"},
             "dataCenterInfo": {"@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "name": "MyOwn"}}}
            """.formatted(service);
        var request = HttpRequest.newBuilder(uri(port, "/eureka/apps/" + service.toUpperCase(Locale.ROOT)))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (credentials != null) request.header("Authorization", basic(credentials));
        return send(request.build());
    }

    private static HttpResponse<String> get(int port, String path, String credentials) throws Exception {
        var request =
                HttpRequest.newBuilder(uri(port, path)).header("Accept", "application/json, text/html, text/plain");
        if (credentials != null) request.header("Authorization", basic(credentials));
        return send(request.build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private static URI uri(int port, String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
