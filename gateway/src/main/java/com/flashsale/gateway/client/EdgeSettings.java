package com.flashsale.gateway.client;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param trustedProxies CIDR blocks of proxies whose forwarded headers are believed */
@ConfigurationProperties("gateway.edge")
record EdgeSettings(@DefaultValue List<String> trustedProxies) {}
