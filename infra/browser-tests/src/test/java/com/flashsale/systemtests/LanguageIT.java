package com.flashsale.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shop in the language of its visitor. */
class LanguageIT extends BrowserTest {

    /** Each text with its path; a function counts with its number of parameters. */
    private static final String KEYS = """
            async language => {
              const keys = (value, path) => typeof value === 'string' ? [path + ' text']
                : typeof value === 'function' ? [path + ' function of ' + value.length]
                : Object.entries(value).flatMap(([key, inner]) => keys(inner, path + '.' + key));
              return keys((await import('/assets/words/' + language + '.js')).messages, '').sort();
            }
            """;

    /** Texts and labels that are a whole English text with a German translation, a key, or no text at all. */
    private static final String FOREIGN = """
            async () => {
              const texts = value => typeof value === 'string' ? [value.replaceAll('`', '')]
                : typeof value === 'function' ? [] : Object.values(value).flatMap(texts);
              const of = async language => texts((await import('/assets/words/' + language + '.js')).messages);
              const german = new Set(await of('de'));
              const english = new Set((await of('en')).filter(text => !german.has(text)));
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const shown = [document.title.split(' · ')[0]];
              while (walker.nextNode()) {
                if (!walker.currentNode.parentElement.closest('script, noscript')) shown.push(walker.currentNode.data);
              }
              for (const node of document.querySelectorAll('[aria-label]')) shown.push(node.ariaLabel);
              for (const node of document.querySelectorAll('[data-message]')) shown.push(node.textContent);
              return shown.map(text => text.trim())
                .filter(text => english.has(text) || /undefined|^[a-z]+\\.[a-zA-Z.]+$/.test(text));
            }
            """;

    private final List<String> foreign = new ArrayList<>();

    private Visitor speaking(String locale) {
        return visitor(new Browser.NewContextOptions().setLocale(locale));
    }

    @Test
    void both_languages_have_the_same_words() {
        var page = visitor().opens("/").page;
        var english = page.evaluate(KEYS, "en");
        assertThat(page.evaluate(KEYS, "de")).isEqualTo(english);
        assertThat((List<?>) english).hasSizeGreaterThan(150);
    }

    @Test
    void the_browsers_language_decides_until_the_visitor_chooses() {
        var sale = sale(3);
        var visitor = speaking("de-DE").opens("/").sees("Blitzverkäufe");
        assertThat(visitor.page.locator("html")).hasAttribute("lang", "de");
        visitor.opensSale(sale).isAt("Jetzt im Verkauf");
        assertThat(visitor.page.locator("#price")).hasText("79,90\u00a0€");
        visitor.press("English").isAt("On sale now");
        assertThat(visitor.page.locator("html")).hasAttribute("lang", "en");
        visitor.opens("/").sees("Flash sales");
        visitor.press("Deutsch").sees("Blitzverkäufe");
    }

    @Test
    void a_browser_that_prefers_a_third_language_gets_english() {
        assertThat(speaking("fr-FR").opens("/").sees("Flash sales").page.locator("html"))
                .hasAttribute("lang", "en");
    }

    @Test
    void a_purchase_in_german_shows_no_english_text_and_no_key() {
        var visitor = speaking("de-DE");
        var waiting = sale(1, Map.of("admissionDuration", "PT5M"));
        shop.join(shop.shopper(), waiting).is(201);
        var soldOut = sale(1);
        heldByAnother(shop.shopper(), soldOut);
        look(visitor.opens("/docs").sees("OpenAPI-Dokumente"));
        look(visitor.opens("/nowhere").sees("Seite nicht gefunden"));
        look(visitor.opens("/").sees("Jetzt im Verkauf"));
        // the sign-in page runs no script, not even that of look
        visitor.press("Anmelden").sees("Oder schauen Sie sich um als");
        assertThat(visitor.page.locator("html")).hasAttribute("lang", "de");
        visitor.press("VIP").sees("Abmelden");
        look(visitor.opensSale(waiting).press("Anstellen").isAt("Sie stehen in der Schlange"));
        look(visitor.opensSale(soldOut).press("Auf die Warteliste").isAt("Sie stehen auf der Warteliste"));
        visitor.opensSale(sale(2)).page.locator("#draw summary").click();
        look(visitor.sees("In diesem Browser geprüft"));
        look(visitor.press("Anstellen").isAt("Sie sind an der Reihe"));
        look(visitor.press("Jetzt bestellen").isAtOrder("Ihre Stücke sind zurückgelegt"));
        look(visitor.press("Karte, die abgelehnt wird").sees("Die Bank hat diese Karte abgelehnt"));
        look(visitor.press("Karte, die angenommen wird").isAtOrder("Bezahlt. Vielen Dank"));
        look(visitor.opens("/orders").sees("Auf der Warteliste"));
        assertThat(foreign).isEmpty();
    }

    private void look(Visitor visitor) {
        for (var text : (List<?>) visitor.page.evaluate(FOREIGN)) foreign.add(visitor.page.url() + ": " + text);
    }
}
