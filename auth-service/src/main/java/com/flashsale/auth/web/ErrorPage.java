package com.flashsale.auth.web;

import com.flashsale.auth.AuthSettings;
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

    ErrorPage(AuthSettings settings) {
        this.shop = settings.issuer() + "/";
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

    public void write(HttpServletResponse response, int status, String title, String message) throws IOException {
        var page =
                html(HtmlUtils.htmlEscape(title), HtmlUtils.htmlEscape(message)).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }

    public void write(HttpServletResponse response, HttpServletRequest request, int status) throws IOException {
        if (status == 503) {
            write(response, status, "Please try again", "Very many people are here. Please try again in a moment.");
        } else if (status == 400 && request.getRequestURI().equals("/oauth2/authorize")) {
            write(
                    response,
                    status,
                    "This sign-in cannot go on",
                    "The shop was opened at an address that is not its own, or the link is incomplete. "
                            + "Please open the shop at " + shop + " and sign in there.");
        } else if (status < 500) {
            write(response, status, "This page cannot be shown", "The link is incomplete or was changed on its way.");
        } else {
            write(response, status, "Something went wrong", "It is our fault, not yours. Please try again.");
        }
    }

    private String html(String title, String message) {
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%1$s · Flash Sale</title>
                <link rel="stylesheet" href="/login.css">
                <link rel="icon" href="data:,">
            </head>
            <body>
            <main>
                <p class="brand"><a href="%3$s">Flash Sale</a></p>
                <h1>%1$s</h1>
                <p>%2$s</p>
                <p class="other"><a href="%3$s">Go to the shop</a></p>
            </main>
            </body>
            </html>
            """.formatted(title, message, HtmlUtils.htmlEscape(shop));
    }
}
