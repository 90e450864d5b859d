package com.flashsale.platform.fastpath;

import com.flashsale.platform.security.KnownCallers;
import com.flashsale.platform.security.SecurityAutoConfiguration;
import com.flashsale.platform.web.ProblemWriter;
import com.flashsale.platform.web.WebAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.validation.Validator;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.HandlerExceptionResolver;
import tools.jackson.databind.json.JsonMapper;

/**
 * Switched on by a {@link FastRoute} bean, and off by {@code platform.fast-path.enabled: false}. Of the filters with
 * the highest precedence, those of earlier configurations come first.
 */
@AutoConfiguration(before = WebAutoConfiguration.class, after = SecurityAutoConfiguration.class)
@ConditionalOnBean({FastRoute.class, KnownCallers.class})
@ConditionalOnBooleanProperty(name = "platform.fast-path.enabled", matchIfMissing = true)
public class FastPathAutoConfiguration {

    @Bean
    FastPathResponses fastPathResponses(
            JsonMapper json,
            ProblemWriter problems,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver failures) {
        return new FastPathResponses(json, problems, failures);
    }

    @Bean
    FastPathBodies fastPathBodies(
            List<FastRoute<?>> routes,
            JsonMapper json,
            Validator validator,
            @Value("${platform.web.max-body:16KB}") DataSize maxBody) {
        return new FastPathBodies(routes, json, validator, maxBody.toBytes());
    }

    @Bean
    FastPath fastPath(
            List<FastRoute<?>> routes,
            KnownCallers callers,
            FastPathBodies bodies,
            FastPathResponses responses,
            MeterRegistry meters) {
        return new FastPath(routes, callers, bodies, responses, new FastPathMeters(meters));
    }

    @Bean
    FilterRegistrationBean<FastPathFilter> fastPathFilter(ObjectProvider<FastPath> fastPath) {
        var registration = new FilterRegistrationBean<>(new FastPathFilter(SingletonSupplier.of(fastPath::getObject)));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
