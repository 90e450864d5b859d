package com.flashsale.platform.test.simulation;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;

/**
 * One replica of a service with everything that belongs to it, and nothing that runs by itself: no consumer polls, no
 * job is scheduled, no relay sends, no web server listens. The simulation does what they would do, when the seed says
 * so.
 */
public final class SimulatedService implements AutoCloseable {

    private static final AtomicInteger WORLDS = new AtomicInteger();

    private final World world;
    private final NodeClock clock;
    private final ConfigurableApplicationContext context;
    private final JdbcClient undisturbed;

    private SimulatedService(World world, Class<?> application, Map<String, Object> own, Class<?>... configurations) {
        this.world = world;
        this.clock = world.time().clockOf("replica " + world.replicas().incrementAndGet());
        this.context = new SpringApplicationBuilder(application, Nothing.class)
                .sources(configurations)
                .logStartupInfo(false)
                .initializers(fresh -> prepare((GenericApplicationContext) fresh, own))
                .run();
        var source = (FaultyDataSource) context.getBean(DataSource.class);
        this.undisturbed = JdbcClient.create(source.undisturbed());
    }

    /** @param properties the needs of this world beyond the defaults, for instance a Redis */
    public static SimulatedService start(
            Class<?> application, Map<String, Object> properties, Class<?>... configurations) {
        var database = new SimulatedDatabase("simulation_" + WORLDS.incrementAndGet());
        var time = new SimulatedTime();
        var databaseClock = time.clockOf("the database", database::setTime);
        var world = new World(database, databaseClock, time, new FaultInjector(), new AtomicInteger());
        var service = new SimulatedService(world, application, properties, configurations);
        database.rememberTables();
        return service;
    }

    /** Another replica in the same world: the same database and faults, its own memory and its own clock. */
    public SimulatedService replica(Class<?> application, Map<String, Object> properties, Class<?>... configurations) {
        return new SimulatedService(world, application, properties, configurations);
    }

    private record World(
            SimulatedDatabase database,
            NodeClock databaseClock,
            SimulatedTime time,
            FaultInjector faults,
            AtomicInteger replicas) {}

    private void prepare(GenericApplicationContext fresh, Map<String, Object> own) {
        var properties = new HashMap<String, Object>();
        properties.put("DATABASE_URL", world.database().url());
        properties.put("DATABASE_USER", world.database().name());
        properties.put("DATABASE_PASSWORD", SimulatedDatabase.password());
        // the clock was there before the first migration
        properties.put("spring.flyway.baseline-on-migrate", true);
        properties.put("spring.flyway.baseline-version", 0);
        properties.put("SERVER_PORT", 0);
        properties.put("MANAGEMENT_SERVER_PORT", 0);
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.kafka.admin.auto-create", false);
        properties.put("spring.kafka.producer.properties.max.block.ms", 1);
        properties.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        properties.put("EUREKA_CLIENT_ENABLED", false);
        properties.put(
                "FLASHSALE_ADMISSION_KEYS",
                "test:"
                        + Base64.getEncoder()
                                .encodeToString(
                                        "thirty-two-bytes-of-no-secrecy!!".getBytes(StandardCharsets.US_ASCII)));
        properties.putAll(own);
        fresh.getEnvironment().getPropertySources().addFirst(new MapPropertySource("simulation", properties));
        fresh.registerBean("clock", NodeClock.class, () -> clock);
        fresh.registerBean(FaultInjector.class, world::faults);
    }

    /** Keeps a context from acting by itself, and puts the faults between the code and its database. */
    @Configuration(proxyBeanMethods = false)
    static class Nothing {

        @Bean
        static DefaultLifecycleProcessor lifecycleProcessor() {
            return new DefaultLifecycleProcessor() {
                @Override
                public void onRefresh() {
                    // nothing starts
                }
            };
        }

        @Bean
        static BeanFactoryPostProcessor nothingIsScheduled() {
            return factory -> {
                for (var name : factory.getBeanNamesForType(ScheduledAnnotationBeanPostProcessor.class, false, false)) {
                    ((BeanDefinitionRegistry) factory).removeBeanDefinition(name);
                }
            };
        }

        @Bean
        static BeanPostProcessor faultyDataSource(FaultInjector faults) {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource source ? new FaultyDataSource(source, faults) : bean;
                }
            };
        }
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** The true time of its world. */
    public SimulatedTime time() {
        return world.time();
    }

    /** The time as this replica sees it. */
    public NodeClock clock() {
        return clock;
    }

    /** The time as the database of its world sees it. */
    public NodeClock databaseClock() {
        return world.databaseClock();
    }

    public FaultInjector faults() {
        return world.faults();
    }

    /** The database without faults, for observers. */
    public JdbcClient jdbc() {
        return undisturbed;
    }

    /** Empty tables, clocks that are right, and the time at which every run begins. */
    public void reset() {
        faults().disarm();
        world.database().empty();
        time().agree();
        time().set(SimulatedTime.BEGIN);
    }

    /** Hands messages to the listener of this id as its container would. */
    @SuppressWarnings("unchecked")
    public void deliver(String listener, List<ConsumerRecord<String, byte[]>> messages) {
        var container = (AbstractMessageListenerContainer<String, byte[]>)
                context.getBean(KafkaListenerEndpointRegistry.class).getListenerContainer(listener);
        if (container == null) throw new IllegalArgumentException("no listener " + listener);
        var target = (BatchAcknowledgingConsumerAwareMessageListener<String, byte[]>)
                container.getContainerProperties().getMessageListener();
        if (target == null) throw new IllegalStateException("the listener has no target: " + listener);
        target.onMessage(messages, null, null);
    }

    @Override
    public void close() {
        context.close();
        world.database().close();
    }
}
