package com.flashsale.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds secrets by their values, wherever they stand: variables, arguments, addresses, files, SQL, headers. */
final class SecretValues {

    private static final String WORDS = "password|passwd|passphrase|secret|token";

    /** A field, variable or file whose value is a secret. */
    private static final Pattern NAME = Pattern.compile("(?i).*(?:" + WORDS
            + "|pwd|credentials?|apikey|authorization|jaas\\.config|[-_.](?:keys?|auth|pass|pem|p12|jks))");

    private static final Pattern OPTION =
            Pattern.compile("(?i)--?[\\w.-]*(?:pass|password|passwd|pwd|secret|token|auth|api-?key)|-a");

    private static final String ASSIGNMENT =
            "[\"'\\]]*(?:\\s*=|:)\\s*[\\\\\"']*(?![\\s$<{:/%]|file:)[^\\s\"'\\\\&;,)]+";

    private static final String KEYS = "(?:api|access|private|secret|signing|encryption|admission)[-_.]?keys?";

    /** {@code password=…} or {@code password: …} inside a longer text, with a literal value. */
    private static final Pattern ASSIGNED =
            Pattern.compile("(?i)(?:" + WORDS + "|(?<![a-z/@.])(?:pwd|pass|auth)|" + KEYS + ")" + ASSIGNMENT);

    private static final List<Pattern> FORMS = List.of(
            ASSIGNED,
            Pattern.compile("PRIVATE KEY"),
            Pattern.compile("://[^/\\s:@\"']*:[^/\\s@\"'$<{]+@"),
            Pattern.compile("(?i)\\b(?:basic|bearer)\\s+[a-z0-9+/._=-]{8,}"),
            Pattern.compile("(?i)\\bpassword\\s+e?'[^']+'"),
            Pattern.compile("(?m)^\\s*(?:requirepass|masterauth|tls-key-file-pass)\\s+\\S+"),
            Pattern.compile("(?m)^\\s*user\\s+\\S+\\s[^\\n]*[>#]\\S+"),
            Pattern.compile("\\bAKIA[0-9A-Z]{16}\\b|\\bgh[pousr]_\\w{20,}|\\bxox[baprs]-\\w"),
            Pattern.compile("\\b[sr]k_(?:live|test)_\\w+"),
            Pattern.compile("\\beyJ[\\w-]{10,}\\.eyJ"));

    /** Long enough for a key of 16 bytes in Base64. */
    private static final Pattern LONG = Pattern.compile("[A-Za-z0-9+_-]{22,}");

    private static final int FEWEST_OF_EACH = 2;

    /** Users of Redis that need no password: the word behind {@code --pass} opens nothing. */
    private static final Set<String> WITHOUT_PASSWORD = LocalSecrets.all().stream()
            .filter(secret -> secret.name().equals("redis-users"))
            .flatMap(secret -> Pattern.compile("user (\\S+) on nopass")
                    .matcher(secret.text("/stringData/users.acl"))
                    .results()
                    .map(match -> match.group(1)))
            .collect(Collectors.toUnmodifiableSet());

    private SecretValues() {}

    /** The places of all secrets in a tree, as words for a sentence. */
    static List<String> in(JsonNode tree) {
        var found = new ArrayList<String>();
        walk("", tree, found);
        return found;
    }

    private static void walk(String place, JsonNode node, List<String> found) {
        if (node.isTextual()) {
            if (isSecret(node.asText())) found.add(place.isEmpty() ? "a text" : place);
            return;
        }
        if (node.isArray()) arguments(node, found);
        var name = node.path("name").asText();
        if (isName(name) && isLiteral(node.path("value"))) found.add(name);
        node.properties().forEach(field -> {
            if (isName(field.getKey()) && isLiteral(field.getValue())) found.add(field.getKey());
            else walk(name.isEmpty() ? field.getKey() : name + "/" + field.getKey(), field.getValue(), found);
        });
        if (node.isArray()) node.forEach(element -> walk(place, element, found));
    }

    /** An option and its value as two words: {@code --pass hunter2}. */
    private static void arguments(JsonNode words, List<String> found) {
        for (var i = 1; i < words.size(); i++) {
            var option = words.get(i - 1).asText();
            var value = words.get(i);
            if (OPTION.matcher(option).matches()
                    && isLiteral(value)
                    && !value.asText().startsWith("-")
                    && !WITHOUT_PASSWORD.contains(value.asText())) found.add(option);
        }
    }

    private static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Not a path, a reference or a template, which only say where the value is. */
    private static boolean isLiteral(JsonNode value) {
        var text = value.asText();
        return value.isValueNode()
                && !value.isBoolean()
                && !text.isBlank()
                && !text.matches("true|false|(?s)\\w+:x:\\d+:.*")
                && !text.matches("(?s)(?:/|file:|\\$[({\\w]|\\{\\{).*");
    }

    static boolean isSecret(String text) {
        return FORMS.stream().anyMatch(form -> form.matcher(text).find())
                || LONG.matcher(text).results().map(MatchResult::group).anyMatch(SecretValues::looksRandom);
    }

    private static boolean looksRandom(String word) {
        return count(word, Character::isUpperCase) >= FEWEST_OF_EACH
                && count(word, Character::isLowerCase) >= FEWEST_OF_EACH
                && count(word, Character::isDigit) >= FEWEST_OF_EACH;
    }

    private static long count(String word, Predicate<Character> kind) {
        return word.chars().filter(letter -> kind.test((char) letter)).count();
    }
}
