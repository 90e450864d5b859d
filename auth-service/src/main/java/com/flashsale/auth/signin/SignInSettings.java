package com.flashsale.auth.signin;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param freeAttemptsPerAccount failures before the first wait; each further one doubles it
 * @param freeAttemptsPerAddress the same for one network address, behind which an office may sit
 * @param longestWait so that nobody can lock another person out for long
 * @param remembered accounts, and addresses, whose failures are counted; the least recent are forgotten first
 * @param sessionsPerAccount browsers signed in at the same time; the oldest is signed out
 */
@ConfigurationProperties("auth.sign-in")
record SignInSettings(
        int freeAttemptsPerAccount,
        int freeAttemptsPerAddress,
        Duration longestWait,
        int remembered,
        int sessionsPerAccount) {}
