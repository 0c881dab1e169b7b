package io.crois.runtime.lambda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Dead letters in memory. What is taken and not removed is there again after {@link #timeout}. Thread-safe. */
final class FakeDeadLetters implements DeadLetters {
    private final Map<String, String> waiting = new LinkedHashMap<>();
    private final Map<String, String> taken = new LinkedHashMap<>();
    private int posted;

    synchronized void post(String body) {
        waiting.put("receipt-" + posted++, body);
    }

    /** Lets the time pass for which what was taken is hidden. */
    synchronized void timeout() {
        waiting.putAll(taken);
        taken.clear();
    }

    synchronized int size() {
        return waiting.size() + taken.size();
    }

    @Override
    public synchronized List<Letter> take() {
        List<Letter> letters = new ArrayList<>();
        waiting.forEach((receipt, body) -> letters.add(new Letter(receipt, body)));
        taken.putAll(waiting);
        waiting.clear();
        return letters;
    }

    @Override
    public synchronized void remove(Letter letter) {
        taken.remove(letter.receipt());
    }
}
