package com.flashsale.auth.password;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param threads hashes made at the same time; each takes a core for tens of milliseconds and 19 MiB
 * @param queue hashes that may wait
 * @param patience how long a caller waits for a thread and its hash
 */
@ConfigurationProperties("auth.password-hashing")
record HashingSettings(int threads, int queue, Duration patience) {}
