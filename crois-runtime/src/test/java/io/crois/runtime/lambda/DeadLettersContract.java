package io.crois.runtime.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of dead letters promises. */
abstract class DeadLettersContract {

    /** Returns the store, which is empty. */
    abstract DeadLetters letters();

    /** Puts a letter there as a rule does whose target is dead. */
    abstract void post(String body);

    @Test
    void a_letter_is_given_to_one_taker_and_is_gone_when_it_is_removed() {
        assertThat(letters().take()).isEmpty();
        post("{'a': 1}");
        post("{'b': 2}");

        List<DeadLetters.Letter> taken = new ArrayList<>(letters().take());
        taken.addAll(letters().take());
        assertThat(taken).extracting(DeadLetters.Letter::body).containsExactlyInAnyOrder("{'a': 1}", "{'b': 2}");
        assertThat(letters().take()).isEmpty();

        taken.forEach(letters()::remove);
        assertThat(letters().take()).isEmpty();
    }
}
