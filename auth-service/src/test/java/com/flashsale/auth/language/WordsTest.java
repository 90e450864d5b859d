package com.flashsale.auth.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

class WordsTest {

    private static final Pattern VALUE = Pattern.compile("\\{\\d}");

    /** The codes of constraints begin with a capital letter; their English words stand in the code. */
    @Test
    void each_language_has_the_same_words_with_the_same_values() throws IOException {
        var english = valuesByKey("pages.properties");
        var german = valuesByKey("pages_de.properties");
        german.keySet().removeIf(key -> Character.isUpperCase(key.charAt(0)));

        assertThat(german).isEqualTo(english).isNotEmpty();
    }

    /** Texts with values are formats, in which an apostrophe quotes. */
    @Test
    void no_text_has_an_apostrophe_or_is_empty() throws IOException {
        for (var file : new String[] {"pages.properties", "pages_de.properties"}) {
            assertThat(words(file).values())
                    .allSatisfy(text ->
                            assertThat(text.toString()).doesNotContain("'").isNotBlank());
        }
    }

    private static TreeMap<String, String> valuesByKey(String file) throws IOException {
        var all = new TreeMap<String, String>();
        words(file)
                .forEach((key, text) -> all.put(
                        key.toString(),
                        VALUE.matcher(text.toString())
                                .results()
                                .map(found -> found.group())
                                .sorted()
                                .collect(Collectors.joining())));
        return all;
    }

    private static Properties words(String file) throws IOException {
        var words = new Properties();
        var resource = new ClassPathResource("words/" + file);
        try (var reader = new InputStreamReader(resource.getInputStream(), StandardCharsets.UTF_8)) {
            words.load(reader);
        }
        return words;
    }
}
