package com.flashsale.engines;

/**
 * The settings of Redis. It keeps nothing on disk, because its data can be rebuilt. When its memory is full, it refuses
 * writes instead of evicting keys.
 *
 * @param maxMemoryMegabytes its limit; writes fail beyond it
 */
public record RedisSettings(int port, EngineFiles files, String password, int maxMemoryMegabytes) {

    private static final int MAX_MEMORY_MEGABYTES = 256;

    public RedisSettings {
        if (!password.matches("[A-Za-z0-9_-]{8,}")) {
            throw new IllegalArgumentException("The Redis password must be at least 8 letters, digits, - or _");
        }
        if (maxMemoryMegabytes < 1) throw new IllegalArgumentException("maxMemoryMegabytes must be positive");
    }

    public RedisSettings(int port, EngineFiles files, String password) {
        this(port, files, password, MAX_MEMORY_MEGABYTES);
    }

    /** No password in logs. */
    @Override
    public String toString() {
        return "RedisSettings[port=" + port + ", files=" + files + ", maxMemoryMegabytes=" + maxMemoryMegabytes + "]";
    }
}
