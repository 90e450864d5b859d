package com.flashsale.auth.account;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What it takes to have an account, in the API and in the form: length is what makes a password good (NIST SP 800-63B). */
public record NewAccount(
        @NotNull(message = "is needed")
        @Size(max = EmailAddress.LONGEST, message = "must have at most {max} characters")
        @Pattern(regexp = EmailAddress.PATTERN, message = "must be an e-mail address")
        String email,

        @NotNull(message = "is needed") @Size(min = 12, max = 128, message = "must have {min} to {max} characters")
        String password,

        @Nullable
        @Size(max = 80, message = "must have at most {max} characters")
        @Pattern(regexp = "\\P{Cntrl}*", message = "must not contain control characters")
        String displayName) {

    public RegisterAccount.Command toCommand() {
        var name = displayName == null || displayName.isBlank() ? null : displayName.strip();
        return new RegisterAccount.Command(new EmailAddress(email), password, name);
    }

    @Override
    public String toString() {
        return "NewAccount[…]";
    }
}
