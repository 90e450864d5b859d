package com.flashsale.gateway.storefront;

import static com.flashsale.platform.problem.ProblemTypes.NOT_FOUND;

import com.flashsale.platform.problem.ProblemException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The way to the control room: a redirect, where the operator of this process has named one. The room has an origin of
 * its own, so no script of the shop can steer it, and it stays when this process falls.
 */
@Configuration(proxyBeanMethods = false)
class ControlRoomConfiguration {

    private final @Nullable URI room;

    ControlRoomConfiguration(@Value("${gateway.control-room}") String address) {
        this.room = address.isBlank() ? null : URI.create(address);
    }

    @Bean
    RouterFunction<ServerResponse> controlRoomRoute() {
        return RouterFunctions.route()
                .GET(
                        "/control/**",
                        _ -> room == null
                                ? none()
                                : ServerResponse.temporaryRedirect(room).build())
                .build();
    }

    private static Mono<ServerResponse> none() {
        return Mono.error(new ProblemException(NOT_FOUND, "There is nothing at this path."));
    }
}
