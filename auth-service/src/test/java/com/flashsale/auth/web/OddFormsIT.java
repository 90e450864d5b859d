package com.flashsale.auth.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.auth.Storefront;
import com.flashsale.platform.test.ServiceTest;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Forms of OAuth and OpenID Connect that are complete but for one parameter: empty, blank, missing, sent twice, or of a
 * form that the protocol does not know. The sender made the mistake: the response is never a 5xx.
 */
@ServiceTest
class OddFormsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> VALUES = List.of("", " ", "\t", ",", "a b", ":", "%", "null", "-1", "http://");

    private static final List<String> CREDENTIALS =
            List.of("", "Basic Og==", "Basic eDo=", "Basic OnA=", "Basic eA==", "Basic ", "Bearer ", "Bearer a", "x");

    private static final String CODE = "grant_type=authorization_code&code=abc&client_id=storefront&redirect_uri="
            + encoded(Storefront.REDIRECT)
            + "&code_verifier=0123456789012345678901234567890123456789012";
    private static final String ASSERTION =
            "&client_assertion=a.b.c&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    @LocalServerPort
    int port;

    /** @param form complete by the protocol, though no code, token or secret in it is a real one */
    record Request(String method, String path, String form) {}

    static Stream<Request> requests() {
        return Stream.of(
                new Request("POST", "/oauth2/token", CODE),
                new Request("POST", "/oauth2/token", "grant_type=refresh_token&refresh_token=abc&client_id=storefront"),
                new Request(
                        "POST",
                        "/oauth2/token",
                        "grant_type=client_credentials&client_id=operator&client_secret=abc&scope=operator"),
                new Request("POST", "/oauth2/token", "grant_type=client_credentials&client_id=operator" + ASSERTION),
                new Request(
                        "POST",
                        "/oauth2/token",
                        "grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=abc&client_id=storefront"),
                new Request(
                        "POST",
                        "/oauth2/token",
                        "grant_type=urn:ietf:params:oauth:grant-type:token-exchange"
                                + "&subject_token=abc&client_id=operator"
                                + "&subject_token_type=urn:ietf:params:oauth:token-type:access_token"
                                + "&resource=a&audience=b"
                                + "&actor_token=c&actor_token_type=d&requested_token_type=e&client_secret=abc"),
                new Request("POST", "/oauth2/revoke", "token=abc&token_type_hint=refresh_token&client_id=storefront"),
                new Request("POST", "/oauth2/revoke", "token=abc&client_id=operator&client_secret=abc"),
                new Request("POST", "/oauth2/revoke", "token=abc&client_id=operator" + ASSERTION),
                new Request("POST", "/oauth2/introspect", "token=abc&token_type_hint=access_token&client_id=operator"),
                new Request("GET", "/oauth2/authorize", authorization()),
                new Request("GET", "/oauth2/authorize", authorization() + "&prompt=none"),
                new Request("POST", "/oauth2/authorize", authorization()),
                new Request("POST", "/oauth2/authorize", "client_id=storefront&state=abc&scope=shop"),
                new Request("POST", "/oauth2/par", authorization()),
                new Request("POST", "/oauth2/device_authorization", "client_id=storefront&scope=shop"),
                new Request("GET", "/oauth2/device_verification", "user_code=ABCD-EFGH"),
                new Request("GET", "/connect/logout", logout()),
                new Request("POST", "/connect/logout", logout()),
                new Request("GET", "/userinfo", "access_token=abc"),
                new Request("POST", "/userinfo", "access_token=abc"),
                new Request("POST", "/login", "email=a%40example.org&password=abc&continueTo=%2F"),
                new Request("POST", "/register", "email=a%40example.org&password=abc&displayName=a&continueTo=%2F"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_form_with_one_odd_parameter_is_the_fault_of_its_sender(Request request) throws Exception {
        var failed = new ArrayList<String>();
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            for (var form : variantsOf(request.form())) {
                int status = send(http, request, form, "");
                if (status >= 500) failed.add(status + " " + request.path() + " " + form);
            }
            for (var credentials : CREDENTIALS) {
                int status = send(http, request, request.form(), credentials);
                if (status >= 500) failed.add(status + " " + request.path() + " Authorization: " + credentials);
            }
        }
        assertThat(failed).isEmpty();
    }

    private static List<String> variantsOf(String form) {
        var variants = new ArrayList<String>();
        var parameters = List.of(form.split("&", -1));
        for (int i = 0; i < parameters.size(); i++) {
            var name = parameters.get(i).substring(0, parameters.get(i).indexOf('='));
            for (var value : VALUES) variants.add(with(parameters, i, name + "=" + encoded(value)));
            variants.add(with(parameters, i, name));
            variants.add(with(parameters, i, "x=y"));
            variants.add(with(parameters, i, parameters.get(i) + "&" + parameters.get(i)));
            variants.add(with(parameters, i, parameters.get(i) + "&" + name + "="));
        }
        variants.add("");
        return variants;
    }

    private static String with(List<String> parameters, int index, String replacement) {
        var changed = new ArrayList<>(parameters);
        changed.set(index, replacement);
        return String.join("&", changed);
    }

    private int send(HttpClient http, Request request, String form, String credentials) throws Exception {
        var address = "http://localhost:" + port + request.path();
        var isGet = request.method().equals("GET");
        var builder = HttpRequest.newBuilder(URI.create(isGet ? address + "?" + form : address))
                .timeout(PATIENCE);
        if (!credentials.isEmpty()) builder.header("Authorization", credentials);
        if (!isGet) {
            builder.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form));
        }
        return http.send(builder.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String authorization() {
        return "response_type=code&client_id=storefront&scope=openid+shop&state=a&nonce=b&code_challenge_method=S256"
                + "&code_challenge=0123456789012345678901234567890123456789012&redirect_uri="
                + encoded(Storefront.REDIRECT);
    }

    private static String logout() {
        return "id_token_hint=a.b.c&client_id=storefront&state=a&post_logout_redirect_uri="
                + encoded(Storefront.REDIRECT);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
