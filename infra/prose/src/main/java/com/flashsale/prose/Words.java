package com.flashsale.prose;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The words that no sentence may have as its subject. A clause with such a word hides the customer, the replica or the
 * request that the reader looks for.
 */
final class Words {

    private static final Pattern ANYWHERE = Pattern.compile(
            "\\b(whoever|whatever|whichever|nobody|somebody|everybody|so many|what (?:is|was|has))\\b",
            Pattern.CASE_INSENSITIVE);

    /** After a noun, "who" is a relative pronoun, and fine. */
    private static final Pattern WITHOUT_A_NOUN =
            Pattern.compile("(?:^|[.;:!] |\\b(?:of|to|for|by|from|with|and|or) )(who) ", Pattern.CASE_INSENSITIVE);

    private static final Pattern FIRST = Pattern.compile("(?:^|[.;:!] )(What|He) ");

    private static final Pattern TEST_NAME =
            Pattern.compile("^(who|what)_|(?:^|_)(whoever|whatever|nobody|somebody|everybody|so_many)_");

    private Words() {}

    static Optional<String> in(String sentence) {
        // a question may ask who or what
        if (sentence.strip().endsWith("?")) return Optional.empty();
        for (var pattern : List.of(ANYWHERE, WITHOUT_A_NOUN, FIRST)) {
            var found = pattern.matcher(sentence);
            if (found.find()) return Optional.of(found.group(1));
        }
        return Optional.empty();
    }

    static Optional<String> inTestName(String name) {
        var found = TEST_NAME.matcher(name);
        return found.find() ? Optional.of(found.group().replace('_', ' ').strip()) : Optional.empty();
    }
}
