package io.miaojie.api.fuzz;

import io.miaojie.settlement.Invariants;
import io.miaojie.settlement.PeopleLimits;
import io.miaojie.settlement.Settlement;
import io.miaojie.settlement.StateLimits;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.CreateKeyCommandEncoder;
import io.miaojie.wire.codec.CreateMerchantCommandEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.OpenShardCommandEncoder;
import io.miaojie.wire.codec.Role;
import io.miaojie.wire.codec.TickCommandEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A core of a few rows with one merchant and one key, that holds its invariants after each command. */
final class SmallCore {
    /** Place of the key. */
    static final int KEY = 1;

    private static final StateLimits LIMITS = new StateLimits(32, 64, 64, 128, 128, 8, 16, 8, 64, PeopleLimits.of(32));

    private static final byte[] MERCHANT = "m1".getBytes(StandardCharsets.US_ASCII);

    /** A core goes on for so many commands: state that earlier inputs left is part of what is found. */
    private static final int COMMANDS = 100;

    private final UnsafeBuffer out = new UnsafeBuffer(new byte[RecordLayout.MESSAGE_LENGTH_MAX]);
    private Settlement core;
    private long sequence;
    private long nowNs;
    private int left;

    /** Settles a command; throws when the core does, or when an invariant does not hold afterwards. */
    void settle(final DirectBuffer command, final int length) {
        if (left-- <= 0) {
            begin();
        }
        put(command, length);
        while (core.nextDeadlineNs() <= nowNs) {
            put(tick(), MessageHeaderEncoder.ENCODED_LENGTH + TickCommandEncoder.BLOCK_LENGTH);
        }
        final List<String> violations = Invariants.check(core.state());
        if (!violations.isEmpty()) {
            throw new AssertionError(violations);
        }
    }

    private void put(final DirectBuffer command, final int length) {
        nowNs = Math.max(nowNs, core.timeNs(nowNs, command, 0));
        if (core.settle(sequence + 1, nowNs, command, 0, length, out, 0) > 0) {
            sequence++;
        }
        nowNs += 1_000_000_000L;
    }

    private void begin() {
        core = new Settlement(LIMITS);
        sequence = 0;
        nowNs = 1_767_225_600_000_000_000L;
        left = COMMANDS;
        final UnsafeBuffer message = new UnsafeBuffer(new byte[1024]);
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        final OpenShardCommandEncoder open = new OpenShardCommandEncoder().wrapAndApplyHeader(message, 0, header);
        open.shard((short) 1).sandbox((short) 1);
        put(message, MessageHeaderEncoder.ENCODED_LENGTH + open.encodedLength());
        message.setMemory(0, message.capacity(), (byte) 0);
        final CreateMerchantCommandEncoder merchant =
                new CreateMerchantCommandEncoder().wrapAndApplyHeader(message, 0, header);
        merchant.utcOffsetMinutes((short) 480)
                .currency(Currencies.all().iterator().next().number());
        merchant.putId(MERCHANT, 0, MERCHANT.length)
                .putName(MERCHANT, 0, MERCHANT.length)
                .putActor(MERCHANT, 0, 0);
        put(message, MessageHeaderEncoder.ENCODED_LENGTH + merchant.encodedLength());
        message.setMemory(0, message.capacity(), (byte) 0);
        final CreateKeyCommandEncoder key = new CreateKeyCommandEncoder().wrapAndApplyHeader(message, 0, header);
        key.role(Role.ADMIN);
        key.putId(MERCHANT, 0, MERCHANT.length)
                .putMerchantId(MERCHANT, 0, MERCHANT.length)
                .putStoreId(MERCHANT, 0, 0)
                .putActor(MERCHANT, 0, 0);
        put(message, MessageHeaderEncoder.ENCODED_LENGTH + key.encodedLength());
    }

    private static DirectBuffer tick() {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
        new TickCommandEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder());
        return message;
    }
}
