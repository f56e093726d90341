package io.miaojie.settlement.campaign;

import java.util.ArrayList;
import java.util.List;

/** The campaigns of one merchant that are not closed, in the order in which they were defined. */
public final class OpenCampaigns {
    private final List<Campaign> campaigns = new ArrayList<>(Campaigns.OPEN_MAX);

    public int count() {
        return campaigns.size();
    }

    public Campaign at(final int place) {
        return campaigns.get(place);
    }

    void add(final Campaign campaign) {
        campaigns.add(campaign);
    }

    void remove(final Campaign campaign) {
        campaigns.remove(campaign);
    }
}
