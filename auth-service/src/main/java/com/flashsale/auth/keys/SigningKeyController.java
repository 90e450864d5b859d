package com.flashsale.auth.keys;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import com.flashsale.platform.web.ProblemResponses;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The signing keys for operators: a list, and an early rotation after a leak or as an exercise. */
@RestController
@RequestMapping("/api/v1/signing-keys")
class SigningKeyController {

    private static final ProblemType ROTATION_SCHEDULED =
            new ProblemType("rotation-scheduled", 409, "A new key is published already and will sign soon.");

    record KeyView(
            String kid,
            KeyRing.State state,
            Instant signsFrom,
            @Nullable Instant publishedUntil) {

        static KeyView of(KeyRing.Entry entry) {
            return new KeyView(entry.key().kid(), entry.state(), entry.key().signsFrom(), entry.publishedUntil());
        }
    }

    record KeyList(List<KeyView> items, @Nullable String nextCursor) {}

    private final SigningKeys keys;
    private final RotateSigningKey rotation;

    SigningKeyController(SigningKeys keys, RotateSigningKey rotation) {
        this.keys = keys;
        this.rotation = rotation;
    }

    @GetMapping
    KeyList list() {
        return new KeyList(keys.published().stream().map(KeyView::of).toList(), null);
    }

    @PostMapping("/rotation")
    ResponseEntity<?> rotate() {
        return switch (rotation.rotate()) {
            case RotateSigningKey.Scheduled(var next) -> {
                keys.reload();
                yield ResponseEntity.accepted()
                        .body(new KeyView(next.kid(), KeyRing.State.NEXT, next.signsFrom(), null));
            }
            case RotateSigningKey.AlreadyScheduled() ->
                ProblemResponses.of(new ProblemException(
                        ROTATION_SCHEDULED, "Wait until the next key signs, then ask again if you need another."));
        };
    }
}
