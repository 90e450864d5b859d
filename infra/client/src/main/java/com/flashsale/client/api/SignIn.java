package com.flashsale.client.api;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Signs a person in as a browser does: authorization code with PKCE, the HTML form with its hidden fields and cookies
 * included. A sign-in that works here works for people.
 */
public final class SignIn {

    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final int MOST_REDIRECTS = 10;
    private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\b(name|value)=\"([^\"]*)\"");
    private static final String CLIENT = "storefront";

    private final String base;
    private final String redirectUri;
    private final HttpClient browser;
    private final String verifier = random();

    public SignIn(String base) {
        this.base = base;
        this.redirectUri = base + "/callback";
        this.browser = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager())
                .connectTimeout(ANSWER)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** The access token of this person. */
    public String accessToken(String email, String password) throws IOException, InterruptedException {
        var authorize = URI.create(base + "/oauth2/authorize?"
                + form(Map.of(
                        "response_type",
                        "code",
                        "client_id",
                        CLIENT,
                        "scope",
                        "openid shop",
                        "redirect_uri",
                        redirectUri,
                        "code_challenge",
                        challenge(),
                        "code_challenge_method",
                        "S256",
                        "state",
                        random())));
        var page = follow(get(authorize));
        if (page.statusCode() != 200) {
            throw new UnexpectedAnswer("the sign-in page was answered with " + page.statusCode());
        }
        var fields = hiddenFields(page.body());
        fields.put("email", email);
        fields.put("password", password);
        var back = follow(post(page.uri().resolve("/login"), fields));
        var code = codeOf(back, email);
        var answer = Api.answer(post(
                URI.create(base + "/oauth2/token"),
                Map.of(
                        "grant_type", "authorization_code",
                        "client_id", CLIENT,
                        "redirect_uri", redirectUri,
                        "code", code,
                        "code_verifier", verifier)));
        if (answer.text("access_token").isEmpty()) {
            throw new UnexpectedAnswer("the code was answered with " + answer);
        }
        return answer.text("access_token");
    }

    /** Follows redirects until a page, or until the one that leads back to the client, which is not called. */
    private HttpResponse<String> follow(HttpResponse<String> first) throws IOException, InterruptedException {
        var response = first;
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            var location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return response;
            }
            var next = response.uri().resolve(location.get());
            if (next.toString().startsWith(redirectUri)) {
                return response;
            }
            response = get(next);
        }
        throw new UnexpectedAnswer("signing in never ends: more than " + MOST_REDIRECTS + " redirects");
    }

    private String codeOf(HttpResponse<String> response, String email) {
        var query = response.headers()
                .firstValue("Location")
                .map(location -> String.valueOf(response.uri().resolve(location).getRawQuery()))
                .orElse("");
        for (var pair : query.split("&", -1)) {
            if (pair.startsWith("code=")) {
                return URLDecoder.decode(pair.substring("code=".length()), StandardCharsets.UTF_8);
            }
        }
        throw new UnexpectedAnswer("signing in as " + email + " was answered with " + response.statusCode()
                + (response.statusCode() == 401 ? ": the account has another password" : " " + query));
    }

    private static Map<String, String> hiddenFields(String html) {
        var fields = new LinkedHashMap<String, String>();
        var inputs = INPUT.matcher(html);
        while (inputs.find()) {
            var attributes = new LinkedHashMap<String, String>();
            var attribute = ATTRIBUTE.matcher(inputs.group());
            while (attribute.find()) {
                attributes.put(attribute.group(1), attribute.group(2).replace("&amp;", "&"));
            }
            if (attributes.containsKey("name") && attributes.containsKey("value")) {
                fields.put(attributes.get("name"), attributes.get("value"));
            }
        }
        return fields;
    }

    private HttpResponse<String> get(URI page) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(page).timeout(ANSWER).header("Accept", "text/html");
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(URI page, Map<String, String> fields) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(page)
                .timeout(ANSWER)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields)));
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private String challenge() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static String random() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
