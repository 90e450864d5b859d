package com.flashsale.gateway.response;

import static com.flashsale.platform.problem.ProblemTypes.NOT_FOUND;

import com.flashsale.platform.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** A problem for a person at a browser, in the look of the shop and with a way on. Programs get the document. */
@Component
public class ProblemPage {

    public static final String TYPE = "text/html;charset=UTF-8";

    private final String template;
    private final byte[] missing;

    ProblemPage() throws IOException {
        template = new ClassPathResource("static/problem.html").getContentAsString(StandardCharsets.UTF_8);
        missing = new ClassPathResource("static/missing.html").getContentAsByteArray();
    }

    /** Whether a person looks at the response: the browser asks for a page, and the path is not the API's. */
    public static boolean isWanted(@Nullable String accept, String path) {
        return accept != null
                && accept.contains("text/html")
                && !path.startsWith("/api/")
                && !path.equals("/oauth2/token");
    }

    public byte[] of(ProblemException problem, String traceId) {
        var status = problem.type().status();
        if (status == NOT_FOUND.status()) return missing;
        return template.replace("{title}", title(status))
                .replace("{text}", text(status))
                .replace("{status}", Integer.toString(status))
                .replace("{trace}", traceId)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String title(int status) {
        return switch (status) {
            case 401, 403 -> "Please sign in";
            case 429, 503 -> "One moment, please";
            default -> status < 500 ? "This address does not work" : "Something went wrong";
        };
    }

    private static String text(int status) {
        return switch (status) {
            case 401, 403 -> "This page is for signed-in customers. Open your orders to sign in.";
            case 429, 503 ->
                "Very many people are here at the moment. Nothing is lost; please try again in a few seconds.";
            default ->
                status < 500
                        ? "The shop cannot read this request. Please start again from the shop."
                        : "That is our fault. Please try again in a few seconds.";
        };
    }
}
