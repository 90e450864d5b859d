package com.flashsale.gateway.response;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemPageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de|de",
                "de-AT,de;q=0.9,en;q=0.8|de",
                "en-GB,en;q=0.9,de;q=0.8|en",
                "en;q=0.5,de;q=0.9|de",
                "fr-FR,fr;q=0.9,de;q=0.1|de",
                "fr|en",
                "*|en",
                "q=banana;;|en"
            })
    void the_first_language_of_the_browser_that_the_shop_speaks_decides(String accepted, String language) {
        assertThat(ProblemPage.languageOf(accepted)).isEqualTo(language);
    }

    @Test
    void a_browser_without_a_language_gets_english() {
        assertThat(ProblemPage.languageOf(null)).isEqualTo("en");
        assertThat(ProblemPage.languageOf("de,".repeat(1000))).isEqualTo("en");
    }

    @Test
    void both_languages_have_the_same_words() throws IOException {
        assertThat(ProblemPage.wordsOf("de").keySet())
                .isEqualTo(ProblemPage.wordsOf("en").keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void a_page_has_no_gap(String language) throws IOException {
        var problem = new ProblemException(ProblemTypes.OVERLOADED, "The test is full.");
        var page = new String(new ProblemPage().of(problem, "4711", language), StandardCharsets.UTF_8);
        assertThat(page)
                .contains("lang=\"" + language + "\"", "503", "4711")
                .contains(ProblemPage.wordsOf(language).getProperty("busy.title"))
                .doesNotContain("{", "}", "null");
    }
}
