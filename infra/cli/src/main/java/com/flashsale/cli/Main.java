package com.flashsale.cli;

/** Entry point; the script beside the root pom calls it. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(FlashSale.run(arguments));
    }
}
