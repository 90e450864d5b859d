package com.flashsale.customers;

import com.flashsale.client.api.Answer;
import com.flashsale.client.api.Call;
import com.flashsale.client.api.Steps.Step;
import com.flashsale.customers.Tally.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The waiting room, as one customer goes through it: joins, maybe more than once, and waits for the turn. */
final class Line {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final Visitor visitor;
    private final Turn turn;
    private int comesBack;
    private boolean joinedBefore;

    Line(Visitor visitor) {
        this.visitor = visitor;
        this.turn = new Turn(visitor);
        this.comesBack = visitor.role().comesBack();
    }

    /** The admission, or the reason that ended the wait. */
    Way enter() throws InterruptedException {
        while (visitor.isPatient()) {
            long begun = System.nanoTime();
            var answer = join();
            visitor.steps().took(Step.JOIN, begun);
            if (answer.isSuccess()) {
                var way = waitForTurn(answer);
                if (!(way instanceof Way.Again)) return way;
                Thread.sleep(LOOK_AGAIN);
            } else if (answer.problem().equals("sold-out")) {
                return new Way.SoldOut(null);
            } else if (answer.problem().equals("crowd-full") && comesBack > 0) {
                comesBack--;
                Thread.sleep(Wire.spread(visitor.shop().manners().comesBackAfter()));
            } else if (answer.status() == 404) {
                // the sale was made a moment ago and its event is still on the way
                Thread.sleep(LOOK_AGAIN);
            } else {
                return Way.refusal(answer);
            }
        }
        return Way.lost("never got through the line");
    }

    private Way waitForTurn(Answer ticket) throws InterruptedException {
        if (!joinedBefore) {
            joinedBefore = true;
            visitor.count(Count.IN_LINE);
        }
        long begun = System.nanoTime();
        var way = turn.await(ticket);
        visitor.steps().took(Step.TURN, begun);
        return way;
    }

    /** The first join sends several requests at once; they all must get the same number. */
    private Answer join() throws InterruptedException {
        var call = visitor.post("queue-tickets", Map.of());
        int tabs = joinedBefore || comesBack < visitor.role().comesBack()
                ? 1
                : visitor.shop().manners().joinsPerCustomer();
        if (tabs == 1) return visitor.wire().join(call);
        var answers = visitor.shop().doorway().pass(() -> fromAllTabs(call, tabs));
        if (numbers(answers).size() > 1) visitor.count(Count.TWO_NUMBERS);
        return answers.stream().max(Comparator.comparingInt(Line::worth)).orElseThrow();
    }

    private List<Answer> fromAllTabs(Call call, int tabs) throws InterruptedException {
        var requests = new ArrayList<FutureTask<Answer>>();
        for (int i = 0; i < tabs; i++) {
            var request = new FutureTask<>(() -> visitor.wire().join(call));
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
