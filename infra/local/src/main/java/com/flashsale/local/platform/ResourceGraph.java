package com.flashsale.local.platform;

import com.flashsale.client.platform.Context;
import com.flashsale.client.topology.Instance;
import com.flashsale.client.topology.ServiceSpec;
import com.flashsale.client.topology.ServiceSpec.Need;
import com.flashsale.client.topology.Services;
import com.flashsale.engines.EngineFiles;
import com.flashsale.engines.KafkaEngine;
import com.flashsale.engines.KafkaSettings;
import com.flashsale.engines.OrphanReaper;
import com.flashsale.engines.PostgresEngine;
import com.flashsale.engines.PostgresSettings;
import com.flashsale.engines.RedisEngine;
import com.flashsale.engines.RedisSettings;
import com.flashsale.local.service.LocalContext;
import com.flashsale.local.service.Release;
import com.flashsale.local.service.ServiceResource;
import com.flashsale.local.supervise.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All resources of one platform and what each needs. */
record ResourceGraph(List<EngineResource> engines, List<ServiceResource> services) {

    /** The role of {@code audit}: it reads every table and writes none. */
    static final String AUDIT_ROLE = "audit";

    private static final String POSTGRES = "postgresql";
    private static final String REDIS = "redis";
    private static final String KAFKA = "kafka";

    static ResourceGraph of(LocalContext local, List<Instance> instances, OrphanReaper reaper) {
        var context = local.platform();
        var engines = List.of(postgres(context, reaper), redis(context, reaper), kafka(context, reaper));
        var releases = Services.all().stream()
                .collect(Collectors.toMap(Function.identity(), service -> Release.built(service, context.home())));
        var services = instances.stream()
                .map(instance -> new ServiceResource(
                        instance,
                        local,
                        needs(instance.service()),
                        reaper,
                        Objects.requireNonNull(releases.get(instance.service()))))
                .toList();
        return new ResourceGraph(engines, services);
    }

    /** Engines first: the graph is started in an order in which every need stands before its user. */
    List<Resource> resources() {
        var all = new ArrayList<Resource>(engines);
        all.addAll(services);
        return List.copyOf(all);
    }

    static Set<String> needs(ServiceSpec service) {
        var needs = new HashSet<String>();
        if (service.database() != null) {
            needs.add(POSTGRES);
        }
        if (service.needs(Need.REDIS)) {
            needs.add(REDIS);
        }
        if (service.needs(Need.KAFKA)) {
            needs.add(KAFKA);
        }
        if (service.needs(Need.DISCOVERY)) {
            needs.add(Services.DISCOVERY_SERVER.name());
        }
        return needs;
    }

    private static EngineResource postgres(Context context, OrphanReaper reaper) {
        var secrets = context.secrets();
        var engine = new PostgresEngine(
                PostgresSettings.persistent(context.ports().postgres(), files(context, POSTGRES)), reaper);
        return new EngineResource(POSTGRES, engine, () -> {
            engine.createReadOnlyRole(AUDIT_ROLE, secrets.password("database." + AUDIT_ROLE));
            Services.databases()
                    .forEach(name -> engine.createDatabase(name, name, secrets.password("database." + name)));
        });
    }

    private static EngineResource redis(Context context, OrphanReaper reaper) {
        var settings = new RedisSettings(
                context.ports().redis(),
                files(context, REDIS),
                context.secrets().password("redis"));
        return new EngineResource(REDIS, new RedisEngine(settings, reaper), ResourceGraph::nothing);
    }

    private static EngineResource kafka(Context context, OrphanReaper reaper) {
        var settings =
                new KafkaSettings(context.ports().kafka(), context.ports().kafkaController(), files(context, KAFKA));
        return new EngineResource(KAFKA, new KafkaEngine(settings, reaper), ResourceGraph::nothing);
    }

    private static void nothing() {}

    private static EngineFiles files(Context context, String name) {
        return EngineFiles.under(context.home().run(), name);
    }
}
