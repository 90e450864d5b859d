package com.flashsale.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.TestTokens;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The storefront's part of the code flow with PKCE. */
public class Storefront {

    public static final String REDIRECT = TestTokens.ISSUER + "/callback";
    public static final String PASSWORD = "correct horse battery staple";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public final Browser browser;
    public final String verifier = UUID.randomUUID().toString() + UUID.randomUUID();

    public Storefront(Browser browser) {
        this.browser = browser;
    }

    public Map<String, String> authorizationRequest() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("response_type", "code");
        parameters.put("client_id", "storefront");
        parameters.put("redirect_uri", REDIRECT);
        parameters.put("scope", "openid shop");
        parameters.put("state", "a-state");
        parameters.put("nonce", "a-nonce");
        parameters.put("code_challenge", challengeOf(verifier));
        parameters.put("code_challenge_method", "S256");
        return parameters;
    }

    public HttpResponse<String> authorize(Map<String, String> parameters) {
        return browser.get("/oauth2/authorize?" + Browser.encoded(parameters), "Accept", "text/html");
    }

    /** From the first click to the code: authorize, sign in on the page, back. */
    public String codeFor(String email, String password) {
        var toSignIn = Browser.location(authorize(authorizationRequest()));
        assertThat(toSignIn).startsWith("/login?continue=");
        var back = browser.submit(toSignIn, Map.of("email", email, "password", password));
        assertThat(back.statusCode()).as(back.body()).isEqualTo(303);
        return codeFrom(browser.get(Browser.location(back), "Accept", "text/html"));
    }

    public static String codeFrom(HttpResponse<String> redirect) {
        var location = Browser.location(redirect);
        assertThat(location).startsWith(REDIRECT + "?");
        var code = Browser.query(location).get("code");
        assertThat(code).as(location).isNotBlank();
        return code;
    }

    public HttpResponse<String> exchange(Browser at, String code, String verifier) {
        return at.post(
                "/oauth2/token",
                Map.of(
                        "grant_type", "authorization_code",
                        "client_id", "storefront",
                        "redirect_uri", REDIRECT,
                        "code", code,
                        "code_verifier", verifier));
    }

    public JsonNode tokensFor(String email) {
        var response = exchange(browser, codeFor(email, PASSWORD), verifier);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    public HttpResponse<String> refresh(String refreshToken) {
        // without the session's cookie, as a storefront that was closed meanwhile
        return browser.post(
                "/oauth2/token",
                Map.of("grant_type", "refresh_token", "client_id", "storefront", "refresh_token", refreshToken));
    }

    /** Registers a new person by the API and returns the address. */
    public static String newPerson(Browser browser) {
        var email = "person-" + UUID.randomUUID() + "@example.com";
        var account = """
                {"email": "%s", "password": "%s", "displayName": "Ada Bell"}""".formatted(email, PASSWORD);
        // hashing has a bounded queue: a busy machine may ask for a retry
        var response = await().atMost(Duration.ofSeconds(30))
                .until(() -> browser.postJson("/api/v1/accounts", account), it -> it.statusCode() != 503);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return email;
    }

    public static String machineToken(Browser browser, String client, String secret) {
        var response = browser.post(
                "/oauth2/token",
                Map.of("grant_type", "client_credentials", "scope", client),
                "Authorization",
                basic(client, secret));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).get("access_token").asString();
    }

    public static String basic(String client, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    public static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    private static String challengeOf(String verifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
