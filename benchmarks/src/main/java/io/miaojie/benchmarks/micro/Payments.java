package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.Draws;
import io.miaojie.settlement.Core;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.LittleEndian;
import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.PaymentCommandEncoder;
import io.miaojie.wire.codec.PaymentCommandEncoder.LinesEncoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Payments of one line by the members of one shop, each with an id, an order and a digest of its own. Payment {@code i}
 * depends on {@code i} alone: the first of them are one by each buyer, the rest are by buyers drawn evenly, which is
 * the worst case for caches, or by one of them. As many as a host foresees stand side by side; moving to a payment
 * writes only what differs.
 *
 * <p>Thread: one. Allocates: nothing when moved. Units: minor, epoch nanoseconds.
 */
final class Payments {
    /** Business time of every payment, and engine time. */
    static final long AT_NS = 1_800_000_000_000_000_000L;

    private static final int PLACES = Core.FORESEEN_MAX;
    private static final int LENGTH_MAX = 512;
    private static final String MEMBER_PREFIX = "u";
    private static final String NO_DIGITS = "00000000";

    private final ShopPlan plan;
    private final byte[] bytes = new byte[PLACES * LENGTH_MAX];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final int length;
    private int digestOffset;
    private int fingerprintOffset;
    private int amountOffset;
    private int lineAmountOffset;
    private int idOffset;
    private int orderOffset;
    private int memberOffset;

    Payments(final int keyIndex, final ShopPlan plan) {
        this.plan = plan;
        this.length = encode(keyIndex);
        for (int place = 1; place < PLACES; place++) {
            buffer.putBytes(place * LENGTH_MAX, buffer, 0, length);
        }
    }

    /** Writes payment {@code index} into its place in the buffer. */
    void moveTo(final int index) {
        final int place = offset(index);
        final long amountMinor = Draws.amountMinor(index);
        final long digest = Draws.mix(index + 1L);
        LittleEndian.putLong(bytes, place + digestOffset, digest);
        LittleEndian.putLong(bytes, place + digestOffset + Long.BYTES, Draws.mix(digest));
        LittleEndian.putLong(bytes, place + fingerprintOffset, digest + amountMinor);
        LittleEndian.putLong(bytes, place + amountOffset, amountMinor);
        LittleEndian.putLong(bytes, place + lineAmountOffset, amountMinor);
        final long digits = Long.reverseBytes(hexDigits(index));
        LittleEndian.putLong(bytes, place + idOffset, digits);
        LittleEndian.putLong(bytes, place + orderOffset, digits);
        LittleEndian.putLong(bytes, place + memberOffset, Long.reverseBytes(hexDigits(member(index))));
    }

    /** Returns where payment {@code index} stands. */
    int offset(final int index) {
        return index % PLACES * LENGTH_MAX;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    int members() {
        return plan.rewards().members();
    }

    /** Returns who pays, 0 to {@code members} - 1. */
    int member(final int index) {
        return plan.buyer(index);
    }

    /** Moves the view to the id of a member; the command in the buffer is a payment by that member then. */
    Slice memberId(final int member, final Slice view) {
        buffer.putLong(memberOffset, hexDigits(member), ByteOrder.BIG_ENDIAN);
        return view.wrap(buffer, memberOffset - MEMBER_PREFIX.length(), MEMBER_PREFIX.length() + NO_DIGITS.length());
    }

    private int encode(final int keyIndex) {
        final PaymentCommandEncoder command =
                new PaymentCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        final int body = command.offset();
        final EnvelopeEncoder envelope = command.envelope().keyIndex(keyIndex).atNs(AT_NS);
        digestOffset = envelope.offset() + EnvelopeEncoder.digestHighEncodingOffset();
        fingerprintOffset = envelope.offset() + EnvelopeEncoder.fingerprintEncodingOffset();
        amountOffset = body + PaymentCommandEncoder.amountMinorEncodingOffset();
        command.shippingMinor(0).currency(Currencies.byCode("CNY").number()).instalment(Instalment.FULL);
        final LinesEncoder line = command.linesCount(1).next();
        lineAmountOffset = command.limit() - LinesEncoder.sbeBlockLength() + LinesEncoder.amountMinorEncodingOffset();
        line.quantity(1);
        Text.put(line::putLineId, "1");
        Text.put(line::putSku, "sku-17");
        Text.put(line::putCategory, "tea");
        Text.put(line::putSellerId, "");
        encodeIds(command);
        return command.limit();
    }

    /** Writes ids of a prefix and eight digits, and notes where the digits stand. */
    private void encodeIds(final PaymentCommandEncoder command) {
        Text.put(command::putId, "pay-" + NO_DIGITS);
        idOffset = command.limit() - NO_DIGITS.length();
        Text.put(command::putSource, "");
        Text.put(command::putOrderId, "order-" + NO_DIGITS);
        orderOffset = command.limit() - NO_DIGITS.length();
        Text.put(command::putMemberId, MEMBER_PREFIX + NO_DIGITS);
        memberOffset = command.limit() - NO_DIGITS.length();
        Text.put(command::putChannel, "");
        Text.put(command::putStoreId, "");
        Text.put(command::putClerkId, "");
        Text.put(command::putShareToken, "");
        Text.put(command::putMetadata, "");
        Text.put(command::putPayer, "");
        Text.put(command::putRandom, "");
    }

    /** Returns the eight hexadecimal digits of a value as ASCII, the first digit in the highest byte. */
    static long hexDigits(final int value) {
        long digits = value & 0xFFFF_FFFFL;
        digits = (digits | digits << 16) & 0x0000_FFFF_0000_FFFFL;
        digits = (digits | digits << 8) & 0x00FF_00FF_00FF_00FFL;
        digits = (digits | digits << 4) & 0x0F0F_0F0F_0F0F_0F0FL;
        final long letters = digits + 0x0606_0606_0606_0606L >>> 4 & 0x0101_0101_0101_0101L;
        return digits + 0x3030_3030_3030_3030L + letters * ('a' - '0' - 10);
    }
}
