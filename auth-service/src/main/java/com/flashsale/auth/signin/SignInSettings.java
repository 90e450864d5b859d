package com.flashsale.auth.signin;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param freeAttemptsPerAccount failures of one account from one network, or from one known device, before the first
 *     wait; each further one doubles the wait
 * @param freeAttemptsPerNetwork the same for all accounts of one network: an office may sit behind it
 * @param suspiciousAccount failures of one account from all networks, after which a network has one free attempt only
 * @param longestWait the longest of these waits
 * @param remembered counters that are kept; those that are used least are forgotten first
 * @param sessionsPerAccount browsers signed in at the same time; the oldest is signed out
 */
@ConfigurationProperties("auth.sign-in")
record SignInSettings(
        int freeAttemptsPerAccount,
        int freeAttemptsPerNetwork,
        int suspiciousAccount,
        Duration longestWait,
        int remembered,
        int sessionsPerAccount) {}
