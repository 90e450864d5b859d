package com.flashsale.auth.web;

import com.flashsale.auth.AuthSettings;
import com.flashsale.auth.language.PageLanguage;
import com.flashsale.auth.language.Words;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** An error as a page. Browsers that are led here by a link or a form must not end at a document for programs. */
@Component
public class ErrorPage {

    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'";

    private final String shop;
    private final Words words;

    ErrorPage(AuthSettings settings, Words words) {
        this.shop = settings.issuer() + "/";
        this.words = words;
    }

    /** True for a page load; a script that fetches, or a program, gets a document of its own kind. */
    public static boolean isWantedBy(HttpServletRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        var path = request.getRequestURI();
        return accept != null
                && accept.contains("text/html")
                && (path.startsWith("/login")
                        || path.startsWith("/register")
                        || path.equals("/oauth2/authorize")
                        || path.equals("/connect/logout"));
    }

    public void write(HttpServletResponse response, HttpServletRequest request, int status) throws IOException {
        var page = of(request, status).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }

    private String of(HttpServletRequest request, int status) {
        if (status == 503) return html(request, "error.busy", "busy");
        if (status == 400 && request.getRequestURI().equals("/oauth2/authorize")) {
            return html(request, "error.sign-in", "error.sign-in.text");
        }
        return status < 500
                ? html(request, "error.unreadable", "error.unreadable.text")
                : html(request, "error.failed", "error.failed.text");
    }

    private String html(HttpServletRequest request, String title, String text) {
        return """
            <!DOCTYPE html>
            <html lang="%4$s">
            <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%1$s · %5$s</title>
                <link rel="stylesheet" href="/login.css">
                <link rel="icon" href="data:,">
            </head>
            <body>
            <main>
                <p class="brand"><a href="%3$s">%5$s</a></p>
                <h1>%1$s</h1>
                <p>%2$s</p>
                <p class="other"><a href="%3$s">%6$s</a></p>
            </main>
            </body>
            </html>
            """.formatted(
                        HtmlUtils.htmlEscape(words.say(request, title)),
                        HtmlUtils.htmlEscape(words.say(request, text, shop)),
                        HtmlUtils.htmlEscape(shop),
                        PageLanguage.of(request).getLanguage(),
                        HtmlUtils.htmlEscape(words.say(request, "shop")),
                        HtmlUtils.htmlEscape(words.say(request, "to-the-shop")));
    }
}
