package io.miaojie.settlement.part;

import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Share links: token to owner and target, one for each (owner, target, campaign, channel). A token is unique over all
 * merchants. Both tables have a link at the same place. Units: epoch nanoseconds.
 */
public final class Links implements StatePart {
    /** Most bytes of a campaign id and of a channel. */
    public static final int ID_LENGTH_MAX = 64;

    private static final int EXPIRES_AT = 0;

    private final Members members;

    /** (owner and target, length of the campaign id, campaign id, channel). */
    private final IdTable keys;

    private final IdTable tokens;
    private final UnsafeBuffer keyBytes = new UnsafeBuffer(new byte[1 + 2 * ID_LENGTH_MAX]);
    private final Slice key = new Slice();

    public Links(final int max, final Members members) {
        this.members = members;
        this.keys = new IdTable(max);
        this.tokens = new IdTable(max, 1);
    }

    /** Returns the link of this token, -1 when unknown. */
    public int find(final Slice token) {
        return tokens.find(0, token);
    }

    /** Returns the owner's link to this target for this campaign and channel, -1 when there is none. */
    public int find(final int owner, final int target, final Slice campaignId, final Slice channel) {
        return keys.find(ownerTarget(owner, target), key(campaignId, channel));
    }

    /**
     * Adds a link that isn't there, which does not expire; the caller has proven that there {@link #room} is.
     *
     * @param campaignId may be empty, as may the channel
     */
    public int add(final int owner, final int target, final Slice campaignId, final Slice channel, final Slice token) {
        keys.add(ownerTarget(owner, target), key(campaignId, channel));
        return tokens.add(0, token);
    }

    public void setExpiresAt(final int link, final long expiresAtNs) {
        tokens.set(link, EXPIRES_AT, expiresAtNs);
    }

    /** Returns from when on the token is no longer taken, 0: never. */
    public long expiresAtNs(final int link) {
        return tokens.get(link, EXPIRES_AT);
    }

    /** Returns the member that shares. */
    public int owner(final int link) {
        return (int) (keys.owner(link) >>> Integer.SIZE);
    }

    public int target(final int link) {
        return (int) keys.owner(link);
    }

    public int merchant(final int link) {
        return members.merchant(owner(link));
    }

    /** Moves the view to the token. */
    public Slice token(final int link, final Slice view) {
        return tokens.id(link, view);
    }

    /** Moves the view to the id of the campaign, empty: none. */
    public Slice campaignId(final int link, final Slice view) {
        keys.id(link, view);
        return view.wrap(view.buffer(), view.offset() + 1, view.buffer().getByte(view.offset()));
    }

    /** Moves the view to the channel, empty: none. */
    public Slice channel(final int link, final Slice view) {
        keys.id(link, view);
        final int before = 1 + view.buffer().getByte(view.offset());
        return view.wrap(view.buffer(), view.offset() + before, view.length() - before);
    }

    public int count() {
        return tokens.count();
    }

    public int room() {
        return tokens.room();
    }

    @Override
    public void save(final StateWriter out) {
        keys.save(out);
        tokens.save(out);
    }

    @Override
    public void load(final StateReader in) {
        keys.load(in);
        tokens.load(in);
    }

    private Slice key(final Slice campaignId, final Slice channel) {
        keyBytes.putByte(0, (byte) campaignId.length());
        keyBytes.putBytes(1, campaignId.buffer(), campaignId.offset(), campaignId.length());
        final int before = 1 + campaignId.length();
        keyBytes.putBytes(before, channel.buffer(), channel.offset(), channel.length());
        return key.wrap(keyBytes, 0, before + channel.length());
    }

    private static long ownerTarget(final int owner, final int target) {
        return (long) owner << Integer.SIZE | target;
    }
}
