package com.flashsale.auth;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A minimal browser: keeps cookies, fills in forms, and shows where it is redirected. */
public class Browser {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final String origin;
    private final Map<String, String> cookies;

    public Browser(int port) {
        this(port, new LinkedHashMap<>());
    }

    private Browser(int port, Map<String, String> cookies) {
        this("http://localhost:" + port, cookies);
    }

    private Browser(String origin, Map<String, String> cookies) {
        this.origin = origin;
        this.cookies = cookies;
    }

    /** The same browser, whose next request reaches another replica. */
    public Browser at(int port) {
        return new Browser(port, cookies);
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** Loads the form's page, takes its CSRF token, and sends the fields. */
    public HttpResponse<String> submit(String page, Map<String, String> fields) {
        return submit(page, page.split("\\?", 2)[0], fields);
    }

    /** The same for a page with several forms: the action says which. */
    public HttpResponse<String> submit(String page, String action, Map<String, String> fields, String... headers) {
        var form = get(page);
        var csrf = CSRF.matcher(form.body());
        if (!csrf.find()) throw new AssertionError("no CSRF token in " + form.body());
        var all = new LinkedHashMap<>(fields);
        all.put("_csrf", csrf.group(1));
        var continuation =
                Pattern.compile("name=\"continueTo\" value=\"([^\"]*)\"").matcher(form.body());
        if (continuation.find()) all.putIfAbsent("continueTo", continuation.group(1));
        return post(action, all, headers);
    }

    public HttpResponse<String> post(String path, Map<String, String> fields, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(fields))));
    }

    public HttpResponse<String> postJson(String path, String json, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> delete(String path, String... headers) {
        return send(request(path, headers).DELETE());
    }

    /** A second window with the same cookies, independent from here on. */
    public Browser copy() {
        return new Browser(origin, new LinkedHashMap<>(cookies));
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : origin + path))
                .timeout(Duration.ofSeconds(60));
        if (headers.length > 0) request.headers(headers);
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            var response = HTTP.send(request.build(), BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").stream()
                    .flatMap(header -> HttpCookie.parse(header).stream())
                    .forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void keep(HttpCookie cookie) {
        if (cookie.getMaxAge() == 0) cookies.remove(cookie.getName());
        else cookies.put(cookie.getName(), cookie.getValue());
    }

    public static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    public static String location(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError("no redirect: " + response.statusCode() + " " + response.body()));
    }

    public static Map<String, String> query(String url) {
        return Arrays.stream(url.substring(url.indexOf('?') + 1).split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
}
