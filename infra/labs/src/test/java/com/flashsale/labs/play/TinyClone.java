package com.flashsale.labs.play;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.labs.Lab;
import com.flashsale.labs.Labs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** A clone with one module of one class, its compiled test, and labs about it. */
record TinyClone(Path root) {

    static final String GUARD = "        if (units < 1) return false;\n";

    private static final String TILL = """
            package shop;

            /** One unit. */
            public class Till {

                private int units = 1;

                public boolean sell() {
                    if (units < 1) return false;
                    units--;
                    return true;
                }

                public int units() {
                    return units;
                }
            }
            """;

    private static final String TEST = """
            package shop;

            import static org.assertj.core.api.Assertions.assertThat;

            import org.junit.jupiter.api.Test;

            class TillTest {

                final Till till = new Till();

                @Test
                void one_unit_is_sold_once() {
                    assertThat(till.sell()).isTrue();
                    till.sell();
                    assertThat(till.units()).as("units left").isEqualTo(0);
                }

                @Test
                void the_second_customer_hears_no() {
                    till.sell();
                    assertThat(till.sell()).isFalse();
                }
            }
            """;

    static final String PATCH = """
            diff --git a/shop/src/main/java/shop/Till.java b/shop/src/main/java/shop/Till.java
            --- a/shop/src/main/java/shop/Till.java
            +++ b/shop/src/main/java/shop/Till.java
            @@ -6,7 +6,6 @@
                 private int units = 1;
            \s
                 public boolean sell() {
            -        if (units < 1) return false;
                     units--;
                     return true;
                 }
            """;

    static TinyClone in(Path directory) throws IOException {
        var clone = new TinyClone(directory.toRealPath());
        write(clone.till(), TILL);
        var test = write(clone.root.resolve("shop/src/test/java/shop/TillTest.java"), TEST);
        clone.compile("classes", clone.till());
        clone.compile("test-classes", test);
        write(clone.target("lab.classpath"), System.getProperty("java.class.path"));
        clone.lab("01-guard", PATCH);
        return clone;
    }

    void lab(String name, String patch) throws IOException {
        var lab = root.resolve("docs/labs").resolve(name);
        write(lab.resolve("guard-removed.patch"), patch);
        write(lab.resolve("lab.properties"), """
                title = The lab %s
                guard = the look at the units
                invariant = I1
                module = shop
                tests = shop
                play = shop.TillTest#one_unit_is_sold_once
                also = shop.TillTest
                violation = units left
                """.formatted(name));
        write(lab.resolve("lab.md"), """
                # A lab
                ## Story
                Two customers want [one unit](x.md).
                ## Meaning
                It was sold twice.
                """);
    }

    Lab lab(int number) throws IOException {
        return Labs.of(root).find(String.valueOf(number));
    }

    Path till() {
        return root.resolve("shop/src/main/java/shop/Till.java");
    }

    Path copies() {
        return root.resolve(".run/labs");
    }

    Path copy() {
        return copies().resolve("01/shop/src/main/java/shop/Till.java");
    }

    private Path target(String name) {
        return root.resolve("shop/target").resolve(name);
    }

    private void compile(String into, Path source) {
        var path = target("classes") + java.io.File.pathSeparator + System.getProperty("java.class.path");
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", target(into).toString(), "-cp", path, source.toString());
        assertThat(code).isZero();
    }

    static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
