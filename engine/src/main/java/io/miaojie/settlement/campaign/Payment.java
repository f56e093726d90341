package io.miaojie.settlement.campaign;

import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.OrderLines;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.LittleEndian;
import io.miaojie.wire.codec.EnvelopeDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import org.agrona.DirectBuffer;

/** One {@code PaymentCommand} as rules see it: a reused view, decoded once. Units: minor, epoch nanoseconds. */
public final class Payment {
    private static final int AT_NS_OFFSET =
            PaymentCommandDecoder.envelopeEncodingOffset() + EnvelopeDecoder.atNsEncodingOffset();
    private static final int AMOUNT_OFFSET = PaymentCommandDecoder.amountMinorEncodingOffset();
    private static final int SHIPPING_OFFSET = PaymentCommandDecoder.shippingMinorEncodingOffset();
    private static final int CURRENCY_OFFSET = PaymentCommandDecoder.currencyEncodingOffset();
    private static final int INSTALMENT_OFFSET = PaymentCommandDecoder.instalmentEncodingOffset();
    private static final int INSTALMENT_MASK = 7;
    private static final int IDS_BEFORE_ORDER = 2;

    private final Checkout checkout = Checkout.ofPayment();
    private final Slice payer = new Slice();
    private final Slice random = new Slice();
    private final Slice signals = new Slice();
    private long amountMinor;
    private long baseMinor;
    private int instalment;
    private boolean linesMatch;

    /**
     * Moves the view to a command.
     *
     * @param buffer over an array, from its first byte on
     * @param body where the body begins
     * @param blockLength of its fixed fields
     * @param end where the message ends
     * @param nowNs stands in for a missing business time
     */
    public void wrap(
            final DirectBuffer buffer, final int body, final int blockLength, final int end, final long nowNs) {
        final byte[] bytes = buffer.byteArray();
        final long saidMinor = LittleEndian.longAt(bytes, body + AMOUNT_OFFSET);
        final long shippingMinor = LittleEndian.longAt(bytes, body + SHIPPING_OFFSET);
        instalment = bytes[body + INSTALMENT_OFFSET] & INSTALMENT_MASK;
        final int currency = LittleEndian.shortAt(bytes, body + CURRENCY_OFFSET);
        final long atNs = LittleEndian.longAt(bytes, body + AT_NS_OFFSET);
        final int metadata =
                checkout.wrap(buffer, body + blockLength, IDS_BEFORE_ORDER, currency, atNs == 0 ? nowNs : atNs);
        wrapLast(buffer, checkout.behindMetadata(metadata), end);
        settleBase(saidMinor, shippingMinor);
    }

    /** Older writers end with the metadata; where nothing is said of signals there is no field of them. */
    private void wrapLast(final DirectBuffer buffer, final int payerAt, final int end) {
        final int payerLength = payerAt < end ? checkout.lengthAt(payerAt) : 0;
        payer.wrap(buffer, payerAt + 1, payerLength);
        final int randomAt = payerAt + 1 + payerLength;
        final int randomLength = randomAt < end ? checkout.lengthAt(randomAt) : 0;
        random.wrap(buffer, randomAt + 1, randomLength);
        final int signalsAt = randomAt + 1 + randomLength;
        signals.wrap(buffer, signalsAt + 1, signalsAt < end ? checkout.lengthAt(signalsAt) : 0);
    }

    /**
     * Lines that contradict the amount, too many, and no lines, give way to one line of the amount without shipping.
     */
    private void settleBase(final long saidMinor, final long shippingMinor) {
        amountMinor = saidMinor;
        final boolean shippingFits = shippingMinor >= 0 && shippingMinor <= amountMinor;
        baseMinor = hasAmount() ? Math.max(0, amountMinor - Math.max(0, shippingMinor)) : 0;
        final CommandLines lines = checkout.lines();
        linesMatch = shippingFits && (lines.count() == 0 || lines.sumMinor() == baseMinor);
        if (lines.count() == 0 || !linesMatch || lines.count() > OrderLines.PER_ORDER_MAX) {
            linesMatch &= lines.count() == 0;
            lines.replace(baseMinor);
        }
    }

    /** Forgets the amount: with it the order would pass the bounds of money. */
    public void drop() {
        amountMinor = -1;
        baseMinor = 0;
        checkout.lines().replace(0);
    }

    /** Puts one line in the place of lines that would be too many for the order. */
    public void limitLines(final RewardLines known) {
        if (!known.takes(lines().count())) {
            linesMatch = false;
            lines().replace(baseMinor);
        }
    }

    /** Tells whether what is captured is the amount that the command says. */
    public boolean isWhole() {
        return hasAmount();
    }

    public Checkout checkout() {
        return checkout;
    }

    public CommandLines lines() {
        return checkout.lines();
    }

    public boolean linesMatch() {
        return linesMatch;
    }

    public boolean hasAmount() {
        return Money.isAmount(amountMinor);
    }

    /** Returns the amount, 0 when what was said is none. */
    public long amountMinor() {
        return hasAmount() ? amountMinor : 0;
    }

    /** Returns what rewards rest on: the amount without shipping. */
    public long baseMinor() {
        return baseMinor;
    }

    /** Returns the number of the instalment. */
    public int instalment() {
        return instalment;
    }

    /** Returns the keyed hash of the payer's identity, 16 bytes; empty: none. */
    public Slice payer() {
        return payer;
    }

    /** Returns what the payment was sent from, as the schema says; empty: nothing was said. */
    public Slice signals() {
        return signals;
    }

    /** Returns 32 random bits for the grant of this place, 0: the command brought none. */
    public long random(final int place) {
        return RandomBits.of(random, place);
    }
}
