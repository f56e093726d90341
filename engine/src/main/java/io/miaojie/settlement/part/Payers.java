package io.miaojie.settlement.part;

import io.miaojie.settlement.state.Slice;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Who pays when a payment names no member but an identity (支付即会员): the member that the identity is of, or a new
 * provisional one. Allocates: nothing.
 */
public final class Payers {
    private static final int ID_LENGTH_MAX = 64;
    private static final byte[] PREFIX = {'m', 'j', '-'};

    private final Members members;
    private final Identities identities;
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[ID_LENGTH_MAX]);
    private final Slice id = new Slice();

    public Payers(final Members members, final Identities identities) {
        this.members = members;
        this.identities = identities;
    }

    /** Returns the payer's member, -1 when the identity is nobody's yet. */
    public int find(final int merchant, final long hashLow, final long hashHigh) {
        return identities.find(merchant, hashLow, hashHigh);
    }

    /** Tells whether an identity can still be added; the caller proves room for the member. */
    public boolean hasRoom() {
        return identities.room() > 0;
    }

    /**
     * Makes the provisional member of an identity that is nobody's: {@code mj-<sequence>}, with as many {@code -}
     * behind it as the caller's own ids of that form make necessary.
     */
    public int make(final int merchant, final long sequence, final long hashLow, final long hashHigh) {
        bytes.putBytes(0, PREFIX);
        int length = PREFIX.length + bytes.putNaturalLongAscii(PREFIX.length, sequence);
        id.wrap(bytes, 0, length);
        while (members.find(merchant, id) >= 0) {
            bytes.putByte(length++, (byte) '-');
            id.wrap(bytes, 0, length);
        }
        final int member = members.addProvisional(merchant, id);
        identities.add(member, hashLow, hashHigh);
        return member;
    }
}
