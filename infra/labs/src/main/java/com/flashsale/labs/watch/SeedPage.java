package com.flashsale.labs.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.client.Json;
import com.flashsale.labs.Lab;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A recording as one HTML page that needs nothing else and requests nothing. Its policy allows this one style sheet and
 * this one script by their hashes. The recording is text for both, never markup. Equal recordings give equal bytes.
 */
public final class SeedPage {

    private SeedPage() {}

    /**
     * @param lab the lab whose guard is gone; null with all guards
     * @param replay how to play the run again
     */
    public static String of(Recorded run, @Nullable Lab lab, String replay) {
        var style = resource("page.css");
        var script = resource("page.js");
        var values = new LinkedHashMap<String, String>();
        values.put("policy", policy(style, script));
        values.put("style", style);
        values.put(
                "title",
                escaped("Seed " + run.seed() + " of the machine "
                        + run.machine().toLowerCase(Locale.ROOT)));
        values.put("verdict-class", run.isGreen() ? "holds" : "broken");
        values.put("verdict", escaped(verdict(run)));
        values.put("lab", lab == null ? "" : "<p>%s</p>\n".formatted(escaped(without(lab))));
        values.put("parts", escaped(Machine.parts(run.machine())));
        values.put("steps", String.valueOf(run.frames().size()));
        values.put("lamps", lamps(run));
        values.put("table", StepTable.of(run));
        values.put("replay", escaped("Hash of all steps: " + run.hash() + ". Play it again: " + replay));
        values.put("run", Json.line(run).replace("<", "\\u003c"));
        values.put("script", script);
        return filled(resource("page.html"), values);
    }

    /** One pass over the template: a value is never searched for another name. */
    private static String filled(String template, Map<String, String> values) {
        var page = new StringBuilder(1 << 16);
        int from = 0;
        for (int open = template.indexOf("{{"); open >= 0; open = template.indexOf("{{", from)) {
            int close = template.indexOf("}}", open);
            var name = template.substring(open + 2, close);
            page.append(template, from, open).append(Objects.requireNonNull(values.get(name), name));
            from = close + 2;
        }
        return page.append(template.substring(from)).toString();
    }

    private static String policy(String style, String script) {
        return "default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
                .formatted(hash(style), hash(script));
    }

    private static String verdict(Recorded run) {
        if (run.isGreen()) return "Each promise holds in all " + run.frames().size() + " steps.";
        return "VIOLATED: " + String.join(" ", run.red()) + "\n" + run.broken();
    }

    private static String without(Lab lab) {
        return "Lab %d, %s: it plays without this guard: %s.".formatted(lab.number(), lab.title(), lab.guard());
    }

    private static String lamps(Recorded run) {
        return run.lamps().entrySet().stream()
                .map(lamp -> """
                        <li data-id="%1$s"><span class="id">%1$s</span><span class="name">%2$s</span> \
                        <span class="state"></span></li>
                        """.formatted(escaped(lamp.getKey()), escaped(lamp.getValue())))
                .collect(Collectors.joining());
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String resource(String name) {
        try (var file = SeedPage.class.getResourceAsStream("/watch/" + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8);
        } catch (IOException broken) {
            throw new IllegalStateException(name + " cannot be read", broken);
        }
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
