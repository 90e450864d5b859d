package com.flashsale.gateway.response;

import static com.flashsale.platform.problem.ProblemTypes.NOT_FOUND;

import com.flashsale.platform.problem.ProblemException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** A problem for a person at a browser, in the look of the shop and with a way on. Programs get the document. */
@Component
public class ProblemPage {

    public static final String TYPE = "text/html;charset=UTF-8";

    private static final List<String> LANGUAGES = List.of("en", "de");
    private static final int LONGEST_HEADER = 200;

    private final String template;
    private final byte[] missing;
    private final Map<String, Properties> words = new HashMap<>();

    ProblemPage() throws IOException {
        template = new ClassPathResource("static/problem.html").getContentAsString(StandardCharsets.UTF_8);
        missing = new ClassPathResource("static/missing.html").getContentAsByteArray();
        for (var language : LANGUAGES) words.put(language, wordsOf(language));
    }

    /** Whether a person looks at the response: the browser asks for a page, and the path is not the API's. */
    public static boolean isWanted(@Nullable String accept, String path) {
        return accept != null
                && accept.contains("text/html")
                && !path.startsWith("/api/")
                && !path.equals("/oauth2/token");
    }

    /** @param accepted the languages of the browser, by its header Accept-Language */
    public byte[] of(ProblemException problem, String traceId, @Nullable String accepted) {
        var status = problem.type().status();
        if (status == NOT_FOUND.status()) return missing;
        var language = languageOf(accepted);
        var theirs = Objects.requireNonNull(words.get(language));
        var page = template.replace("{language}", language)
                .replace("{title}", theirs.getProperty(kind(status) + ".title"))
                .replace("{text}", theirs.getProperty(kind(status) + ".text"))
                .replace("{code}", Integer.toString(status))
                .replace("{traceId}", traceId);
        for (var name : List.of("shop", "orders", "documents", "status", "trace")) {
            page = page.replace("{" + name + "}", theirs.getProperty(name));
        }
        return page.getBytes(StandardCharsets.UTF_8);
    }

    /** English for a browser that names no language of the shop, or none that can be read. */
    static String languageOf(@Nullable String accepted) {
        if (accepted == null || accepted.length() > LONGEST_HEADER) return LANGUAGES.getFirst();
        try {
            var known = Locale.lookupTag(LanguageRange.parse(accepted), LANGUAGES);
            return known == null ? LANGUAGES.getFirst() : known;
        } catch (IllegalArgumentException malformed) {
            return LANGUAGES.getFirst();
        }
    }

    private static String kind(int status) {
        return switch (status) {
            case 401, 403 -> "sign-in";
            case 429, 503 -> "busy";
            default -> status < 500 ? "unreadable" : "failed";
        };
    }

    static Properties wordsOf(String language) throws IOException {
        var words = new Properties();
        var file = new ClassPathResource("problem-page/" + language + ".properties");
        try (var reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
            words.load(reader);
        }
        return words;
    }
}
