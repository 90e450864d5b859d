package com.flashsale.waitlist.status;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param mostSubscribers event streams per replica: about 10 KiB of heap and a connection each
 * @param mostPerClient event streams of one address
 */
@ConfigurationProperties("waitlist.room")
record QueueStreamSettings(
        @DefaultValue("3000") int mostSubscribers,
        @DefaultValue("100") int mostPerClient) {}
