package com.flashsale.local.service;

import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.topology.ServiceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The program that a replica of a service runs. It is unpacked once: a replica that is started again later gets the
 * same program, even if the jar has changed in the meantime.
 */
public final class Release {

    /** On two busy cores a start takes 30 s; a machine under load may take several times that. */
    private static final Duration USUAL_PATIENCE = Duration.ofMinutes(5);

    private final ServiceSpec service;
    private final Path jar;
    private final Unpacker unpacker;
    private final Duration startsWithin;
    private @Nullable App app;
    private volatile @Nullable String version;

    private Release(ServiceSpec service, Path jar, Home home, Duration startsWithin) {
        this.service = service;
        this.jar = jar;
        this.unpacker = new Unpacker(home.apps());
        this.startsWithin = startsWithin;
    }

    /** The jar of the build, unpacked when the first replica starts. */
    public static Release built(ServiceSpec service, Home home) {
        return new Release(service, home.jar(service.module()), home, USUAL_PATIENCE);
    }

    /** A jar that a person names. It must be an executable one of this very service; it is unpacked at once. */
    public static Release of(ServiceSpec service, Path jar, Home home, Duration startsWithin) {
        var release = new Release(service, jar, home, startsWithin);
        try (var file = new JarFile(jar.toFile())) {
            var title = attribute(file, Attributes.Name.IMPLEMENTATION_TITLE);
            if (!service.name().equals(title)) {
                throw ToolException.usage(jar + " is no " + service.name() + " but " + title);
            }
            release.app();
            return release;
        } catch (IOException | UncheckedIOException unreadable) {
            throw ToolException.usage(jar + " cannot be run: " + unreadable.getMessage());
        }
    }

    synchronized App app() throws IOException {
        var known = app;
        if (known == null) {
            known = unpacker.unpack(service.name(), jar);
            try (var file = new JarFile(known.jar().toFile())) {
                // the directory is named by the content, see Unpacker
                var content = known.jar().getName(known.jar().getNameCount() - 2);
                version = attribute(file, Attributes.Name.IMPLEMENTATION_VERSION) + "+" + content;
            }
            app = known;
        }
        return known;
    }

    /**
     * The version in the jar and a checksum of its content, which differs where any file differs. Empty until it was
     * unpacked.
     */
    public String version() {
        var known = version;
        return known == null ? "" : known;
    }

    Duration startsWithin() {
        return startsWithin;
    }

    private static String attribute(JarFile file, Attributes.Name name) throws IOException {
        @Nullable
        String value = file.getManifest() == null
                ? null
                : file.getManifest().getMainAttributes().getValue(name);
        return value == null ? "unknown" : value;
    }
}
