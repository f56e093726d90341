package io.miaojie.node;

import io.miaojie.gate.AnswerType;
import io.miaojie.gate.Gate;
import io.miaojie.gate.ReplySink;
import io.miaojie.gate.SubmitCode;
import io.miaojie.support.Commands;
import io.miaojie.support.Reply;
import io.miaojie.wire.codec.Role;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/** A caller of a node's gate: sends, and waits for the answer. */
final class NodeDriver implements ReplySink {
    static final int KEY = 1;

    /** One answer. */
    record Answer(AnswerType type, long sequence, Reply reply) {}

    private final AtomicLong lastToken = new AtomicLong();
    private final Map<Long, CompletableFuture<Answer>> waiting = new ConcurrentHashMap<>();

    @Override
    public void onOutcome(
            final long token,
            final AnswerType type,
            final long sequence,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final CompletableFuture<Answer> future = waiting.remove(token);
        if (future != null) {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            future.complete(new Answer(type, sequence, new Reply(sequence, bytes)));
        }
    }

    @Override
    public void onEndOfBatch() {
        lastToken.get();
    }

    /** Sends without waiting; while the ring is full it tries again. */
    CompletableFuture<Answer> send(final Gate gate, final DirectBuffer message) {
        final long token = lastToken.incrementAndGet();
        final CompletableFuture<Answer> future = new CompletableFuture<>();
        waiting.put(token, future);
        SubmitCode code = gate.submit(token, message, 0, message.capacity());
        while (code == SubmitCode.RING_FULL) {
            LockSupport.parkNanos(100_000);
            code = gate.submit(token, message, 0, message.capacity());
        }
        if (code != SubmitCode.ACCEPTED) {
            throw new IllegalStateException("refused: code=" + code);
        }
        return future;
    }

    Answer ask(final Gate gate, final DirectBuffer message) throws Exception {
        return send(gate, message).get(20, TimeUnit.SECONDS);
    }

    /** Makes one merchant with a key and a campaign of ten per cent. */
    void prepare(final Gate gate) throws Exception {
        ask(gate, Commands.createMerchant("m1", 480, "CNY"));
        ask(gate, Commands.createKey(Commands.NODE_KEY, "k1", "m1", Role.ADMIN, ""));
        ask(gate, Commands.campaign(KEY, "c1").ratePpm(100_000).encode());
    }

    CompletableFuture<Answer> pay(final Gate gate, final int number) {
        return send(gate, payment(number));
    }

    /** Payment of 10.00 by one of ten members. */
    static DirectBuffer payment(final int number) {
        return Commands.payment(KEY, "pay-" + number)
                .member("member-" + number % 10)
                .amount(1_000)
                .encode();
    }

    long spendableMinor(final Gate gate, final int member) throws Exception {
        return ask(gate, Commands.poolQuery(KEY, "member-" + member))
                .reply()
                .pools()
                .pools()
                .next()
                .spendableMinor();
    }
}
