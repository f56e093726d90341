package io.miaojie.settlement.campaign;

import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import io.miaojie.wire.codec.CampaignState;

/** One campaign over all its versions: which one is in force, its state, and its registers. */
public final class Campaign {
    private final int index;
    private final int merchant;
    private CampaignVersion current;
    private CampaignState state = CampaignState.ACTIVE;
    private long grantedMinor;
    private long grantedCount;
    private int newestDayCounter = -1;
    private int group = -1;
    private long latestEndNs;

    Campaign(final int index, final int merchant) {
        this.index = index;
        this.merchant = merchant;
    }

    public int index() {
        return index;
    }

    public int merchant() {
        return merchant;
    }

    /** Returns the version in force. */
    public CampaignVersion current() {
        return current;
    }

    public Terms terms() {
        return current.definition().terms();
    }

    public CampaignState state() {
        return state;
    }

    /** Returns the sum of the grants of all versions. */
    public long grantedMinor() {
        return grantedMinor;
    }

    public long grantedCount() {
        return grantedCount;
    }

    /** Notes a credit that the budgets have been held against; it made a grant or raised one. */
    public void grant(final long amountMinor, final boolean isNew) {
        grantedMinor += amountMinor;
        grantedCount += isNew ? 1 : 0;
    }

    /** Returns the row of the day counter that was raised last, -1 when none was: a memo that is not saved. */
    public int newestDayCounter() {
        return newestDayCounter;
    }

    public void setNewestDayCounter(final int row) {
        newestDayCounter = row;
    }

    /** Returns the campaign's own group of the rosters, -1: nobody has taken part yet. */
    public int group() {
        return group;
    }

    public void setGroup(final int newGroup) {
        group = newGroup;
    }

    /** Returns the latest end that a version has said, {@code Long.MAX_VALUE}: one has said none. */
    public long latestEndNs() {
        return latestEndNs;
    }

    void setCurrent(final CampaignVersion version) {
        final long endsAtNs = version.definition().endsAtNs();
        latestEndNs = Math.max(latestEndNs, endsAtNs == 0 ? Long.MAX_VALUE : endsAtNs);
        current = version;
    }

    void setState(final CampaignState newState) {
        state = newState;
    }

    void save(final StateWriter out) {
        out.putInt(state.value());
        out.putLong(grantedMinor);
        out.putLong(grantedCount);
        out.putInt(group);
    }

    void load(final StateReader in) {
        state = CampaignState.get((short) in.nextInt());
        grantedMinor = in.nextLong();
        grantedCount = in.nextLong();
        group = in.nextInt();
    }
}
