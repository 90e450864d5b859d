package com.flashsale.labs.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.Json;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedPageTest {

    private static final int MOST_BYTES = 300 * 1024;

    /** The longest of 700 real runs has 91, and shorter ones. */
    private static final int MANY_STEPS = 400;

    private static final String REPLAY = "./flashsale simulate --seed 0x2a";

    private static final String GREEN = """
            {"machine":"reservation","seed":"0x2a","hash":"00ff","broken":null,"lanes":["order-service","consumer"],
             "frames":[
             {"text":"a sale of 3 units","by":"order-service",
              "shown":{"available":3,"reserved":0,"sold":0,"line":0,"messages":[]}},
             {"text":"o0 places 1","by":"order-service","moves":[["SENT","o0 placed","order-service"]],
              "shown":{"line":1,"messages":["o0 placed"]},"lamps":{"I2":true,"I1":true}},
             {"text":"deliver 1, dying before the commit","by":"consumer","marks":["DIED"],"with":["expiry"],
              "moves":[["DROPPED","o0 placed","consumer"]],"shown":{"sold":1},"lamps":{"I7":true}}]}
            """;

    private static final String RED = GREEN.replace("\"broken\":null", "\"broken\":\"the books differ\"")
            .replace("\"I7\":true", "\"I7\":true,\"I2\":false");

    private static String page(String recording) {
        return SeedPage.of(Recorded.of(recording, Recorded.OTHER), null, REPLAY);
    }

    @Test
    void a_run_without_a_violation_has_a_lamp_for_each_invariant_that_it_checked() {
        assertThat(page(GREEN))
                .contains("Each promise holds in all 3 steps.", "Seed 0x2a of the machine reservation", REPLAY)
                .contains("data-id=\"I1\"", "data-id=\"I2\"", "data-id=\"I7\"", "no oversell")
                .doesNotContain("data-id=\"I6\"", "VIOLATED:");
    }

    @Test
    void a_violation_is_red_with_its_id_and_its_words() {
        var run = Recorded.of(RED, Recorded.OTHER);

        assertThat(run.red()).containsExactly("I2");
        assertThat(page(RED)).contains("VIOLATED: I2\nthe books differ", "\"I2\":false");
        assertThat(SeedText.verdict(run)).contains("VIOLATED   I2");
    }

    @Test
    void a_violation_without_an_id_has_a_lamp_of_its_own_or_that_of_its_lab() {
        var broken = GREEN.replace("\"broken\":null", "\"broken\":\"it does not come to rest\"");
        var run = Recorded.of(broken, Recorded.OTHER);

        assertThat(run.red()).containsExactly("other");
        assertThat(SeedPage.of(run, null, REPLAY)).contains("data-id=\"other\"", "\"other\":false");
        assertThat(Recorded.of(broken, "I9").red()).containsExactly("I9");
    }

    @Test
    void the_table_has_each_step_with_its_process_faults_messages_and_figures() {
        assertThat(page(GREEN))
                .contains("<tr><th scope=\"row\">3</th><td>consumer</td><td>deliver 1, dying before the commit"
                        + " <b>died</b></td><td>lost with its consumer: o0 placed</td>"
                        + "<td>3</td><td>0</td><td>1</td><td>1</td><td>I7 holds</td></tr>");
        assertThat(page(RED)).contains("<b>I2 VIOLATED</b>");
    }

    @Test
    void the_text_has_the_process_of_each_step() {
        assertThat(SeedText.steps(Recorded.of(GREEN, Recorded.OTHER)))
                .last()
                .isEqualTo("   3  consumer       deliver 1, dying before the commit  [DIED]");
    }

    @Test
    void the_same_recording_is_the_same_page() {
        assertThat(page(GREEN)).isEqualTo(page(GREEN));
    }

    @Test
    void the_page_requests_nothing() {
        var page = page(GREEN).replace("http://www.w3.org/2000/svg", "the name of a vocabulary");

        assertThat(page)
                .doesNotContainPattern("https?:|//[a-z]|url\\(|@import|\\ssrc=|href=|fetch\\(|XMLHttp|import\\(");
    }

    @Test
    void the_policy_allows_the_one_style_and_the_one_script_by_their_hashes() throws Exception {
        var page = page(GREEN);

        assertThat(page)
                .contains("content=\"default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'"
                        .formatted(hash(between(page, "<style>", "</style>")), hash(script(page))));
        assertThat(page).doesNotContainPattern("<[^>]* (style|on[a-z]+)=");
    }

    @Test
    void the_words_of_a_run_are_text_and_never_markup() {
        var page = page(GREEN.replace("o0 places 1", "</script><img alt=x>{{script}}"));

        assertThat(page)
                .doesNotContain("</script><img", "<img")
                .contains("&lt;/script&gt;&lt;img alt=x&gt;{{script}}", "\\u003c/script>");
        assertThat(Json.tree(between(page, "id=\"run\">", "</script>"))
                        .at("/frames/1/text")
                        .asString())
                .isEqualTo("</script><img alt=x>{{script}}");
    }

    @Test
    void a_long_run_stays_below_300_kib() {
        var frames = IntStream.range(0, MANY_STEPS)
                .mapToObj(i -> new Recorded.Frame(
                        "deliver 6 from " + i + ", dying at statement 11 with a Redis of LOST_COMMAND",
                        "waitlist replica 1",
                        List.of("DIED"),
                        List.of("waitlist replica 2"),
                        List.of(List.of("DROPPED", "o" + i + " cancelled", "waitlist replica 1")),
                        Map.of("available", i, "reserved", i, "sold", i, "line", i, "clock", i),
                        Map.of("I2", true)))
                .toList();
        var run = new Recorded("reservation", "0x2a", "00ff", null, List.of(), frames);

        assertThat(SeedPage.of(run, null, REPLAY).getBytes(UTF_8)).hasSizeLessThan(MOST_BYTES);
    }

    private static String script(String page) {
        return between(page, "<script>", "</script>");
    }

    private static String between(String text, String from, String to) {
        var found = Pattern.compile(Pattern.quote(from) + "(.*?)" + Pattern.quote(to), Pattern.DOTALL)
                .matcher(text);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static String hash(String text) throws Exception {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }
}
