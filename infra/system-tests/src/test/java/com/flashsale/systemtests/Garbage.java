package com.flashsale.systemtests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Input that no well-behaved client sends, by the place where it goes; chosen by a random source, so that a seed
 * repeats it.
 */
final class Garbage {

    private static final int LONG = 9_000;

    /** As one writes them into an address. */
    private static final List<String> ENCODED = List.of(
            "%00",
            "%e9",
            "caf%e9",
            "%ff%fe",
            "%ed%a0%80",
            "%c0%af",
            "%f4%90%80%80",
            "%",
            "%z",
            "%zz",
            "%1",
            "%u0041",
            "%0d%0aSet-Cookie:x=y",
            "%0a",
            "%09",
            "%7f",
            "%2e%2e%2f",
            "..%2f..%2fetc%2fpasswd",
            "%2F%2F",
            "%3b",
            "%25",
            "%252e",
            "%5c",
            "%F0%9F%98%80",
            "%e2%80%8b",
            "%e2%80%ae",
            "e%cc%81",
            "'%20or%201=1--",
            "$%7bjndi:ldap:x%7d",
            "{{7*7}}",
            "a".repeat(LONG),
            "%41".repeat(LONG / 3),
            "",
            "null",
            "undefined",
            "-1",
            "0",
            "1e9",
            "99999999999999999999",
            "0x10",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "1-1-1-1-1",
            ";jsessionid=1",
            "*",
            "[]",
            "a,b",
            "@",
            ":");

    private static final List<byte[]> RAW = Stream.of(
                    "\u0000",
                    "é",
                    "\u0080\u00ff",
                    "\t",
                    "\u007f",
                    "\u0001\u001b[31m",
                    "x\u000by",
                    "\"",
                    "\\",
                    "a;b=c,d",
                    "=",
                    ",",
                    " ",
                    "")
            .map(text -> text.getBytes(ISO_8859_1))
            .toList();

    private static final List<String> UNICODE = List.of(
            "\ud83d\ude00",
            "\u202eabc",
            "\u200b",
            "\ufeff",
            "e\u0301",
            "\uff46\uff55\uff4c\uff4c",
            "\ufdfa",
            "\u0130",
            "\u00df",
            "\ud7ff",
            "\uffff");

    /** Of cookies and tokens: what decodes to something that a store or a parser cannot take. */
    private static final List<String> CREDENTIALS = List.of(
            "AAAA",
            "AAAAAAAA",
            "////",
            "w6k=",
            "4pi6",
            "gICA",
            "a.b.c",
            "eyJhbGciOiJub25lIn0.e30.",
            "eyJhbGciOiJFUzI1NiIsImtpZCI6Ii4uLy4uIn0.e30.AAAA",
            "..",
            "....",
            "\"quoted\"",
            "0193f000-0000-7000-8000-000000000001");

    private final Random random;

    Garbage(Random random) {
        this.random = random;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /**
     * For a path segment or a query: mostly ill-encoded, sometimes raw bytes that may not stand in a request line at
     * all.
     */
    byte[] inAddress() {
        if (chance(0.75)) return one(ENCODED).getBytes(ISO_8859_1);
        return chance(0.5) ? one(UNICODE).getBytes(UTF_8) : noise(24);
    }

    /** For a header value or a cookie. */
    byte[] inHeader() {
        return switch (random.nextInt(6)) {
            case 0 -> one(RAW);
            case 1 -> one(UNICODE).getBytes(UTF_8);
            case 2 -> noise(40);
            case 3 -> "v".repeat(random.nextInt(20_000)).getBytes(ISO_8859_1);
            case 4 -> one(CREDENTIALS).getBytes(ISO_8859_1);
            default -> one(ENCODED).getBytes(ISO_8859_1);
        };
    }

    byte[] credential() {
        return chance(0.7) ? one(CREDENTIALS).getBytes(ISO_8859_1) : inHeader();
    }

    /** For a form field: percent-encoded, or not. */
    byte[] inForm() {
        return chance(0.7) ? one(ENCODED).getBytes(ISO_8859_1) : inHeader();
    }

    /** Any bytes at all but line ends: those would make another header of it. */
    byte[] noise(int most) {
        var bytes = new byte[1 + random.nextInt(most)];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') bytes[i] = '?';
        }
        return bytes;
    }

    /** A JSON value of a wrong kind or form, as text. */
    byte[] json() {
        return switch (random.nextInt(4)) {
            case 0 ->
                one(List.of("null", "true", "[]", "{}", "\"\"", "0", "-1", "0.5", "1e999", "-1e999", "1e-999"))
                        .getBytes(UTF_8);
            case 1 ->
                one(List.of(
                                "\"\\u0000\"",
                                "\"\\ud800\"",
                                "\"\\udc00\\ud800\"",
                                "\"\\uffff\"",
                                "\"\\x\"",
                                "\"a\nb\"",
                                "99999999999999999999999999",
                                "1" + "0".repeat(1_100),
                                "0." + "1".repeat(1_100),
                                "NaN",
                                "Infinity",
                                "+1",
                                "01",
                                "'x'",
                                "\"" + "x".repeat(LONG) + "\"",
                                "\"PT1M\u0000\"",
                                "\"+999999999-12-31T23:59:59Z\"",
                                "\"2026-02-30T00:00:00Z\"",
                                "\"PT-1S\"",
                                "\"P999999999D\""))
                        .getBytes(UTF_8);
            case 2 -> deep();
            default -> concat("\"".getBytes(UTF_8), noise(12), "\"".getBytes(UTF_8));
        };
    }

    private byte[] deep() {
        int depth = one(List.of(50, 600, 1_100, 3_000));
        return chance(0.5)
                ? ("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8)
                : ("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)).getBytes(UTF_8);
    }

    static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
