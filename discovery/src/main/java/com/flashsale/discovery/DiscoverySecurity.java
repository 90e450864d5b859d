package com.flashsale.discovery;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** Everything but the probes needs the shared secret: registering, asking, and the dashboard. */
@Configuration(proxyBeanMethods = false)
class DiscoverySecurity {

    @Bean
    PasswordEncoder sharedSecretEncoder() {
        return new SharedSecretEncoder();
    }

    @Bean
    UserDetailsService theOneClient(DiscoverySettings settings, PasswordEncoder encoder) {
        return new InMemoryUserDetailsManager(User.withUsername(settings.user())
                .password(encoder.encode(settings.password()))
                .authorities("REGISTRY")
                .build());
    }

    /** Matches on the management port only, which the network keeps inside. */
    @Bean
    @Order(1)
    SecurityFilterChain management(HttpSecurity http) {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain registry(HttpSecurity http) {
        return http.authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .httpBasic(Customizer.withDefaults())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // instances are no browsers and carry no CSRF token; the dashboard keeps the protection
                .csrf(csrf -> csrf.ignoringRequestMatchers("/eureka/**"))
                .build();
    }
}
