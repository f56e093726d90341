package io.miaojie.settlement.campaign;

import io.miaojie.settlement.part.Merchants;
import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The campaigns of all merchants and their versions, and for each merchant those that are open. */
public final class Campaigns implements StatePart {
    /** Most campaigns of one merchant that are not closed. */
    public static final int OPEN_MAX = 32;

    private static final OpenCampaigns NONE = new OpenCampaigns();

    private final List<CampaignKind> kinds;
    private final IdTable ids;
    private final int max;
    private final List<Campaign> campaigns = new ArrayList<>();

    /** An array: it is read for each grant. */
    private CampaignVersion[] versions = new CampaignVersion[64];

    private int versionCount;
    private final OpenCampaigns[] open;
    private final RuleSets ruleSets;

    public Campaigns(final int max, final int merchantsMax, final Merchants merchants, final List<CampaignKind> kinds) {
        this.ruleSets = new RuleSets(merchantsMax, merchants);
        this.kinds = List.copyOf(kinds);
        this.ids = new IdTable(max);
        this.max = max;
        this.open = new OpenCampaigns[merchantsMax];
    }

    /** Returns the kind of this number, null when there is none. */
    public CampaignKind kind(final int number) {
        for (final CampaignKind kind : kinds) {
            if (kind.descriptor().number() == number) {
                return kind;
            }
        }
        return null;
    }

    /** Returns the merchant's campaign of this id, null when unknown. */
    public Campaign find(final int merchant, final Slice id) {
        final int index = ids.find(merchant, id);
        return index < 0 ? null : campaigns.get(index);
    }

    /** Returns the campaigns of a merchant that are not closed, oldest first. */
    public OpenCampaigns open(final int merchant) {
        return open[merchant] == null ? NONE : open[merchant];
    }

    /** Returns the rule set that orders of a merchant are frozen on now. */
    public RuleSet rules(final int merchant) {
        return ruleSets.current(merchant);
    }

    /** Returns the rule set that an order was frozen on, one of nothing for -1. */
    public RuleSet ruleSet(final int index) {
        return ruleSets.at(index);
    }

    /** Adds the next version of the campaign that the definition names, and the campaign when it is new. */
    public CampaignVersion add(final int merchant, final CampaignDefinition definition, final int funding) {
        final CampaignVersion version = addVersion(merchant, definition, funding);
        ruleSets.renew(merchant, open(merchant));
        return version;
    }

    private CampaignVersion addVersion(final int merchant, final CampaignDefinition definition, final int funding) {
        Campaign campaign = find(merchant, definition.id());
        if (campaign == null) {
            campaign = new Campaign(ids.add(merchant, definition.id()), merchant);
            campaigns.add(campaign);
            opened(campaign);
        }
        final int number = campaign.current() == null ? 1 : campaign.current().number() + 1;
        final CampaignVersion version = new CampaignVersion(versionCount, campaign, number, funding, definition);
        if (versionCount == versions.length) {
            versions = Arrays.copyOf(versions, 2 * versionCount);
        }
        versions[versionCount++] = version;
        campaign.setCurrent(version);
        return version;
    }

    /** Moves a campaign that isn't closed to another state. */
    public void change(final Campaign campaign, final CampaignState state) {
        setState(campaign, state);
        if (state == CampaignState.CLOSED) {
            ruleSets.renew(campaign.merchant(), open(campaign.merchant()));
        }
    }

    private void setState(final Campaign campaign, final CampaignState state) {
        campaign.setState(state);
        if (state == CampaignState.CLOSED) {
            open[campaign.merchant()].remove(campaign);
        }
    }

    /** Returns the version at this place. */
    public CampaignVersion version(final int index) {
        return versions[index];
    }

    public Campaign campaign(final int index) {
        return campaigns.get(index);
    }

    public int versionCount() {
        return versionCount;
    }

    public int campaignCount() {
        return campaigns.size();
    }

    /** Returns how many versions can still be added. */
    public int room() {
        return max - versionCount;
    }

    @Override
    public void save(final StateWriter out) {
        out.putInt(versionCount);
        for (int i = 0; i < versionCount; i++) {
            out.putInt(versions[i].campaign().merchant());
            out.putInt(versions[i].funding());
            out.putBytes(versions[i].definition().bytes());
        }
        for (final Campaign campaign : campaigns) {
            campaign.save(out);
        }
        ruleSets.save(out);
    }

    @Override
    public void load(final StateReader in) {
        for (int left = in.nextInt(); left > 0; left--) {
            final int merchant = in.nextInt();
            final int funding = in.nextInt();
            addVersion(merchant, parse(in.nextBytes()), funding);
        }
        for (final Campaign campaign : campaigns) {
            campaign.load(in);
            setState(campaign, campaign.state());
        }
        ruleSets.load(in, Arrays.asList(versions));
    }

    /** Returns the number of the kind that a {@code DefineCampaignCommand}, header included, names. */
    public static int kindNumber(final DirectBuffer command, final int offset) {
        return new DefineCampaignCommandDecoder()
                .wrapAndApplyHeader(command, offset, new MessageHeaderDecoder())
                .kind();
    }

    private CampaignDefinition parse(final byte[] bytes) {
        return new CampaignDefinition(bytes, kind(kindNumber(new UnsafeBuffer(bytes), 0)));
    }

    private void opened(final Campaign campaign) {
        if (open[campaign.merchant()] == null) {
            open[campaign.merchant()] = new OpenCampaigns();
        }
        open[campaign.merchant()].add(campaign);
    }
}
