package com.flashsale.waitlist.entry;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param every how often freed units are looked for
 * @param offerBatch most offers in one transaction
 * @param closeBatch most entries closed in one transaction
 * @param mostEntries who may wait for one sale, give or take what joins in a second
 * @param joinBatch most entries made in one transaction
 * @param joinQueue most that may wait to be made
 * @param maxWait how long one waits before its caller is told to come again
 * @param pace from one transaction's beginning to the next one's, at least
 */
@ConfigurationProperties("waitlist.list")
record WaitlistSettings(
        @DefaultValue("250ms") Duration every,
        @DefaultValue("200") int offerBatch,
        @DefaultValue("1000") int closeBatch,
        @DefaultValue("50000") int mostEntries,
        @DefaultValue("200") int joinBatch,
        @DefaultValue("2000") int joinQueue,
        @DefaultValue("1s") Duration maxWait,
        @DefaultValue("20ms") Duration pace) {}
