package io.miaojie.settlement.campaign;

import io.miaojie.settlement.part.Merchants;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Every rule set that orders may have been frozen on. A merchant gets the next one when a campaign of it is defined,
 * changed or closed, so there are at most two for each campaign version. A part of {@link Campaigns}.
 */
final class RuleSets {
    private static final Comparator<CampaignVersion> ORDER = Comparator.comparingInt(
                    (CampaignVersion version) -> -version.definition().priority())
            .thenComparingInt(version -> version.campaign().index());

    private final Merchants merchants;
    private final List<RuleSet> sets = new ArrayList<>();
    private final RuleSet[] current;
    private final RuleSet none = new RuleSet(-1, -1, List.of(), 0);

    RuleSets(final int merchantsMax, final Merchants merchants) {
        this.merchants = merchants;
        this.current = new RuleSet[merchantsMax];
    }

    /** Returns the rule set of a merchant as its campaigns are now; one of nothing, place -1, before the first. */
    RuleSet current(final int merchant) {
        return current[merchant] == null ? none : current[merchant];
    }

    /** Returns the rule set at this place, the one of nothing at -1. */
    RuleSet at(final int index) {
        return index < 0 ? none : sets.get(index);
    }

    /** Makes the next rule set of a merchant from the campaigns that are open now. */
    void renew(final int merchant, final OpenCampaigns open) {
        final List<CampaignVersion> versions = new ArrayList<>();
        for (int i = 0; i < open.count(); i++) {
            versions.add(open.at(i).current());
        }
        versions.sort(ORDER);
        add(merchant, versions);
    }

    void save(final StateWriter out) {
        out.putInt(sets.size());
        for (final RuleSet set : sets) {
            out.putInt(set.merchant());
            out.putInt(set.count());
            for (int i = 0; i < set.count(); i++) {
                out.putInt(set.version(i).index());
            }
        }
    }

    void load(final StateReader in, final List<CampaignVersion> all) {
        for (int left = in.nextInt(); left > 0; left--) {
            final int merchant = in.nextInt();
            final List<CampaignVersion> versions = new ArrayList<>();
            for (int count = in.nextInt(); count > 0; count--) {
                versions.add(all.get(in.nextInt()));
            }
            add(merchant, versions);
        }
    }

    private void add(final int merchant, final List<CampaignVersion> versions) {
        final int capPpm = merchants.at(merchant).rewardCapPpm();
        current[merchant] = new RuleSet(sets.size(), merchant, versions, capPpm);
        sets.add(current[merchant]);
    }
}
