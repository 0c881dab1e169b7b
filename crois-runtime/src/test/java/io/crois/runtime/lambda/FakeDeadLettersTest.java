package io.crois.runtime.lambda;

final class FakeDeadLettersTest extends DeadLettersContract {
    private final FakeDeadLetters letters = new FakeDeadLetters();

    @Override
    DeadLetters letters() {
        return letters;
    }

    @Override
    void post(String body) {
        letters.post(body);
    }
}
