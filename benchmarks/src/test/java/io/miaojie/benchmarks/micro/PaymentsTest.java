package io.miaojie.benchmarks.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.benchmarks.Draws;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder.LinesDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What patching leaves in the buffer is a whole payment. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class PaymentsTest {
    private static final int MEMBERS = 10;

    private final Payments payments = new Payments(ShopCommands.KEY_INDEX, ShopPlan.of(new Rewards(MEMBERS, 0)));

    @Test
    void readsBackAsAPaymentOfOneLine() {
        payments.moveTo(0x1F2E);
        final PaymentCommandDecoder command = decoder(0x1F2E);
        assertEquals(Draws.amountMinor(0x1F2E), command.amountMinor());
        final LinesDecoder lines = command.lines();
        assertEquals(1, lines.count());
        assertEquals(command.amountMinor(), lines.next().amountMinor());
        assertEquals("1", text(lines::getLineId));
        assertEquals("sku-17", text(lines::getSku));
        assertEquals("tea", text(lines::getCategory));
        assertEquals("", text(lines::getSellerId));
        assertEquals("pay-00001f2e", text(command::getId));
        assertEquals("", text(command::getSource));
        assertEquals("order-00001f2e", text(command::getOrderId));
        assertEquals("u%08x".formatted(payments.member(0x1F2E)), text(command::getMemberId));
        assertEquals("", text(command::getChannel));
        assertEquals("", text(command::getStoreId));
        assertEquals("", text(command::getClerkId));
        assertEquals("", text(command::getShareToken));
        assertEquals("", text(command::getMetadata));
        assertEquals("", text(command::getPayer));
        assertEquals("", text(command::getRandom));
        assertEquals(payments.offset(0x1F2E) + payments.length(), command.limit());
    }

    @Test
    void bindsEachPaymentToADigestOfItsOwn() {
        final Set<List<Long>> digests = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            payments.moveTo(i);
            final var envelope = decoder(i).envelope();
            digests.add(List.of(envelope.digestHigh(), envelope.digestLow()));
        }
        assertEquals(10_000, digests.size());
    }

    @Test
    void beginsWithOnePaymentOfEachMember() {
        for (int i = 0; i < MEMBERS; i++) {
            assertEquals(i, payments.member(i));
        }
    }

    /** A byte field of a decoder. */
    private interface Field {
        int get(byte[] bytes, int offset, int length);
    }

    private static String text(final Field field) {
        final byte[] bytes = new byte[64];
        return new String(bytes, 0, field.get(bytes, 0, bytes.length), StandardCharsets.UTF_8);
    }

    private PaymentCommandDecoder decoder(final int index) {
        return new PaymentCommandDecoder()
                .wrapAndApplyHeader(payments.buffer(), payments.offset(index), new MessageHeaderDecoder());
    }
}
