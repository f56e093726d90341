package io.miaojie.settlement.campaign;

import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder.ChannelsDecoder;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder.StoresDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/** One {@code DefineCampaignCommand}, parsed. Immutable. Units: minor, epoch nanoseconds; budgets: -1 is unbounded. */
public final class CampaignDefinition {
    static final long UNBOUNDED = -1;

    private final byte[] bytes;
    private final CampaignKind kind;
    private final int currency;
    private final long startsAtNs;
    private final long endsAtNs;
    private final long budgetAmountMinor;
    private final long budgetCount;
    private final long budgetPerDayMinor;
    private final long budgetPerMemberMinor;
    private final Terms terms;
    private final IdTable stores;
    private final IdTable channels;
    private final Slice id = new Slice();
    private final Slice funder = new Slice();
    private final Slice exclusiveGroup = new Slice();
    private final int priority;
    private final HoldTerms hold;
    private final int levels;
    private final long ratesPpm;
    private final boolean isForNewMembers;
    private final boolean draws;
    private final boolean isSound;

    /** Parses a command, header included, of this kind. */
    public CampaignDefinition(final byte[] bytes, final CampaignKind kind) {
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final DefineCampaignCommandDecoder command =
                new DefineCampaignCommandDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        this.bytes = bytes;
        this.kind = kind;
        this.currency = command.currency();
        this.startsAtNs = command.startsAtNs();
        this.endsAtNs = command.endsAtNs();
        this.budgetAmountMinor = command.budgetAmountMinor();
        this.budgetCount = command.budgetCount();
        this.budgetPerDayMinor = command.budgetPerDayMinor();
        this.budgetPerMemberMinor = command.budgetPerMemberMinor();
        this.priority = command.priority();
        this.hold = HoldTerms.of(command, kind);
        final TermsReader reader = new TermsReader(kind.descriptor().terms());
        this.terms = reader.read(command, buffer);
        this.stores = readStores(command, buffer);
        this.channels = readChannels(command, buffer);
        final int idOffset = command.limit() + DefineCampaignCommandDecoder.idHeaderLength();
        id.wrap(buffer, idOffset, command.skipId());
        final int funderOffset = command.limit() + DefineCampaignCommandDecoder.funderHeaderLength();
        funder.wrap(buffer, funderOffset, command.skipFunder());
        command.skipMetadata();
        final int groupOffset = command.limit() + DefineCampaignCommandDecoder.exclusiveGroupHeaderLength();
        exclusiveGroup.wrap(buffer, groupOffset, command.skipExclusiveGroup());
        this.levels = reader.isSound() ? kind.levels(terms) : 0;
        this.ratesPpm = reader.isSound() ? kind.ratesPpm(terms) : 0;
        this.isForNewMembers = kind.isForNewMembers();
        this.draws = reader.isSound() && kind.draw(terms, 0) > 0;
        this.isSound = reader.isSound() && keepsItsBounds() && kind.isSound(terms);
    }

    /** Tells whether the definition keeps to its descriptor and doesn't contradict itself. */
    public boolean isSound() {
        return isSound;
    }

    /**
     * Tells whether this may be the next version: same kind and currency, terms that follow, budgets not below what was
     * granted.
     */
    public boolean follows(final Campaign campaign) {
        final CampaignDefinition before = campaign.current().definition();
        return kind == before.kind
                && currency == before.currency
                && kind.follows(before.terms, terms)
                && (budgetAmountMinor == UNBOUNDED || budgetAmountMinor >= campaign.grantedMinor())
                && (budgetCount == UNBOUNDED || budgetCount >= campaign.grantedCount());
    }

    /** Returns the command, header included. */
    public byte[] bytes() {
        return bytes;
    }

    public CampaignKind kind() {
        return kind;
    }

    public Terms terms() {
        return terms;
    }

    public Slice id() {
        return id;
    }

    public Slice funder() {
        return funder;
    }

    public int currency() {
        return currency;
    }

    /** Returns when it starts, 0: it always did. */
    public long startsAtNs() {
        return startsAtNs;
    }

    /** Returns when it ends, exclusive; 0: never. */
    public long endsAtNs() {
        return endsAtNs;
    }

    boolean hasStarted(final long atNs) {
        return startsAtNs == 0 || startsAtNs <= atNs;
    }

    /** Tells whether it has ended by this time. */
    public boolean hasEnded(final long atNs) {
        return endsAtNs != 0 && endsAtNs <= atNs;
    }

    boolean admitsStore(final Slice store) {
        return stores.count() == 0 || stores.find(0, store) >= 0;
    }

    boolean admitsChannel(final Slice channel) {
        return channels.count() == 0 || channels.find(0, channel) >= 0;
    }

    public long budgetAmountMinor() {
        return budgetAmountMinor;
    }

    public long budgetCount() {
        return budgetCount;
    }

    public long budgetPerDayMinor() {
        return budgetPerDayMinor;
    }

    public long budgetPerMemberMinor() {
        return budgetPerMemberMinor;
    }

    /** Returns its place among the merchant's campaigns: higher comes first. */
    int priority() {
        return priority;
    }

    /** Tells whether it is in an exclusive group. */
    boolean isExclusive() {
        return !exclusiveGroup.isEmpty();
    }

    /** Tells whether both are in the same exclusive group. */
    boolean excludes(final CampaignDefinition other) {
        final Slice group = other.exclusiveGroup;
        return exclusiveGroup.matches(group.buffer(), group.offset(), group.length());
    }

    public HoldTerms hold() {
        return hold;
    }

    /** Returns the levels that it rewards, as bits. */
    public int levels() {
        return levels;
    }

    /** Returns the most that its levels together take of a line by rates. */
    long ratesPpm() {
        return ratesPpm;
    }

    /** Tells whether it is for members that register, as {@link CampaignKind#isForNewMembers} says. */
    public boolean isForNewMembers() {
        return isForNewMembers;
    }

    /** Tells whether its terms draw at random, as {@link CampaignKind#draw} says. */
    public boolean draws() {
        return draws;
    }

    private boolean keepsItsBounds() {
        return Currencies.byNumber(currency) != null
                && (endsAtNs == 0 || startsAtNs < endsAtNs)
                && budgetAmountMinor >= UNBOUNDED
                && budgetCount >= UNBOUNDED
                && budgetPerDayMinor >= UNBOUNDED
                && budgetPerMemberMinor >= UNBOUNDED
                && hold.isSound()
                && (kind.descriptor().isWithdrawable() || hold.isNever());
    }

    private static IdTable readStores(final DefineCampaignCommandDecoder command, final UnsafeBuffer buffer) {
        final StoresDecoder group = command.stores();
        final IdTable stores = new IdTable(group.count());
        while (group.hasNext()) {
            final StoresDecoder store = group.next();
            final int offset = command.limit() + StoresDecoder.idHeaderLength();
            add(stores, new Slice().wrap(buffer, offset, store.skipId()));
        }
        return stores;
    }

    private static IdTable readChannels(final DefineCampaignCommandDecoder command, final UnsafeBuffer buffer) {
        final ChannelsDecoder group = command.channels();
        final IdTable channels = new IdTable(group.count());
        while (group.hasNext()) {
            final ChannelsDecoder channel = group.next();
            final int offset = command.limit() + ChannelsDecoder.idHeaderLength();
            add(channels, new Slice().wrap(buffer, offset, channel.skipId()));
        }
        return channels;
    }

    private static void add(final IdTable ids, final Slice id) {
        if (ids.find(0, id) < 0) {
            ids.add(0, id);
        }
    }
}
