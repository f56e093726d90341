package io.miaojie.settlement;

import io.miaojie.settlement.part.ApiKey;
import io.miaojie.settlement.part.ApiKeys;
import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.OrderLines;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.LittleEndian;
import io.miaojie.wire.MessageHead;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder.LinesDecoder;
import org.agrona.DirectBuffer;

/**
 * Reads ahead what the next payments will need. Settling waits for memory most of its time; read in short loops, one
 * table after the other, 24 payments wait for theirs together. What is read decides nothing: a host may leave this out
 * and gets the same outcomes.
 *
 * <p>Thread: settlement.
 */
final class Lookahead {
    /** How many parents of a buyer are rewarded. */
    private static final int LEVELS = 2;

    private static final int BATCH_MAX = Core.FORESEEN_MAX;
    private static final int LENGTH_BYTES = PaymentCommandDecoder.idHeaderLength();

    /** Bytes of a message that are looked at; of one with many lines nothing is foreseen. */
    private static final int HEAD_MAX = 512;

    private final ApiKeys keys;
    private final SeenCommands seen;
    private final Orders orders;
    private final OrderLines lines;
    private final Grants grants;
    private final Members members;
    private final Pools pools;
    private final byte[] head = new byte[HEAD_MAX];
    private final long[] digestHashes = new long[BATCH_MAX];
    private final long[] orderHashes = new long[BATCH_MAX];
    private final long[] memberHashes = new long[BATCH_MAX];
    private final int[] memberRows = new int[BATCH_MAX * (1 + LEVELS)];
    private final int[] poolRows = new int[BATCH_MAX * (1 + LEVELS)];
    private final long[] places = new long[BATCH_MAX * (1 + LEVELS)];
    private int count;
    private int rowCount;

    /** What was read, kept so that reading it can't be left out as useless. */
    private long read;

    Lookahead(final State state) {
        this.keys = state.apiKeys();
        this.seen = state.seenCommands();
        this.orders = state.orders();
        this.lines = state.orderLines();
        this.grants = state.grants();
        this.members = state.members();
        this.pools = state.pools();
    }

    /** Notes a message that will be settled soon. */
    void foresee(final DirectBuffer in, final int offset, final int length) {
        final int headLength = Math.min(HEAD_MAX, length);
        in.getBytes(offset, head, 0, headLength);
        if (MessageHead.templateId(head) != PaymentCommandDecoder.TEMPLATE_ID || count == BATCH_MAX) {
            return;
        }
        final ApiKey key = keys.at(MessageHead.keyIndex(head));
        if (key != null) {
            note(headLength, key.merchant());
        }
    }

    /** Reads for all that were foreseen, and forgets them. */
    void readAhead() {
        touchNewRows();
        touchIndexes();
        findBuyers();
        climb();
        if (members.hasFarIds()) {
            touchIds();
        }
        touchPools();
        count = 0;
    }

    /** A payment remembers an id, makes an order of one line, and grants to the buyer and to who brought it. */
    private void touchNewRows() {
        read += seen.touchNext(count)
                + orders.touchNext(count)
                + lines.touchNext(count)
                + grants.touchNext(count * (1 + LEVELS));
    }

    private void touchIndexes() {
        long sum = 0; // a local: a store for each would leave fewer reads under way
        for (int i = 0; i < count; i++) {
            sum += seen.touch(digestHashes[i]) + orders.touch(orderHashes[i]) + members.touch(memberHashes[i]);
        }
        read += sum;
    }

    private void findBuyers() {
        rowCount = 0;
        for (int i = 0; i < count; i++) {
            final int member = members.likely(memberHashes[i]);
            if (member >= 0) {
                memberRows[rowCount++] = member;
            }
        }
        findPools(0);
    }

    /** Goes from each member to whoever brought it, who may be rewarded too. */
    private void climb() {
        int begin = 0;
        for (int level = 1; level <= LEVELS; level++) {
            final int end = rowCount;
            for (int i = begin; i < end; i++) {
                final int parent = members.parent(memberRows[i]);
                if (parent >= 0) {
                    memberRows[rowCount++] = parent;
                }
            }
            findPools(end);
            begin = end;
        }
    }

    /** Reads the rows of the members from this place on. */
    private void findPools(final int begin) {
        for (int i = begin; i < rowCount; i++) {
            poolRows[i] = pools.first(memberRows[i]);
        }
    }

    private void touchIds() {
        int farCount = 0;
        for (int i = 0; i < rowCount; i++) {
            places[farCount] = members.idPlace(memberRows[i]);
            farCount += places[farCount] < 0 ? 0 : 1;
        }
        long sum = 0;
        for (int i = 0; i < farCount; i++) { // short, so that many reads are under way
            sum += members.touchId(places[i]);
        }
        read += sum;
    }

    private void touchPools() {
        long sum = 0;
        for (int i = 0; i < rowCount; i++) {
            sum += poolRows[i] < 0 ? 0 : pools.touch(poolRows[i]);
        }
        read += sum;
    }

    private void note(final int headLength, final int merchant) {
        final int body = MessageHead.BODY_OFFSET + MessageHead.blockLength(head);
        final int source = next(lines(body, headLength), headLength);
        final int order = next(source, headLength);
        final int member = next(order, headLength);
        if (next(member, headLength) >= headLength) {
            return;
        }
        orderHashes[count] = hash(order, merchant);
        memberHashes[count] = hash(member, merchant);
        digestHashes[count] = SeenCommands.hash(MessageHead.digestHigh(head), MessageHead.digestLow(head));
        count++;
    }

    /** Returns where the id of the payment stands, behind the lines that begin here. */
    private int lines(final int offset, final int end) {
        if (offset + LinesDecoder.sbeHeaderSize() > end) {
            return end;
        }
        final int blockLength = head[offset] & 0xFF;
        final int lineCount = LittleEndian.shortAt(head, offset + 1);
        int at = offset + LinesDecoder.sbeHeaderSize();
        for (int i = 0; i < lineCount && at < end; i++) {
            at = next(next(next(next(at + blockLength, end), end), end), end); // line id, sku, category, seller
        }
        return at;
    }

    /** Returns where the data behind those of this place stand, at least the end when it is reached. */
    private int next(final int at, final int end) {
        return at < end ? at + LENGTH_BYTES + (head[at] & 0xFF) : at;
    }

    private long hash(final int at, final int merchant) {
        return Slice.hash(merchant, head, at + LENGTH_BYTES, head[at] & 0xFF);
    }
}
