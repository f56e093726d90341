package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.miaojie.support.Commands;
import io.miaojie.support.CoreRunner;
import io.miaojie.wire.codec.Role;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reading ahead decides nothing. */
@Timeout(60)
class LookaheadTest {
    private static final int PAYMENTS = 300;
    private static final int BATCH = Core.FORESEEN_MAX + 1;

    @Test
    void aCoreThatReadAheadSaysAndKeepsTheSame() {
        final CoreRunner plain = opened();
        final CoreRunner ahead = opened();
        final List<UnsafeBuffer> messages = messages();
        for (int i = 0; i < messages.size(); i++) {
            if (i % BATCH == 0) {
                messages.subList(i, Math.min(i + BATCH, messages.size()))
                        .forEach(message -> ahead.core().foresee(message, 0, message.capacity()));
                ahead.core().readAhead();
            }
            assertArrayEquals(
                    plain.settle(messages.get(i)).bytes(),
                    ahead.settle(messages.get(i)).bytes());
        }
        assertArrayEquals(plain.saved(), ahead.saved());
    }

    private static CoreRunner opened() {
        final CoreRunner runner = new CoreRunner(CoreRunner.SMALL);
        runner.settle(Commands.openShard(1, false));
        runner.settle(Commands.createMerchant("M1", 480, "CNY"));
        runner.settle(Commands.createKey(Commands.NODE_KEY, "K1", "M1", Role.ADMIN, ""));
        runner.settle(Commands.campaign(1, "C1").ratePpm(10_000).encode());
        return runner;
    }

    private static List<UnsafeBuffer> messages() {
        final List<UnsafeBuffer> messages = new ArrayList<>();
        for (int i = 0; i < PAYMENTS; i++) {
            messages.add(Commands.payment(i % 7 == 0 ? 99 : 1, "P" + i)
                    .member(i % 5 == 0 ? "" : "U" + i % 50)
                    .amount(1_000)
                    .line("A", "t", 1_000)
                    .encode());
            if (i % 10 == 0) {
                messages.add(Commands.poolQuery(1, "U" + i % 50));
            }
        }
        return messages;
    }
}
