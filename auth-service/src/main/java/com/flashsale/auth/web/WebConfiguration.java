package com.flashsale.auth.web;

import com.flashsale.platform.web.ProblemWriter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    /** After the trace and the limit of bodies, before the session. */
    @Bean
    FilterRegistrationBean<RequestGuardFilter> requestGuard(ProblemWriter problems, ErrorPage page) {
        var registration = new FilterRegistrationBean<>(new RequestGuardFilter(problems, page));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        return registration;
    }
}
