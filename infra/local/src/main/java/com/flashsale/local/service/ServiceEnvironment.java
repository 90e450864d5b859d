package com.flashsale.local.service;

import static com.flashsale.client.topology.ServiceSpec.Need.ADMISSION_KEYS;
import static com.flashsale.client.topology.ServiceSpec.Need.CLIENT_SECRETS;
import static com.flashsale.client.topology.ServiceSpec.Need.DISCOVERY;
import static com.flashsale.client.topology.ServiceSpec.Need.KAFKA;
import static com.flashsale.client.topology.ServiceSpec.Need.PAYMENT;
import static com.flashsale.client.topology.ServiceSpec.Need.REDIS;

import com.flashsale.client.platform.Context;
import com.flashsale.client.topology.Instance;
import com.flashsale.client.topology.Services;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The whole environment of a service: a variable it does not need, it does not get. */
public final class ServiceEnvironment {

    private static final String LOOPBACK = "127.0.0.1";

    /** The operator's own choice for each process, see platform/base. */
    private static final String NATIVE_CRYPTOGRAPHY = "FLASHSALE_CRYPTO_NATIVE";

    private final Context context;

    public ServiceEnvironment(Context context) {
        this.context = context;
    }

    public Map<String, String> of(Instance instance) {
        var service = instance.service();
        var ports = context.ports();
        var env = new TreeMap<String, String>();
        env.put("PATH", Optional.ofNullable(System.getenv("PATH")).orElse("/usr/local/bin:/usr/bin:/bin"));
        env.put("LANG", "C.UTF-8");
        // glibc keeps an arena of native memory for each thread that ever allocated; two are enough
        env.put("MALLOC_ARENA_MAX", "2");
        Optional.ofNullable(System.getenv(NATIVE_CRYPTOGRAPHY)).ifPresent(said -> env.put(NATIVE_CRYPTOGRAPHY, said));
        env.put("SERVER_ADDRESS", LOOPBACK);
        env.put("SERVER_PORT", Integer.toString(ports.of(instance)));
        env.put("MANAGEMENT_SERVER_ADDRESS", LOOPBACK);
        env.put("MANAGEMENT_SERVER_PORT", Integer.toString(ports.managementOf(instance)));
        env.put("FLASHSALE_ISSUER", context.gatewayUrl());
        env.put("FLASHSALE_JWKS_URI", urlOf(ports.of(new Instance(Services.AUTH, 1))) + "/oauth2/jwks");
        if (service.database() != null) {
            addDatabase(env, service.database());
        }
        if (service.needs(KAFKA)) {
            env.put("KAFKA_BOOTSTRAP_SERVERS", LOOPBACK + ":" + ports.kafka());
        }
        if (service.needs(REDIS)) {
            env.put("REDIS_HOST", LOOPBACK);
            env.put("REDIS_PORT", Integer.toString(ports.redis()));
            env.put("REDIS_PASSWORD", context.secrets().password("redis"));
        }
        if (service.equals(Services.GATEWAY)) {
            addLimits(env);
            env.put("FLASHSALE_CONTROL_ROOM", "http://localhost:" + ports.controlRoom() + "/control/");
        }
        addEureka(env, instance);
        addSecrets(env, instance);
        return env;
    }

    /**
     * On one machine every customer has the same address: the limit for an address is one for a crowd, that of a
     * customer stays.
     */
    private static void addLimits(Map<String, String> env) {
        env.put("FLASHSALE_ADDRESS_RATE", "2000");
        env.put("FLASHSALE_ADDRESS_BURST", "4000");
        env.put("FLASHSALE_SIGN_IN_RATE", "50");
        env.put("FLASHSALE_SIGN_IN_BURST", "100");
        // a load test stands where a load balancer stands: it names the address of each visitor, and every limit
        // applies; the gateway listens on loopback alone
        env.put("FLASHSALE_TRUSTED_PROXIES", LOOPBACK + "/32");
    }

    private void addDatabase(Map<String, String> env, String database) {
        env.put(
                "DATABASE_URL",
                "jdbc:postgresql://%s:%d/%s".formatted(LOOPBACK, context.ports().postgres(), database));
        env.put("DATABASE_USER", database);
        env.put("DATABASE_PASSWORD", context.secrets().password("database." + database));
    }

    private void addEureka(Map<String, String> env, Instance instance) {
        var user = "platform";
        var password = context.secrets().password("eureka");
        if (instance.service().equals(Services.DISCOVERY_SERVER)) {
            env.put("EUREKA_USER", user);
            env.put("EUREKA_PASSWORD", password);
        }
        if (instance.service().needs(DISCOVERY)) {
            int port = context.ports().of(new Instance(Services.DISCOVERY_SERVER, 1));
            env.put("EUREKA_URL", "http://%s:%s@%s:%d/eureka/".formatted(user, password, LOOPBACK, port));
            env.put("EUREKA_INSTANCE_ADDRESS", LOOPBACK);
        }
    }

    private void addSecrets(Map<String, String> env, Instance instance) {
        var secrets = context.secrets();
        var service = instance.service();
        if (service.needs(ADMISSION_KEYS)) {
            env.put("FLASHSALE_ADMISSION_KEYS", "k1:" + secrets.key("admission-key.k1"));
        }
        if (service.needs(PAYMENT)) {
            int port = context.ports()
                    .of(new Instance(Services.named("payment-simulator").orElseThrow(), 1));
            env.put("FLASHSALE_PAYMENT_URL", urlOf(port));
            env.put("FLASHSALE_PAYMENT_KEY", secrets.password("payment-key"));
        }
        if (service.needs(CLIENT_SECRETS)) {
            env.put("FLASHSALE_OPERATOR_SECRET", secrets.password("client.operator"));
            env.put("FLASHSALE_LOAD_TEST_SECRET", secrets.password("client.load-test"));
            env.put("FLASHSALE_PERSONAS_PASSWORD", secrets.password("personas"));
            env.put("FLASHSALE_KEY_ENCRYPTION_SECRET", secrets.key("key-encryption"));
        }
    }

    private static String urlOf(int port) {
        return "http://" + LOOPBACK + ":" + port;
    }
}
