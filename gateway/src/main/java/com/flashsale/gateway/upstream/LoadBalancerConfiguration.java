package com.flashsale.gateway.upstream;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.ReactorLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Made once for each service, in its own context: not a bean of the application. */
class LoadBalancerConfiguration {

    @Bean
    ReactorLoadBalancer<ServiceInstance> loadBalancer(
            Environment environment, LoadBalancerClientFactory factory, KnownInstances known, Instances instances) {
        var service = environment.getRequiredProperty(LoadBalancerClientFactory.PROPERTY_NAME);
        return new HealthAwareLoadBalancer(
                service, factory.getLazyProvider(service, ServiceInstanceListSupplier.class), known, instances);
    }
}
