package com.flashsale.auth.signin;

import static com.flashsale.auth.Storefront.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.auth.Browser;
import com.flashsale.auth.Storefront;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages in the language of the shop, of the browser, or in English. */
class SignInLanguageIT extends SignInPagesIT {

    private static final String ENGLISH = "<html lang=\"en\"";
    private static final String GERMAN = "<html lang=\"de\"";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                 |                        | en",
                "                 | de                     | de",
                "                 | de-AT,en;q=0.5         | de",
                "                 | fr,de;q=0.5            | de",
                "                 | en;q=0.4,de;q=0.5      | de",
                "                 | fr                     | en",
                "                 | *                      | en",
                "                 | ;;;                    | en",
                "de               | en                     | de",
                "de-CH            |                        | de",
                "fr%20de%20en     |                        | de",
                "+de++en+         |                        | de",
                "DE               |                        | de",
                "fr               | de                     | de",
                "%22%3E%3Cscript  | de                     | de",
                "%E2%98%83        |                        | en",
            })
    void the_shop_decides_before_the_browser(String asked, String accepted, String language) {
        var address = "/login" + (asked == null ? "" : "?ui_locales=" + asked);
        var page = accepted == null ? browser.get(address) : browser.get(address, "Accept-Language", accepted);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<html lang=\"" + language + "\"").doesNotContain("<script");
        assertThat(page.headers().firstValue("Content-Language")).hasValue(language);
        assertThat(page.body()).contains(language.equals("de") ? ">Anmelden<" : ">Sign in<");
    }

    @Test
    void the_language_of_the_shop_goes_with_the_visitor_to_each_page_and_message() {
        var wanted = new HashMap<>(storefront.authorizationRequest());
        wanted.put("ui_locales", "de-DE en");
        var toSignIn = Browser.location(storefront.authorize(wanted));
        assertThat(toSignIn).endsWith("&ui_locales=de");

        var signIn = browser.get(toSignIn).body();
        assertThat(signIn).contains(GERMAN).contains("Neu hier?");
        var register = browser.get(hrefOf(signIn, "Konto anlegen")).body();
        assertThat(register).contains(GERMAN).contains("Mindestens 12 Zeichen.");
        var back = browser.get(hrefOf(register, "Anmelden")).body();
        assertThat(back).contains(GERMAN);

        // the form of a page that was open for too long
        var again = browser.post("/login", Map.of("email", "a", "continueTo", continuationOf(back)));
        assertThat(Browser.location(again)).isEqualTo(toSignIn);
    }

    @Test
    void a_refused_form_speaks_the_language_of_its_page() {
        var german = Map.of("ui_locales", "de");

        var wrong =
                browser.submit("/login?ui_locales=de", with(german, "email", "stranger@example.com", "password", "x"));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains(GERMAN).contains("gehören nicht zusammen");

        var refused = browser.submit(
                "/register?ui_locales=de",
                with(german, "email", "not-an-address", "password", "short", "displayName", "a\u202eb"));
        assertThat(refused.body())
                .contains(GERMAN)
                .contains("Die Adresse muss eine E-Mail-Adresse sein.")
                .contains("Das Passwort muss 12 bis 128 Zeichen haben.")
                .contains("Der Name enthält Zeichen, die hier nicht erlaubt sind.");

        var tooLong = browser.submit(
                "/register?ui_locales=de",
                with(german, "email", "a@example.com", "password", PASSWORD, "displayName", "x".repeat(81)));
        assertThat(tooLong.body()).contains("Der Name darf höchstens 80 Zeichen haben.");

        var taken = browser.submit(
                "/register?ui_locales=de",
                with(german, "email", Storefront.newPerson(browser.copy()), "password", PASSWORD));
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(taken.body()).contains("Die Adresse gehört schon zu einem Konto.");
    }

    @Test
    void each_page_links_to_itself_in_the_other_language() {
        for (var path : new String[] {"/login", "/register", "/login/sign-out"}) {
            var english = browser.get(path).body();
            assertThat(english).as(path).contains(ENGLISH).contains(">Deutsch<").doesNotContain(">English<");
            var link = hrefOf(english, "Deutsch");
            assertThat(link).startsWith(path + "?");

            assertThat(browser.get(link).body()).as(link).contains(GERMAN).contains(">English<");
        }
    }

    @Test
    void a_sign_out_without_proof_is_asked_for_in_the_language_of_the_shop() {
        var asked = browser.get("/connect/logout?client_id=storefront&ui_locales=de", "Accept", "text/html");

        assertThat(Browser.location(asked)).isEqualTo("/login/sign-out?ui_locales=de");
        assertThat(browser.get(Browser.location(asked)).body()).contains("Sie sind abgemeldet");
    }

    @Test
    void errors_are_pages_in_the_language_of_the_visitor() {
        var broken = browser.get("/oauth2/authorize?client_id=unknown&ui_locales=de", "Accept", "text/html");

        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).contains(GERMAN).contains("Diese Anmeldung kann nicht weitergehen");

        var english = browser.get("/oauth2/authorize?client_id=unknown", "Accept", "text/html");
        assertThat(english.body()).contains(ENGLISH).contains("This sign-in cannot go on");
    }

    /** Programs compare texts, and their problems are English for everyone. */
    @Test
    void documents_for_programs_stay_english() {
        var refused = browser.postJson(
                "/api/v1/accounts?ui_locales=de",
                "{\"email\":\"not-an-address\",\"password\":\"short\"}",
                "Accept-Language",
                "de");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("must be an e-mail address");
    }

    private static Map<String, String> with(Map<String, String> first, String... more) {
        var all = new HashMap<>(first);
        for (var i = 0; i < more.length; i += 2) all.put(more[i], more[i + 1]);
        return all;
    }

    private static String continuationOf(String page) {
        var value = page.substring(page.indexOf("name=\"continueTo\" value=\"") + 25);
        return value.substring(0, value.indexOf('"'));
    }

    /** The address behind a link with this text, as a browser reads it. */
    private static String hrefOf(String page, String text) {
        var before = page.substring(0, page.indexOf(">" + text + "<"));
        var href = before.substring(before.lastIndexOf("href=\"") + 6);
        return href.substring(0, href.indexOf('"')).replace("&amp;", "&");
    }
}
