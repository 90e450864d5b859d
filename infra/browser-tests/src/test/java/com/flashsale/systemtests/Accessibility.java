package com.flashsale.systemtests;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Looks for serious findings of axe-core and for sideways scrolling, light and dark, on a small and a large screen and
 * at 200 % zoom. The page must have been opened without its policy, which forbids axe-core too.
 */
final class Accessibility {

    private record Display(ColorScheme colours, int width, int height) {}

    /** 640 px are 1280 px at 200 %. */
    private static final List<Display> DISPLAYS = List.of(
            new Display(ColorScheme.LIGHT, 1280, 900),
            new Display(ColorScheme.DARK, 360, 740),
            new Display(ColorScheme.LIGHT, 360, 740),
            new Display(ColorScheme.DARK, 1280, 900),
            new Display(ColorScheme.LIGHT, 640, 450));

    private static final String RUN = """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .filter(one => ['serious', 'critical'].includes(one.impact))
              .map(one => one.id + ': ' + one.nodes
                .map(node => node.target.join(' ') + ' ' + (node.any[0]?.message ?? ''))
                .join('; '))
            """;
    static final String OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

    private static final String AXE = source();

    private Accessibility() {}

    /** @param what names the page in a finding */
    static List<String> findings(Page page, String what) {
        var found = new ArrayList<String>();
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(AXE));
        for (var display : DISPLAYS) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(display.colours()));
            page.setViewportSize(display.width(), display.height());
            for (var violation : (List<?>) Objects.requireNonNull(page.evaluate(RUN))) {
                found.add(what + ", " + display + ": " + violation);
            }
            if (((Number) page.evaluate(OVERFLOW)).intValue() > 0)
                found.add(what + ", " + display + ": scrolls sideways");
        }
        page.setViewportSize(1280, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        return found;
    }

    private static String source() {
        try (var file = Accessibility.class.getResourceAsStream("/axe-core/axe.min.js")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
