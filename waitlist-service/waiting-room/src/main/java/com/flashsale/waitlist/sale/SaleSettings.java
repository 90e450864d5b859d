package com.flashsale.waitlist.sale;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param refresh how often a replica looks for terms and stock that another one was told */
@ConfigurationProperties("waitlist.sale")
record SaleSettings(@DefaultValue("500ms") Duration refresh) {}
