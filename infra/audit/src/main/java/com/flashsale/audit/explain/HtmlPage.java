package com.flashsale.audit.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An explanation as one HTML page that needs nothing else: no script, no picture, no request. Its policy allows this
 * one style sheet only, and all text is escaped.
 */
public final class HtmlPage {

    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#c9ced6;--soft:#5a6472;--ink:#16191d;--paper:#fff;--mark:#0b5fff}
            @media(prefers-color-scheme:dark){:root{--line:#3a424d;--soft:#a3adba;--ink:#eef1f4;--paper:#14171b;\
            --mark:#7fb0ff}}
            body{margin:0 auto;max-width:72rem;padding:1.5rem;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);\
            background:var(--paper)}
            h1{font-size:1.4rem;overflow-wrap:anywhere}
            ol{list-style:none;margin:1.5rem 0;padding:0;border-left:2px solid var(--line)}
            li{padding:.35rem 0 .35rem 1rem;overflow-wrap:anywhere}
            li.decision{border-left:4px solid var(--mark);margin-left:-3px;font-weight:600}
            time,.kind,.service,.more{font-size:.875rem;color:var(--soft);font-weight:400}
            time{font-variant-numeric:tabular-nums}
            .kind{border:1px solid var(--line);border-radius:.25rem;padding:0 .35rem}
            .what{display:block}
            .more{display:block}
            code{font-family:ui-monospace,monospace}
            .unread{border:2px solid #c4320a;padding:.5rem 1rem}
            """;

    private HtmlPage() {}

    public static String of(Explanation explanation) {
        var html = new StringBuilder(1 << 14);
        var title = TextPage.title(explanation);
        html.append("""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="referrer" content="no-referrer">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-%s'">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                <main>
                <h1>%s</h1>
                """.formatted(hash(STYLE), escaped(title), STYLE, escaped(title)));
        explanation.outcome().forEach(sentence -> paragraph(html, "outcome", sentence));
        paragraph(html, "more", TextPage.summary(explanation));
        if (!explanation.complete()) list(html, "unread", "Not read", explanation.unread());
        html.append("<ol>\n");
        explanation.entries().forEach(entry -> entry(html, entry));
        html.append("</ol>\n");
        list(html, "traces", "Traces", explanation.traces());
        list(html, "notes", "Notes", explanation.notes());
        return html.append("</main>\n</body>\n</html>\n").toString();
    }

    private static void entry(StringBuilder html, Entry entry) {
        var kind = entry.kind().name().toLowerCase(Locale.ROOT);
        html.append("<li class=\"%s\"><time datetime=\"%s\">%s</time> <span class=\"service\">%s</span>"
                .formatted(kind, entry.at(), TextPage.TIME.format(entry.at()), escaped(entry.service())));
        html.append(" <span class=\"kind\">%s</span>".formatted(kind));
        html.append("<span class=\"what\">%s</span>".formatted(escaped(entry.what())));
        more(html, "why", entry.why());
        more(html, "by", TextPage.shortName(entry.decidedBy()));
        var position = entry.position();
        more(html, "at", position == null ? null : position.toString());
        more(html, "trace", entry.trace());
        html.append("</li>\n");
    }

    private static void more(StringBuilder html, String name, @Nullable String value) {
        if (value == null) return;
        html.append("<span class=\"more\">%s <code>%s</code></span>".formatted(name, escaped(value)));
    }

    private static void paragraph(StringBuilder html, String name, String text) {
        html.append("<p class=\"%s\">%s</p>\n".formatted(name, escaped(text)));
    }

    private static void list(StringBuilder html, String name, String title, List<String> items) {
        if (items.isEmpty()) return;
        html.append("<section class=\"%s\"><h2>%s</h2><ul>".formatted(name, title));
        items.forEach(item -> html.append("<li>%s</li>".formatted(escaped(item))));
        html.append("</ul></section>\n");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String hash(String style) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
