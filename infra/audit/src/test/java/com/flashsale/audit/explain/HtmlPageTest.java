package com.flashsale.audit.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.audit.explain.Entry.Kind;
import com.flashsale.audit.explain.Explanation.Subject;
import com.flashsale.audit.explain.Explanation.SubjectKind;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlPageTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final String EVIL = "<script>alert('x')</script>\" onload=\"x";

    private static Explanation explanation(String text) {
        var entry = Entry.of(NOON, text, Kind.LOG, text).because(text).traced(text);
        return new Explanation(
                new Subject(SubjectKind.ORDER, text),
                List.of(text),
                List.of(entry),
                List.of(text),
                List.of(text),
                List.of(text),
                NOON,
                7);
    }

    @Test
    void text_of_others_stays_text() {
        var page = HtmlPage.of(explanation(EVIL));

        assertThat(page).doesNotContain("<script", "onload=\"x").contains("&lt;script&gt;alert(&#39;x&#39;)");
    }

    @Test
    void the_page_asks_for_nothing_and_allows_its_own_style_only() throws Exception {
        var page = HtmlPage.of(explanation("order"));
        var style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
        var hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(UTF_8));

        assertThat(page).doesNotContain("<script", "src=", "href=", "style=\"", "url(", "http:", "https:");
        assertThat(page)
                .contains("content=\"default-src 'none'; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(hash) + "'\"");
    }

    @Test
    void the_page_shows_what_the_terminal_shows() {
        var page = HtmlPage.of(explanation("units held"));

        assertThat(page).contains("<html lang=\"en\">", "<title>order units held</title>", "datetime=\"" + NOON + "\"");
        assertThat(TextPage.of(explanation("units held")))
                .contains("order units held", "12:00:00.000", "log", "why    units held", "NOT READ  units held");
    }
}
