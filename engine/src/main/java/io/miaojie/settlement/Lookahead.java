package io.miaojie.settlement;

import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.part.ApiKey;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.codec.EnvelopeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder.LinesDecoder;
import org.agrona.DirectBuffer;

/**
 * Reads ahead what the next payments will need. Settling waits for memory most of its time; read in short loops, one
 * table after the other, sixteen payments wait for theirs together. What is read decides nothing: a host may leave this
 * out and gets the same outcomes.
 *
 * <p>Thread: settlement.
 */
final class Lookahead {
    /** How many parents of a buyer are rewarded. */
    private static final int LEVELS = 2;

    private static final int BATCH_MAX = Core.FORESEEN_MAX;
    private static final int LENGTH_BYTES = PaymentCommandDecoder.idHeaderLength();

    private final State state;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnvelopeDecoder envelope = new EnvelopeDecoder();
    private final Slice id = new Slice();
    private final long[] digests = new long[BATCH_MAX];
    private final long[] orders = new long[BATCH_MAX];
    private final long[] members = new long[BATCH_MAX];
    private final int[] rows = new int[BATCH_MAX];
    private final int[] pools = new int[BATCH_MAX];
    private int count;

    /** What was read, kept so that reading it can't be left out as useless. */
    private long read;

    Lookahead(final State state) {
        this.state = state;
    }

    /** Notes a message that will be settled soon. */
    void foresee(final DirectBuffer in, final int offset) {
        header.wrap(in, offset);
        final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        envelope.wrap(in, body);
        final ApiKey key = state.apiKeys().at(envelope.keyIndex());
        if (header.templateId() == PaymentCommandDecoder.TEMPLATE_ID && key != null && count < BATCH_MAX) {
            note(in, body, key.merchant());
        }
    }

    /** Reads for all that were foreseen, and forgets them. */
    void readAhead() {
        touchIndexes();
        touchMembers();
        for (int level = 0; level <= LEVELS; level++) {
            touchPools();
            climb();
        }
        count = 0;
    }

    private void touchIndexes() {
        long sum = 0; // a local: a store for each would leave fewer reads under way
        for (int i = 0; i < count; i++) {
            sum += state.seenCommands().touch(digests[i])
                    + state.orders().touch(orders[i])
                    + state.members().touch(members[i]);
        }
        read += sum;
    }

    private void touchMembers() {
        for (int i = 0; i < count; i++) {
            final int member = state.members().likely(members[i]);
            rows[i] = member;
            pools[i] = member < 0 ? -1 : state.pools().first(member);
        }
    }

    private void touchPools() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += rows[i] < 0 ? 0 : state.members().merchant(rows[i]);
            sum += pools[i] < 0 ? 0 : balances(pools[i]);
        }
        read += sum;
    }

    /** Goes from each member to whoever brought it, who may be rewarded too. */
    private void climb() {
        for (int i = 0; i < count; i++) {
            final int parent = rows[i] < 0 ? -1 : state.members().parent(rows[i]);
            rows[i] = parent;
            pools[i] = parent < 0 ? -1 : state.pools().first(parent);
        }
    }

    private void note(final DirectBuffer in, final int body, final int merchant) {
        final int source = next(in, lines(in, body + header.blockLength()));
        final int order = next(in, source);
        final int member = next(in, order);
        orders[count] = hash(in, order, merchant);
        members[count] = hash(in, member, merchant);
        digests[count] = SeenCommands.hash(envelope.digestHigh(), envelope.digestLow());
        count++;
    }

    /** Returns where the id of the payment stands, behind the lines that begin here. */
    private static int lines(final DirectBuffer in, final int offset) {
        final int blockLength = in.getByte(offset) & 0xFF;
        final int count = in.getShort(offset + 1, PaymentCommandDecoder.BYTE_ORDER) & 0xFFFF;
        int at = offset + LinesDecoder.sbeHeaderSize();
        for (int i = 0; i < count; i++) {
            at = next(in, next(in, next(in, next(in, at + blockLength)))); // line id, sku, category, seller
        }
        return at;
    }

    /** Returns where the data behind those of this place stand. */
    private static int next(final DirectBuffer in, final int offset) {
        return offset + LENGTH_BYTES + (in.getByte(offset) & 0xFF);
    }

    private long hash(final DirectBuffer in, final int offset, final int merchant) {
        return id.wrap(in, offset + LENGTH_BYTES, in.getByte(offset) & 0xFF).hash(merchant);
    }

    private long balances(final int pool) {
        return state.ledger().balance(state.pools().account(pool, ChartOfAccounts.PENDING))
                + state.ledger().balance(state.pools().account(pool, ChartOfAccounts.DEBT));
    }
}
