package com.flashsale.auth.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.auth.Browser;
import com.flashsale.auth.Storefront;
import com.flashsale.platform.test.ServiceTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Bytes that no browser and no client sends are refused as the sender's fault, wherever they stand. */
@ServiceTest
class GarbageIT {

    private static final List<String> VALUES = List.of(
            "%e9",
            "%ff%fe",
            "%00",
            "a%00b",
            "%c0%80",
            "%ed%a0%80",
            "%zz",
            "%",
            "%1b",
            "%7f",
            "x".repeat(7_000),
            "%f4%90%80%80");
    private static final List<String> PARAMETERS = List.of(
            "continue",
            "continueTo",
            "email",
            "password",
            "displayName",
            "_csrf",
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
            "prompt",
            "grant_type",
            "code",
            "code_verifier",
            "refresh_token",
            "token",
            "token_type_hint",
            "id_token_hint",
            "client_secret",
            "post_logout_redirect_uri",
            "client_assertion",
            "client_assertion_type",
            "%e9",
            "%00",
            "x");
    private static final List<String> COOKIES = List.of(
            "AAAA",
            "",
            "=",
            "%00",
            "\u00e9",
            "\"",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "////",
            "x".repeat(6_000),
            "MTIzNDU2NzgtMTIzNC0xMjM0LTEyMzQtMTIzNDU2Nzg5MGFi");

    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/login",
                "/register",
                "/login/persona",
                "/login/sign-out",
                "/oauth2/authorize",
                "/userinfo",
                "/connect/logout",
                "/.well-known/openid-configuration",
                "/oauth2/jwks",
                "/api/v1/accounts"
            })
    void in_a_query_or_a_cookie(String path) throws IOException {
        for (var value : VALUES) {
            assertRefused("GET", path + "?x=" + value, "", "");
        }
        for (var cookie : COOKIES) {
            for (var name : List.of("flashsale-session", "flashsale-csrf", "flashsale-device")) {
                var head = "Cookie: " + name + "=" + cookie + "\r\n";
                assertThat(status("GET", path, head, "")).as(head).isLessThan(500);
                assertThat(status("POST", path, head, "email=a&password=b"))
                        .as(head)
                        .isLessThan(500);
            }
        }
        for (var header : List.of(
                "Authorization: Bearer \u00e9\u0001",
                "Authorization: Basic %%%",
                "Authorization: Basic AAAA",
                "Accept: ///",
                "Accept-Language: \u00e9-;q=x",
                "X-Forwarded-For: \u00e9, :::",
                "Content-Type: ;;;",
                "DPoP: x.y.z",
                "X-Load-Test: %00",
                "Host: \u00e9",
                "Content-Type: application/x-www-form-urlencoded; charset=no-such",
                "Content-Type: multipart/form-data; boundary=",
                "If-None-Match: \"",
                "Range: bytes=x")) {
            assertThat(status("GET", path, header + "\r\n", ""))
                    .as(path + " " + header)
                    .isLessThan(500);
            assertThat(status("POST", path, header + "\r\n", "a=b"))
                    .as(path + " " + header)
                    .isLessThan(500);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/login",
                "/register",
                "/login/persona",
                "/oauth2/authorize",
                "/oauth2/token",
                "/oauth2/revoke",
                "/oauth2/introspect",
                "/userinfo",
                "/connect/logout"
            })
    void in_any_field_of_a_form(String path) throws IOException {
        var form = "Content-Type: application/x-www-form-urlencoded\r\n";
        for (var parameter : PARAMETERS) {
            for (var value : List.of("%e9", "%00", "%ed%a0%80", "\u00e9", "x".repeat(9_000))) {
                var body = parameter + "=" + value + "&grant_type=refresh_token&client_id=storefront";
                assertThat(status("POST", path, form, body))
                        .as(path + " " + parameter + "=" + value)
                        .isLessThan(500);
            }
            assertRefused("POST", path, form, parameter + "=%00");
        }
        assertThat(status("POST", path, form, "x=" + "y".repeat(20_000))).isBetween(400, 499);
        assertThat(status("POST", path, form, "x&".repeat(5_000))).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "GET", "OPTIONS"})
    void in_a_form_with_another_method(String method) throws IOException {
        var form = "Content-Type: application/x-www-form-urlencoded\r\n";
        for (var path :
                List.of("/login", "/register", "/login/persona", "/oauth2/token", "/userinfo", "/no/such/path")) {
            for (var value : VALUES) {
                assertThat(status(method, path, form, "email=a&continueTo=" + value))
                        .as(method + " " + path + " " + value)
                        .isLessThan(500);
            }
        }
    }

    @Test
    void and_a_person_signs_in_meanwhile() {
        var browser = new Browser(port);
        var email = Storefront.newPerson(browser);
        var tooLong = browser.submit("/login", Map.of("email", "a".repeat(255), "password", "x"));
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(tooLong.body()).contains("never as long");
        assertThat(browser.submit("/login", Map.of("email", email, "password", "x".repeat(1_001)))
                        .statusCode())
                .isEqualTo(400);
        browser.cookies().put("flashsale-session", "AAAA");
        assertThat(browser.get("/userinfo").statusCode()).isEqualTo(401);
        new Storefront(browser).codeFor(email, Storefront.PASSWORD);
    }

    private void assertRefused(String method, String target, String head, String body) throws IOException {
        var value = target + " " + body;
        var status = status(method, target, head, body);
        if (value.contains("xxxx")) assertThat(status).isLessThan(500);
        else assertThat(status).as(value).isBetween(400, 499);
    }

    private int status(String method, String target, String head, String body) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            var bytes = body.getBytes(StandardCharsets.ISO_8859_1);
            var host = head.startsWith("Host:") ? "" : "Host: localhost\r\n";
            var request = method + " " + target + " HTTP/1.1\r\n" + host + "Connection: close\r\n" + head
                    + "Content-Length: " + bytes.length + "\r\n\r\n";
            var out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.write(bytes);
            out.flush();
            var answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }
}
