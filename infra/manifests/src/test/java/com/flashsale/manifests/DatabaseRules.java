package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

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

    /** Clients connect by TLS and with a password, or not at all. */
    private static final Pattern HBA =
            Pattern.compile("hostssl(\\s+\\S+){3}\\s+scram-sha-256|host(no)?ssl(\\s+\\S+){3}\\s+reject");

    /** Parameters that are right by default, with the values that are right. */
    private static final Map<String, String> CERTAIN = Map.of(
            "fsync", "on",
            "full_page_writes", "on",
            "synchronous_commit", "on|remote_apply",
            "password_encryption", "scram-sha-256",
            "ssl", "on",
            "archive_mode", "on|always",
            "zero_damaged_pages", "off",
            "ignore_checksum_failure", "off");

    /** Seconds, minutes and hours are numbers; each day counts. */
    private static final Pattern DAILY = Pattern.compile("\\d+ \\d+ [\\d*/,]+ \\* \\* \\*");

    private static final Pattern KEPT = Pattern.compile("([7-9]|[1-9]\\d+)d|[1-9]\\d*[wm]");

    private DatabaseRules() {}

    private static void commitsSurvive(Build build, Consumer<String> broken) {
        asksForPasswords(build, broken);
        keepsItsData(build, "postgres", "/var/lib/postgresql", broken);
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

    /** Of every PostgreSQL of a build, that of a rehearsal or a load test too. */
    private static void asksForPasswords(Build build, Consumer<String> broken) {
        build.clusters().forEach(cluster -> {
            var lines = texts(cluster.at("/spec/postgresql/pg_hba"));
            lines.stream()
                    .filter(line -> !HBA.matcher(line.strip()).matches())
                    .forEach(line -> broken.accept(cluster + ": lets in by '" + line + "'"));
            // CloudNativePG appends a line of its own, which takes a password in the clear
            if (lines.stream().noneMatch(line -> line.strip().matches("hostnossl\\s+all\\s+all\\s+all\\s+reject")))
                broken.accept(cluster + ": takes connections without TLS");
            each(cluster.at("/spec/managed/roles"))
                    .filter(role -> role.path("login").asBoolean()
                            && (!role.has("passwordSecret")
                                    || role.path("disablePassword").asBoolean()))
                    .forEach(role -> broken.accept(
                            cluster + ": no password of " + role.path("name").asText()));
            if (!cluster.at("/spec/postgresql/pg_ident").isEmpty()) broken.accept(cluster + ": maps users");
            CERTAIN.forEach((name, value) -> {
                JsonNode stated = cluster.at("/spec/postgresql/parameters").path(name);
                if (!stated.isMissingNode() && !stated.asText().matches(value))
                    broken.accept(cluster + ": " + name + " is " + stated.asText());
            });
        });
        build.servers()
                .map(Build::pod)
                .filter(pod -> pod.name().equals("postgres"))
                .forEach(pod -> pod.containers().forEach(container -> single(build, pod, container, broken)));
    }

    /** The folder of an engine is on a claim, so a pod that starts again finds its data. */
    static void keepsItsData(Build build, String engine, String folder, Consumer<String> broken) {
        build.find("StatefulSet", engine).ifPresent(server -> {
            var claims = each(server.at("/spec/volumeClaimTemplates"))
                    .map(claim -> claim.at("/metadata/name").asText())
                    .toList();
            var kept = Build.pod(server)
                    .containers()
                    .flatMap(container -> each(container.path("volumeMounts")))
                    .filter(mount -> mount.path("mountPath").asText().equals(folder))
                    .anyMatch(mount -> claims.contains(mount.path("name").asText()));
            if (!kept) broken.accept(server + ": loses " + folder + " with its pod");
        });
        build.find("Deployment", engine).ifPresent(server -> broken.accept(server + ": has no claim"));
    }

    private static void single(Build build, Pod pod, JsonNode container, Consumer<String> broken) {
        var variables = PodSettings.variables(build, container);
        if (variables.containsKey("POSTGRES_HOST_AUTH_METHOD"))
            broken.accept(pod + ": POSTGRES_HOST_AUTH_METHOD says who needs no password");
        if (!variables.getOrDefault("POSTGRES_PASSWORD_FILE", "").startsWith("/"))
            broken.accept(pod + ": takes no password from a file");
        var words = String.join(" ", texts(container.path("command"))) + " "
                + String.join(" ", texts(container.path("args"))) + " "
                + variables.getOrDefault("POSTGRES_INITDB_ARGS", "");
        CERTAIN.forEach((name, value) -> Pattern.compile("\\b" + name.replace("_", "[_-]") + "=(\\S+)")
                .matcher(words)
                .results()
                .filter(match -> !match.group(1).matches(value))
                .forEach(match -> broken.accept(pod + ": " + match.group())));
        if (words.matches("(?s).*(--auth(-host|-local)?[= ]trust|--no-sync|-A trust|-F\\b).*"))
            broken.accept(pod + ": starts without passwords or durability");
    }

    static boolean sharesNodes(Resource cluster) {
        return cluster.number("/spec/instances") > 1
                && !(cluster.at("/spec/affinity/enablePodAntiAffinity").asBoolean()
                        && cluster.text("/spec/affinity/podAntiAffinityType").equals("required")
                        && cluster.text("/spec/affinity/topologyKey").equals("kubernetes.io/hostname"));
    }

    /** The names that the services sign in with are those of the roles, which CloudNativePG demands too. */
    static boolean hasUser(Build build, String secret, String user) {
        return build.of("ExternalSecret")
                .filter(external -> external.text("/spec/target/name").equals(secret))
                .allMatch(external ->
                        external.text("/spec/target/template/data/username").equals(user));
    }

    private static void signsIn(Build build, Resource cluster, Consumer<String> broken) {
        var secrets = cluster.json().findValues("passwordSecret").stream()
                .map(secret -> secret.path("name").asText())
                .toList();
        build.of("ExternalSecret")
                .filter(external -> secrets.contains(external.text("/spec/target/name")))
                .filter(external -> !external.at("/spec/target/template/metadata/labels/cnpg.io~1reload")
                        .asBoolean())
                .forEach(external -> broken.accept(external + ": its database learns of a new password late"));
        each(cluster.at("/spec/managed/roles"))
                .filter(role -> !hasUser(
                        build,
                        role.at("/passwordSecret/name").asText(),
                        role.path("name").asText()))
                .forEach(role -> broken.accept(cluster + ": another user name in the Secret of "
                        + role.path("name").asText()));
        if (!hasUser(
                build,
                cluster.text("/spec/bootstrap/initdb/secret/name"),
                cluster.text("/spec/bootstrap/initdb/owner")))
            broken.accept(cluster + ": another user name in the Secret of its owner");
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
                .noneMatch(backup -> backup.text("/spec/cluster/name").equals(cluster.name())
                        && !backup.at("/spec/suspend").asBoolean()
                        && isDaily(backup))) broken.accept(cluster + ": has no daily backup");
        if (!KEPT.matcher(cluster.text("/spec/backup/retentionPolicy")).matches())
            broken.accept(cluster + ": keeps its backups for less than a week");
        var store = cluster.text("/spec/backup/barmanObjectStore/destinationPath");
        if (!store.startsWith("s3://")) broken.accept(cluster + ": has its backups at '" + store + "'");
        if (Overlays.others(build)
                .anyMatch(other -> other.clusters()
                        .anyMatch(theirs -> theirs.text("/spec/backup/barmanObjectStore/destinationPath")
                                .equals(store)))) broken.accept(cluster + ": shares its backups with another overlay");
        if (sharesNodes(cluster)) broken.accept(cluster + ": one node may have all copies");
        signsIn(build, cluster, broken);
        if (cluster.at("/spec/enableSuperuserAccess").asBoolean())
            broken.accept(cluster + ": has a superuser with a password");
        if (!cluster.at("/spec/enablePDB").asBoolean(true)) broken.accept(cluster + ": disruption budget");
        // a relay's lease is a lock of its session: behind a pooler two would hold it
        build.of("Pooler")
                .filter(pooler -> pooler.text("/spec/cluster/name").equals(cluster.name())
                        && pooler.text("/spec/pgbouncer/poolMode").equals("transaction"))
                .forEach(pooler -> broken.accept(pooler + ": shares one session among clients"));
    }

    /** A missing schedule is K3's. */
    private static boolean isDaily(Resource backup) {
        return !backup.at("/spec").has("schedule")
                || DAILY.matcher(backup.text("/spec/schedule")).matches();
    }

    private static void connectionsSuffice(Build build, Consumer<String> broken) {
        var single = build.find("StatefulSet", "postgres")
                .map(found -> texts(Build.template(found).at("/spec/containers/0/args")));
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
        var stated = Build.pod(deployment)
                .services()
                .map(container -> PodSettings.of(build, container).get("spring.datasource.hikari.maximum-pool-size"))
                .filter(size -> size.matches("\\d+"))
                .mapToInt(Integer::parseInt)
                .findFirst();
        return (build.replicas(deployment).most() + surge) * stated.orElse(pool);
    }

    private static void compare(String who, int needs, int most, Consumer<String> broken) {
        if (needs > most - RESERVE)
            broken.accept("%s: %d connections and %d in reserve, of %d".formatted(who, needs, RESERVE, most));
    }
}
