package io.miaojie.settlement.campaign;

import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.OrderLines;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import org.agrona.DirectBuffer;

/** One {@code PaymentCommand} as rules see it: a reused view, decoded once. Units: minor, epoch nanoseconds. */
public final class Payment {
    private static final int INSTALMENT_MASK = 7;
    private static final int IDS_BEFORE_ORDER = 2;

    private final PaymentCommandDecoder command = new PaymentCommandDecoder();
    private final Checkout checkout = Checkout.ofPayment();
    private final Slice payer = new Slice();
    private final Slice random = new Slice();
    private final Slice signals = new Slice();
    private long amountMinor;
    private long baseMinor;
    private int instalment;
    private boolean linesMatch;

    /**
     * Moves the view to a command whose body begins at {@code offset}.
     *
     * @param end where the message ends
     * @param nowNs stands in for a missing business time
     */
    public void wrap(
            final DirectBuffer buffer,
            final int offset,
            final int end,
            final MessageHeaderDecoder header,
            final long nowNs) {
        command.wrap(buffer, offset, header.blockLength(), header.version());
        final long saidMinor = command.amountMinor();
        final long shippingMinor = command.shippingMinor();
        instalment = command.instalmentRaw() & INSTALMENT_MASK;
        final long atNs = command.envelope().atNs();
        final int metadata =
                checkout.wrap(buffer, command.limit(), IDS_BEFORE_ORDER, command.currency(), atNs == 0 ? nowNs : atNs);
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
