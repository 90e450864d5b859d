package com.flashsale.auth.account;

import com.flashsale.auth.password.PasswordHashing;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * A request for a new account, from the API or the form. The password must be long, since length makes a password good
 * (NIST SP 800-63B). Texts are converted to one Unicode form, since keyboards differ in the form they send; characters
 * are counted in that form.
 */
public record NewAccount(
        @NotNull(message = "is needed")
        @Characters(max = EmailAddress.LONGEST, message = "must have at most {max} characters")
        @ValidEmail
        String email,

        @NotNull(message = "is needed")
        @Characters(min = 12, max = 128)
        @Pattern(regexp = NO_CONTROLS, message = "must not contain control characters")
        String password,

        @Nullable
        @Characters(max = 80, message = "must have at most {max} characters")
        @Pattern(regexp = NO_CONTROLS, message = "must not contain control characters")
        @Pattern(
                regexp = NO_DIRECTIONS,
                message = "must not contain characters that change the direction of the text around it")
        String displayName) {

    private static final String NO_CONTROLS = "[^\\p{Cc}\\p{Cs}]*";
    private static final String NO_DIRECTIONS = "[^\\u202a-\\u202e\\u2066-\\u2069]*";
    private static final java.util.regex.Pattern SOMETHING_TO_SEE =
            java.util.regex.Pattern.compile("[^\\p{Z}\\p{Cf}\\p{Cc}\\u115f\\u1160\\u3164\\uffa0]");

    /** The binder of the form passes null for a field that is not sent. */
    @SuppressWarnings("NullAway")
    public NewAccount {
        if (email != null) email = new EmailAddress(email).typed();
        if (password != null) password = PasswordHashing.normalized(password);
        if (displayName != null)
            displayName = Normalizer.normalize(displayName, Normalizer.Form.NFC).strip();
    }

    public RegisterAccount.Command toCommand(@Nullable String idempotencyKey) {
        var name = displayName == null || !SOMETHING_TO_SEE.matcher(displayName).find() ? null : displayName;
        return new RegisterAccount.Command(new EmailAddress(email), password, name, idempotencyKey);
    }

    @Override
    public String toString() {
        return "NewAccount[…]";
    }
}
