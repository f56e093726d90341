package io.miaojie.api.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds a recorded history against the naive model, in the order of the journal. Every answer names its place in that
 * order, so nothing has to be searched:
 *
 * <ul>
 *   <li>each id was decided once: all answers to it say the same, of the same record, and all but one that they repeat;
 *   <li>no record decided two ids;
 *   <li>told in the order of the records, the model says what was answered, reads included: so nothing that was
 *       answered is lost, nothing is done twice, a time-out was decided or not and stays so;
 *   <li>what ended before another began stands before it, so that the order is one that callers could have seen.
 * </ul>
 */
final class HistoryCheck {
    /** What was decided or read, when it can have happened, and where it stands. */
    private record Happening(Operation operation, long startNs, long endNs, Answer answer) {
        boolean isWrite() {
            return operation instanceof Operation.Write;
        }
    }

    private final List<String> violations = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();

    private HistoryCheck() {}

    /** Returns what is wrong with a history; empty: nothing. */
    static List<String> violations(final List<Call> calls) {
        final HistoryCheck check = new HistoryCheck();
        check.gather(calls);
        check.holdOneRecordForEachId();
        check.holdTheModel();
        check.holdRealTime();
        return check.violations;
    }

    private void gather(final List<Call> calls) {
        final Map<String, List<Call>> writes = new LinkedHashMap<>();
        for (final Call call : calls) {
            if (call.operation() instanceof final Operation.Write write) {
                writes.computeIfAbsent(write.id(), id -> new ArrayList<>()).add(call);
            } else if (call.isAnswered()) {
                happenings.add(new Happening(call.operation(), call.startNs(), call.endNs(), call.answer()));
            }
        }
        writes.values().forEach(this::gatherWrite);
    }

    private void gatherWrite(final List<Call> calls) {
        final List<Call> answered = calls.stream().filter(Call::isAnswered).toList();
        if (answered.isEmpty()) {
            violations.add("never resolved: " + calls);
            return;
        }
        final Answer said = answered.get(0).answer();
        final boolean isOne = answered.stream()
                .map(Call::answer)
                .allMatch(other ->
                        other.sequence() == said.sequence() && other.said().equals(said.said()));
        if (!isOne) {
            violations.add("answered in two ways: " + answered);
        }
        final List<Call> first =
                answered.stream().filter(call -> !call.answer().isReplay()).toList();
        if (first.size() > 1) {
            violations.add("decided twice: " + first);
        }
        happenings.add(first.isEmpty() ? resolved(calls, answered) : happening(first.get(0)));
    }

    private static Happening happening(final Call call) {
        return new Happening(call.operation(), call.startNs(), call.endNs(), call.answer());
    }

    /** What only repeats tell of was decided by a call that got no answer, before the first of them ended. */
    private Happening resolved(final List<Call> calls, final List<Call> answered) {
        final long endNs = answered.stream().mapToLong(Call::endNs).min().orElseThrow();
        final long startNs = calls.stream()
                .filter(call -> !call.isAnswered())
                .mapToLong(Call::startNs)
                .min()
                .orElse(Call.NEVER);
        if (startNs > endNs) {
            violations.add("a repeat of what nobody had sent: " + answered);
        }
        return new Happening(
                answered.get(0).operation(),
                Math.min(startNs, endNs),
                endNs,
                answered.get(0).answer());
    }

    private void holdOneRecordForEachId() {
        final Map<Long, Happening> bySequence = new HashMap<>();
        happenings.stream().filter(Happening::isWrite).forEach(happening -> {
            final Happening other = bySequence.put(happening.answer().sequence(), happening);
            if (other != null) {
                violations.add("one record for two: " + happening + " and " + other);
            }
        });
    }

    private void holdTheModel() {
        // Of one sequence the write comes first: a read that names it has seen it.
        happenings.sort(Comparator.comparingLong(
                        (Happening happening) -> happening.answer().sequence())
                .thenComparing(happening -> !happening.isWrite()));
        final Bank bank = new Bank();
        for (final Happening happening : happenings) {
            final Answer.Said expected = bank.apply(happening.operation());
            if (!expected.equals(happening.answer().said())) {
                violations.add("the model says " + expected + " to " + happening);
            }
        }
    }

    /** Goes through the history by when things began, with the highest sequence among all that had ended. */
    private void holdRealTime() {
        final List<Happening> byEnd = happenings.stream()
                .sorted(Comparator.comparingLong(Happening::endNs))
                .toList();
        final List<Happening> byStart = happenings.stream()
                .sorted(Comparator.comparingLong(Happening::startNs))
                .toList();
        Happening latest = null;
        int ended = 0;
        for (final Happening happening : byStart) {
            while (byEnd.get(ended).endNs() < happening.startNs()) {
                final Happening more = byEnd.get(ended++);
                latest = latest == null
                                || more.answer().sequence() > latest.answer().sequence()
                        ? more
                        : latest;
            }
            final long sequence = happening.answer().sequence();
            final boolean isBehind = latest == null
                    || latest.answer().sequence() < sequence
                    || latest.answer().sequence() == sequence && !happening.isWrite();
            if (!isBehind) {
                violations.add("began after " + latest + " had ended, and stands before it: " + happening);
            }
        }
    }
}
