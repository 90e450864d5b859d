package com.flashsale.waitlist.admission;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param grace between the expiry of an admission and taking it back
 * @param batch most admissions written in one transaction
 * @param queue most that may wait to be written
 * @param maxWait how long one waits before its caller is told to come again
 * @param pace from one transaction's beginning to the next one's, at least
 */
@ConfigurationProperties("waitlist.admission")
public record AdmissionSettings(
        @DefaultValue("0s") Duration grace,
        @DefaultValue("500") int batch,
        @DefaultValue("4000") int queue,
        @DefaultValue("1s") Duration maxWait,
        @DefaultValue("20ms") Duration pace) {}
