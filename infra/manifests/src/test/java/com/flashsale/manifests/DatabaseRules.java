package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** K34, K35: PostgreSQL, and how many connections it has. */
final class DatabaseRules {

    static final List<Rule> RULES = List.of(
            new Rule("K34", "a commit survives the loss of a node", DatabaseRules::commitsSurvive),
            new Rule("K35", "connections suffice at the largest size", DatabaseRules::connectionsSuffice));

    /** Connections for the operator, replication, the exporter, backups and a person with psql. */
    private static final int RESERVE = 20;

    private static final Map<String, String> DATABASES = Map.of(
            "auth-service",
            "auth",
            "catalog-service",
            "catalog",
            "inventory-service",
            "inventory",
            "order-service",
            "orders",
            "waitlist-service",
            "waitlist",
            "payment-simulator",
            "payment");

    private DatabaseRules() {}

    private static void commitsSurvive(Build build, Consumer<String> broken) {
        if (!build.isOperated()) return;
        for (var service : Settings.SERVICES) {
            var database = DATABASES.getOrDefault(service, "");
            var cluster = build.clusters()
                    .filter(found ->
                            found.text("/spec/bootstrap/initdb/database").equals(database))
                    .findFirst();
            if (cluster.isEmpty()) {
                broken.accept(service + ": has no database of its own");
                continue;
            }
            survives(build, cluster.get(), broken);
            var container = build.find("Deployment", service)
                    .map(Build::pod)
                    .orElseThrow()
                    .containers()
                    .findFirst()
                    .orElseThrow();
            var url = Pod.env(container, "DATABASE_URL");
            if (!url.startsWith("jdbc:postgresql://" + cluster.get().name() + "-rw:5432/" + database + "?")
                    || !url.contains("sslmode=verify-full")) broken.accept(service + ": connects to " + url);
        }
    }

    private static void survives(Build build, Resource cluster, Consumer<String> broken) {
        if (cluster.number("/spec/instances") < 3)
            broken.accept(cluster + ": " + cluster.number("/spec/instances") + " instances");
        var synchronous = cluster.at("/spec/postgresql/synchronous");
        if (!synchronous.path("method").asText().equals("any")
                || synchronous.path("number").asInt() < 1
                || !synchronous.path("dataDurability").asText().equals("required"))
            broken.accept(cluster + ": a commit needs no second instance");
        if (!cluster.at("/spec/backup/barmanObjectStore").has("wal")
                || cluster.text("/spec/backup/retentionPolicy").isEmpty())
            broken.accept(cluster + ": has no archive for point-in-time recovery");
        if (build.of("ScheduledBackup")
                .noneMatch(backup -> backup.text("/spec/cluster/name").equals(cluster.name())))
            broken.accept(cluster + ": has no backup");
        if (cluster.at("/spec/enableSuperuserAccess").asBoolean())
            broken.accept(cluster + ": has a superuser with a password");
        if (!cluster.at("/spec/enablePDB").asBoolean(true)) broken.accept(cluster + ": disruption budget");
        // a relay's lease is a lock of its session: behind a pooler two would hold it
        build.of("Pooler")
                .filter(pooler -> pooler.text("/spec/cluster/name").equals(cluster.name())
                        && pooler.text("/spec/pgbouncer/poolMode").equals("transaction"))
                .forEach(pooler -> broken.accept(pooler + ": shares one session among clients"));
    }

    private static void connectionsSuffice(Build build, Consumer<String> broken) {
        var single = build.find("StatefulSet", "postgres")
                .map(found -> Resource.texts(Build.template(found).at("/spec/containers/0/args")));
        var together = 0;
        for (var entry : DATABASES.entrySet()) {
            var deployment = build.find("Deployment", entry.getKey());
            if (deployment.isEmpty()) continue;
            var needs = connections(build, deployment.get());
            together += needs;
            build.clusters()
                    .filter(found ->
                            found.text("/spec/bootstrap/initdb/database").equals(entry.getValue()))
                    .forEach(cluster -> compare(
                            cluster.toString(),
                            needs,
                            cluster.at("/spec/postgresql/parameters/max_connections")
                                    .asInt(100),
                            broken));
        }
        if (single.isEmpty()) return;
        var most = single.get().stream()
                .filter(arg -> arg.startsWith("max_connections="))
                .map(arg -> Integer.parseInt(arg.substring(16)))
                .findFirst()
                .orElse(100);
        compare("postgres", together, most, broken);
    }

    /** Connections of all replicas and of those added during a rollout, each with a full pool. */
    private static int connections(Build build, Resource deployment) {
        var surge = deployment.at("/spec/strategy/rollingUpdate/maxSurge").asInt(1);
        var pool = Settings.of(deployment.name()).number("spring.datasource.hikari.maximum-pool-size");
        var stated = each(Build.template(deployment).at("/spec/containers/0/env"))
                .filter(variable -> variable.path("name").asText().equals("SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE"))
                .mapToInt(variable -> Integer.parseInt(variable.path("value").asText()))
                .findFirst();
        return (build.replicas(deployment).most() + surge) * stated.orElse(pool);
    }

    private static void compare(String who, int needs, int most, Consumer<String> broken) {
        if (needs > most - RESERVE)
            broken.accept("%s: %d connections and %d in reserve, of %d".formatted(who, needs, RESERVE, most));
    }
}
