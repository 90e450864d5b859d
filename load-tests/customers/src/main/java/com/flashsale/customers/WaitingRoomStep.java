package com.flashsale.customers;

import com.flashsale.client.api.Answer;
import com.flashsale.client.api.Call;
import com.flashsale.client.api.Steps.Step;
import com.flashsale.customers.Counters.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The waiting room, as one customer goes through it: joins, maybe more than once, and waits for the turn. */
final class WaitingRoomStep {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final CustomerSession session;
    private final TurnStep turn;
    private int comesBack;
    private boolean joinedBefore;

    WaitingRoomStep(CustomerSession session) {
        this.session = session;
        this.turn = new TurnStep(session);
        this.comesBack = session.profile().comesBack();
    }

    /** The admission, or the reason that ended the wait. */
    NextStep enter() throws InterruptedException {
        while (session.isPatient()) {
            long begun = System.nanoTime();
            var answer = join();
            session.steps().took(Step.JOIN, begun);
            if (answer.isSuccess()) {
                var next = waitForTurn(answer);
                if (!(next instanceof NextStep.Again)) return next;
                Thread.sleep(LOOK_AGAIN);
            } else if (answer.problem().equals("sold-out")) {
                return new NextStep.SoldOut(null);
            } else if (answer.problem().equals("crowd-full") && comesBack > 0) {
                comesBack--;
                Thread.sleep(ThrottledClient.spread(session.shop().settings().comesBackAfter()));
            } else if (answer.status() == 404) {
                // the sale was made a moment ago and its event is still on the way
                Thread.sleep(LOOK_AGAIN);
            } else {
                return NextStep.refusal(answer);
            }
        }
        return NextStep.lost("never got through the line");
    }

    private NextStep waitForTurn(Answer ticket) throws InterruptedException {
        if (!joinedBefore) {
            joinedBefore = true;
            session.count(Count.IN_LINE);
        }
        long begun = System.nanoTime();
        var next = turn.await(ticket);
        session.steps().took(Step.TURN, begun);
        return next;
    }

    /** The first join sends several requests at once; they all must get the same number. */
    private Answer join() throws InterruptedException {
        var call = session.post("queue-tickets", Map.of());
        int tabs = joinedBefore || comesBack < session.profile().comesBack()
                ? 1
                : session.shop().settings().joinsPerCustomer();
        if (tabs == 1) return session.client().join(call);
        var answers = session.shop().bulkhead().pass(() -> fromAllTabs(call, tabs));
        if (numbers(answers).size() > 1) session.count(Count.TWO_NUMBERS);
        return answers.stream()
                .max(Comparator.comparingInt(WaitingRoomStep::worth))
                .orElseThrow();
    }

    private List<Answer> fromAllTabs(Call call, int tabs) throws InterruptedException {
        var requests = new ArrayList<FutureTask<Answer>>();
        for (int i = 0; i < tabs; i++) {
            var request = new FutureTask<>(() -> session.client().join(call));
            requests.add(request);
            Thread.ofVirtual().start(request);
        }
        var answers = new ArrayList<Answer>();
        for (var request : requests) {
            answers.add(result(request));
        }
        return answers;
    }

    private static Answer result(FutureTask<Answer> request) throws InterruptedException {
        try {
            return request.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        }
    }

    static List<Long> numbers(List<Answer> answers) {
        return answers.stream()
                .filter(Answer::isSuccess)
                .map(answer -> answer.body().path("number").asLong(0))
                .filter(number -> number > 0)
                .distinct()
                .toList();
    }

    /** An admission is better than a place, a place better than a refusal. */
    private static int worth(Answer answer) {
        if (!answer.text("admission").isEmpty()) return 2;
        return answer.isSuccess() ? 1 : 0;
    }
}
