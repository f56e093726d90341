package io.miaojie.settlement.campaign;

import java.util.List;

/**
 * The open campaign versions of one merchant at one time, in the order in which they may reward: higher priority first,
 * then older campaign. Immutable: an order keeps the place of its rule set and a mask of the versions that were
 * eligible, and so its terms are frozen.
 */
public final class RuleSet {
    private final int index;
    private final int merchant;
    private final CampaignVersion[] versions;
    private final int[] groups;
    private final boolean cutsLines;

    RuleSet(final int index, final int merchant, final List<CampaignVersion> versions, final int rewardCapPpm) {
        this.index = index;
        this.merchant = merchant;
        this.versions = versions.toArray(new CampaignVersion[0]);
        this.groups = new int[this.versions.length];
        long ratesPpm = 0;
        for (int i = 0; i < groups.length; i++) {
            groups[i] = groupOf(i);
            ratesPpm += this.versions[i].definition().ratesPpm();
        }
        this.cutsLines = ratesPpm > rewardCapPpm;
    }

    public int index() {
        return index;
    }

    int merchant() {
        return merchant;
    }

    public int count() {
        return versions.length;
    }

    public CampaignVersion version(final int place) {
        return versions[place];
    }

    /** Returns the place of the first version of the same exclusive group, -1: it is in none. */
    public int group(final int place) {
        return groups[place];
    }

    /** Tells whether the rates together may take more of a line than the merchant's cap. */
    public boolean cutsLines() {
        return cutsLines;
    }

    private int groupOf(final int place) {
        if (!versions[place].definition().isExclusive()) {
            return -1;
        }
        int first = 0;
        while (!versions[place].definition().excludes(versions[first].definition())) {
            first++;
        }
        return first;
    }
}
