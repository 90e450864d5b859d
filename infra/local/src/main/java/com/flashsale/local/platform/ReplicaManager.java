package com.flashsale.local.platform;

import com.flashsale.client.ToolException;
import com.flashsale.client.topology.Instance;
import com.flashsale.client.topology.ServiceSpec;
import com.flashsale.client.topology.Services;
import com.flashsale.engines.OrphanReaper;
import com.flashsale.local.process.LogLine;
import com.flashsale.local.process.LogTail;
import com.flashsale.local.rollout.GracefulDeregistration;
import com.flashsale.local.rollout.RunningReplicas;
import com.flashsale.local.service.LocalContext;
import com.flashsale.local.service.Release;
import com.flashsale.local.service.ServiceResource;
import com.flashsale.local.supervise.ResourceStatus;
import com.flashsale.local.supervise.StatusBoard;
import com.flashsale.local.supervise.Supervisor;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** The replicas of services under supervision, each in its place. One rollout at a time changes them. */
final class ReplicaManager implements RunningReplicas {

    private static final int LOG_LINES = 20;

    private final LocalContext context;
    private final OrphanReaper reaper;
    private final Supervisor supervisor;
    private final StatusBoard board;
    private final StateWriter state;

    ReplicaManager(
            LocalContext context, OrphanReaper reaper, Supervisor supervisor, StatusBoard board, StateWriter state) {
        this.context = context;
        this.reaper = reaper;
        this.supervisor = supervisor;
        this.board = board;
        this.state = state;
    }

    @Override
    public List<Instance> of(ServiceSpec service) {
        return state.services().stream()
                .map(ServiceResource::instance)
                .filter(it -> it.service().equals(service))
                .sorted(Comparator.comparingInt(Instance::replica))
                .toList();
    }

    @Override
    public Release releaseIn(Instance place) {
        return state.services().stream()
                .filter(it -> it.instance().equals(place))
                .findFirst()
                .orElseThrow()
                .release();
    }

    @Override
    public void start(Instance place, Release release) {
        var replica = replicaOf(place, release);
        state.add(replica);
        try {
            supervisor.add(replica);
        } catch (ToolException failed) {
            state.remove(place);
            throw failed;
        }
        try {
            if (!known(place)) {
                throw ToolException.startFailed(place.id() + " was ready and did not register", List.of());
            }
            requireWell(place);
        } catch (ToolException failed) {
            supervisor.retire(place.id());
            state.remove(place);
            throw failed;
        }
    }

    private boolean known(Instance place) {
        try (var lists = new GracefulDeregistration(context.platform())) {
            return lists.awaitRegistered(place);
        } catch (IOException e) {
            throw ToolException.startFailed("the registry does not answer: " + e, List.of());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    @Override
    public void restore(Instance place, Release release) {
        try {
            start(place, release);
        } catch (ToolException failed) {
            if (Thread.currentThread().isInterrupted()) {
                throw failed;
            }
            var replica = replicaOf(place, release);
            state.add(replica);
            supervisor.addStubbornly(replica);
            throw ToolException.startFailed(
                    place.id() + " is not back yet, it is tried again and again", failed.details());
        }
    }

    private ServiceResource replicaOf(Instance place, Release release) {
        return new ServiceResource(place, context, ResourceGraph.needs(place.service()), reaper, release);
    }

    @Override
    public void requireWell(Instance place) {
        boolean well = board.all().stream()
                .anyMatch(it ->
                        it.id().equals(place.id()) && it.state() == ResourceStatus.State.READY && it.restarts() == 0);
        if (!well) {
            var lastWords = LogTail.last(context.home().log(place.id()), LOG_LINES).stream()
                    .map(LogLine::readable)
                    .toList();
            throw ToolException.startFailed(place.id() + " was ready and has died", lastWords);
        }
    }

    @Override
    public List<String> called(String name) {
        var replicas = state.services().stream().map(ServiceResource::instance).toList();
        return board.all().stream()
                .map(ResourceStatus::id)
                .filter(id -> id.equals(name)
                        || replicas.stream()
                                .anyMatch(replica -> replica.id().equals(id)
                                        && replica.service().name().equals(name)))
                .toList();
    }

    @Override
    public void restart(String id) {
        var registered = state.services().stream()
                .map(ServiceResource::instance)
                .filter(place -> place.id().equals(id) && Services.isFoundByRegistry(place.service()))
                .findFirst();
        if (registered.isPresent() && isReady(id)) leave(registered.get());
        supervisor.restart(id);
        if (registered.isPresent() && !known(registered.get())) {
            throw ToolException.startFailed(id + " is ready and did not register", List.of());
        }
    }

    private boolean isReady(String id) {
        return board.all().stream().anyMatch(it -> it.id().equals(id) && it.state() == ResourceStatus.State.READY);
    }

    /** A replica that cannot be withdrawn is not ended: its callers would run into a closed port. */
    @Override
    public void end(Instance place) {
        leave(place);
        supervisor.retire(place.id());
        state.remove(place);
    }

    private void leave(Instance place) {
        try (var lists = new GracefulDeregistration(context.platform())) {
            lists.deregister(place);
        } catch (IOException e) {
            throw ToolException.startFailed(place.id() + " cannot take its leave: " + e, List.of());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static ToolException interrupted() {
        Thread.currentThread().interrupt();
        return ToolException.startFailed("the platform is being stopped", List.of());
    }
}
