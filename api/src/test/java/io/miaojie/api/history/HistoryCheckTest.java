package io.miaojie.api.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.history.Answer.Said;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker is put to the test: it passes what a right server does, and finds what is planted in it. */
@Timeout(60)
class HistoryCheckTest {
    private static final int OPERATIONS = 400;

    /** Plants one fault in a right history: in the last call of a sort, since by then much has happened. */
    private static List<String> planted(final long seed, final Predicate<Call> where, final UnaryOperator<Call> fault) {
        final List<Call> calls = new ArrayList<>(MadeUpHistory.of(seed, OPERATIONS));
        assertEquals(List.of(), HistoryCheck.violations(calls));
        final Call found = calls.stream()
                .filter(where)
                .max(Comparator.comparingLong(Call::endNs))
                .orElseThrow();
        calls.set(calls.indexOf(found), fault.apply(found));
        return HistoryCheck.violations(calls);
    }

    private static Call with(final Call call, final long sequence, final boolean isReplay, final Said said) {
        return new Call(call.operation(), call.startNs(), call.endNs(), new Answer(sequence, isReplay, said));
    }

    private static Said more(final Said said, final long amount) {
        return new Said(said.code(), said.withdrawable() + amount, said.locked());
    }

    private static boolean isRead(final Call call) {
        return call.operation() instanceof Operation.ReadPool && call.isAnswered();
    }

    private static boolean isFirst(final Call call) {
        return call.operation() instanceof Operation.Write
                && call.isAnswered()
                && !call.answer().isReplay();
    }

    /** Tells of calls that repeat what another was answered. */
    private static Predicate<Call> isRepeat(final long seed) {
        final List<Call> calls = MadeUpHistory.of(seed, OPERATIONS);
        return call -> call.isAnswered()
                && call.answer().isReplay()
                && calls.stream()
                                .filter(other ->
                                        other.isAnswered() && other.operation().equals(call.operation()))
                                .count()
                        > 1;
    }

    private static void assertFound(final String words, final List<String> violations) {
        assertFalse(violations.isEmpty(), "not found: " + words);
        assertTrue(violations.stream().anyMatch(violation -> violation.startsWith(words)), violations::toString);
    }

    @Test
    void passesWhatARightServerDoes() {
        for (long seed = 1; seed <= 200; seed++) {
            assertEquals(List.of(), HistoryCheck.violations(MadeUpHistory.of(seed, OPERATIONS)), "seed=" + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsAReadThatIsStale(final long seed) {
        final List<Call> calls = MadeUpHistory.of(seed, OPERATIONS);
        final Call early = calls.stream()
                .filter(HistoryCheckTest::isRead)
                .min(Comparator.comparingLong(Call::endNs))
                .orElseThrow();
        assertFound(
                "began after",
                planted(
                        seed,
                        call -> isRead(call) && call.operation().equals(early.operation()),
                        call -> new Call(call.operation(), call.startNs(), call.endNs(), early.answer())));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsAReadOfMoneyThatIsNotThere(final long seed) {
        assertFound("the model says", planted(seed, HistoryCheckTest::isRead, call -> {
            final Answer answer = call.answer();
            return with(call, answer.sequence(), false, more(answer.said(), 1));
        }));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsABankThatDoesNotAddUp(final long seed) {
        assertFound(
                "the model says",
                planted(
                        seed,
                        call -> call.operation() instanceof Operation.ReadBank && call.isAnswered(),
                        call -> with(
                                call,
                                call.answer().sequence(),
                                false,
                                more(call.answer().said(), 1))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsAnAnswerThatChanged(final long seed) {
        assertFound("answered in two ways", planted(seed, isRepeat(seed), call -> {
            final Answer answer = call.answer();
            return with(call, answer.sequence(), true, more(answer.said(), -1));
        }));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsAWriteThatWasDoneTwice(final long seed) {
        assertFound("answered in two ways", planted(seed, isRepeat(seed), call -> {
            final Answer answer = call.answer();
            return with(call, answer.sequence() + 1_000_000, false, answer.said());
        }));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsAWriteThatIsLost(final long seed) {
        final List<Call> calls = new ArrayList<>(MadeUpHistory.of(seed, OPERATIONS));
        final Call lost = calls.stream()
                .filter(call -> call.operation() instanceof Operation.Pay && isFirst(call))
                .filter(call -> ((Operation.Pay) call.operation()).amount() > 1_000)
                .min(Comparator.comparingLong(Call::endNs))
                .orElseThrow();
        final List<Call> without = forgotten(calls, (Operation.Pay) lost.operation());
        assertFound("the model says", HistoryCheck.violations(without));
    }

    /** What a server answers that has forgotten a payment right after it answered. */
    private static List<Call> forgotten(final List<Call> calls, final Operation.Pay lost) {
        final long reward = lost.amount() * Bank.REWARD_PPM / 1_000_000;
        final long since = calls.stream()
                .filter(call -> call.operation().equals(lost) && call.isAnswered())
                .mapToLong(call -> call.answer().sequence())
                .findFirst()
                .orElseThrow();
        return calls.stream()
                .map(call -> call.operation().equals(new Operation.ReadPool(lost.member()))
                                && call.isAnswered()
                                && call.answer().sequence() >= since
                        ? with(
                                call,
                                call.answer().sequence(),
                                false,
                                more(call.answer().said(), -reward))
                        : call)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsOneRecordThatDecidesTwo(final long seed) {
        final List<Call> calls = MadeUpHistory.of(seed, OPERATIONS);
        final long taken = calls.stream()
                .filter(HistoryCheckTest::isFirst)
                .mapToLong(call -> call.answer().sequence())
                .max()
                .orElseThrow();
        assertFound(
                "one record for two",
                planted(
                        seed,
                        call -> isFirst(call) && call.answer().sequence() < taken,
                        call -> with(call, taken, false, call.answer().said())));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsAWithdrawalOfMoreThanThereIs(final long seed) {
        assertFound(
                "the model says",
                planted(
                        seed,
                        call -> call.operation() instanceof Operation.Withdraw
                                && isFirst(call)
                                && !call.answer().said().code().equals(Said.OK),
                        call -> with(call, call.answer().sequence(), false, new Said(Said.OK, 0, 1))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsARepeatOfWhatNobodyHadSent(final long seed) {
        final List<Call> calls = MadeUpHistory.of(seed, OPERATIONS);
        final Predicate<Call> isOnly = call -> isFirst(call)
                && calls.stream()
                                .filter(other -> other.operation().equals(call.operation()))
                                .count()
                        == 1;
        assertFound(
                "a repeat of what nobody had sent",
                planted(
                        seed,
                        isOnly,
                        call -> with(
                                call,
                                call.answer().sequence(),
                                true,
                                call.answer().said())));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsATimeOutThatIsDecidedBeforeItIsSentAgain(final long seed) {
        final List<Call> calls = new ArrayList<>(MadeUpHistory.of(seed, OPERATIONS));
        final Call again = calls.stream()
                .filter(HistoryCheckTest::isFirst)
                .filter(call -> calls.stream()
                        .anyMatch(other -> other.operation().equals(call.operation()) && !other.isAnswered()))
                .max(Comparator.comparingLong(Call::endNs))
                .orElseThrow();
        // Its answer says that it was decided now, its record that it was decided long before.
        calls.set(calls.indexOf(again), with(again, 0, false, again.answer().said()));
        assertFound("began after", HistoryCheck.violations(calls));
    }
}
