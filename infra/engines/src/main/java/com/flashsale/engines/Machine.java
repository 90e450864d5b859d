package com.flashsale.engines;

import java.util.Locale;

/** The operating system and processor that binaries must fit. */
record Machine(Os os, Cpu cpu) {

    enum Os {
        LINUX,
        DARWIN
    }

    enum Cpu {
        AMD64,
        ARM64
    }

    static Machine current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Machine of(String osName, String osArch) {
        var os = osName.toLowerCase(Locale.ROOT);
        return new Machine(
                switch (os) {
                    case "linux" -> Os.LINUX;
                    case "mac os x", "darwin" -> Os.DARWIN;
                    default ->
                        throw new EngineException(
                                "No engines for " + osName + ": use Linux or macOS (on Windows: WSL 2).");
                },
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> Cpu.AMD64;
                    case "aarch64", "arm64" -> Cpu.ARM64;
                    default -> throw new EngineException("No engines for the processor " + osArch + ".");
                });
    }

    String postgresArchive() {
        return "postgres-" + (os == Os.LINUX ? "linux" : "darwin") + (cpu == Cpu.AMD64 ? "-x86_64" : "-arm_64")
                + ".txz";
    }

    String redisBinary() {
        return "redis-server-7.0.15-" + (os == Os.LINUX ? "linux" : "darwin")
                + (cpu == Cpu.AMD64 ? "-amd64" : "-arm64");
    }
}
