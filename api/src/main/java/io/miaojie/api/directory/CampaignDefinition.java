package io.miaojie.api.directory;

import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;
import io.miaojie.wire.codec.DefineCampaignCommandEncoder;
import io.miaojie.wire.codec.HoldPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a campaign promises: all that {@code DefineCampaignCommand} says of it.
 *
 * @param kind number of the campaign kind
 * @param startsAtNs epoch nanoseconds; 0: at once
 * @param endsAtNs exclusive; 0: never
 * @param metadata JSON object; empty: none
 */
public record CampaignDefinition(
        String id,
        int kind,
        int currency,
        long startsAtNs,
        long endsAtNs,
        Budget budget,
        List<Cell> terms,
        List<Name> names,
        List<String> stores,
        List<String> channels,
        String funder,
        String metadata,
        Stacking stacking,
        Hold hold) {
    /** No bound. */
    public static final long UNBOUNDED = -1;

    /** Row of a cell that is a scalar. */
    public static final int SCALAR = -1;

    /** Bounds of what a campaign gives, minor units but for the count; {@link #UNBOUNDED}: none. */
    public record Budget(long amountMinor, long count, long perDayMinor, long perMemberMinor) {
        /** No bounds at all. */
        public static final Budget NONE = new Budget(UNBOUNDED, UNBOUNDED, UNBOUNDED, UNBOUNDED);
    }

    /**
     * How a campaign stands among others of an order.
     *
     * @param priority higher comes first
     * @param exclusiveGroup of the campaigns in one group the first rewards an order; empty: none
     */
    public record Stacking(int priority, String exclusiveGroup) {
        /** As if nothing had been said. */
        public static final Stacking DEFAULT = new Stacking(0, "");
    }

    /**
     * When a grant becomes withdrawable.
     *
     * @param days of the two policies with days; else 0
     * @param instantPpm share of a grant that is spendable at once
     */
    public record Hold(HoldPolicy policy, int days, int instantPpm) {
        private static final int PPM = 1_000_000;

        /** Returns the usual hold: spendable at once, withdrawable 7 days after delivery or, of some kinds, never. */
        public static Hold usual(final KindDescriptor kind) {
            return kind.isWithdrawable()
                    ? new Hold(HoldPolicy.DAYS_AFTER_DELIVERY, 7, PPM)
                    : new Hold(HoldPolicy.NEVER, 0, PPM);
        }

        /** Returns whether the policy counts days. */
        public static boolean hasDays(final HoldPolicy policy) {
            return policy == HoldPolicy.DAYS_AFTER_PAY || policy == HoldPolicy.DAYS_AFTER_DELIVERY;
        }
    }

    /** A number of the terms: a scalar (row {@link #SCALAR}) or a cell of a table. */
    public record Cell(int term, int row, int column, long value) {}

    /** An entry of an id list of the terms. */
    public record Name(int term, String id) {}

    public CampaignDefinition {
        terms = List.copyOf(terms);
        names = List.copyOf(names);
        stores = List.copyOf(stores);
        channels = List.copyOf(channels);
    }

    /** Reads a definition out of the command that made it. */
    public static CampaignDefinition of(final DefineCampaignCommandDecoder in) {
        final List<Cell> terms = new ArrayList<>();
        final List<Name> names = new ArrayList<>();
        final List<String> stores = new ArrayList<>();
        final List<String> channels = new ArrayList<>();
        in.scalars().forEach(scalar -> terms.add(new Cell(scalar.term(), SCALAR, 0, scalar.value())));
        in.cells().forEach(cell -> terms.add(new Cell(cell.term(), cell.row(), cell.column(), cell.value())));
        in.ids().forEach(name -> names.add(new Name(name.term(), Text.of(name.idLength(), name::getId))));
        in.stores().forEach(store -> stores.add(Text.of(store.idLength(), store::getId)));
        in.channels().forEach(channel -> channels.add(Text.of(channel.idLength(), channel::getId)));
        final String id = Text.of(in.idLength(), in::getId);
        final String funder = Text.of(in.funderLength(), in::getFunder);
        final String metadata = Text.of(in.metadataLength(), in::getMetadata);
        final String exclusiveGroup = Text.of(in.exclusiveGroupLength(), in::getExclusiveGroup);
        return new CampaignDefinition(
                id,
                in.kind(),
                in.currency(),
                in.startsAtNs(),
                in.endsAtNs(),
                new Budget(in.budgetAmountMinor(), in.budgetCount(), in.budgetPerDayMinor(), in.budgetPerMemberMinor()),
                terms,
                names,
                stores,
                channels,
                funder,
                metadata,
                new Stacking(in.priority(), exclusiveGroup),
                new Hold(in.holdPolicy(), in.holdDays(), in.instantPpm()));
    }

    /** Writes everything but the envelope and the expected version. */
    public void write(final DefineCampaignCommandEncoder out) {
        out.kind((short) kind)
                .currency(currency)
                .startsAtNs(startsAtNs)
                .endsAtNs(endsAtNs)
                .budgetAmountMinor(budget.amountMinor)
                .budgetCount(budget.count)
                .budgetPerDayMinor(budget.perDayMinor)
                .budgetPerMemberMinor(budget.perMemberMinor)
                .priority((short) stacking.priority)
                .holdPolicy(hold.policy)
                .holdDays(hold.days)
                .instantPpm(hold.instantPpm);
        writeTerms(out);
        final DefineCampaignCommandEncoder.IdsEncoder ids = out.idsCount(names.size());
        names.forEach(name -> ids.next().term((short) name.term).putId(utf8(name.id), 0, utf8(name.id).length));
        final DefineCampaignCommandEncoder.StoresEncoder storeIds = out.storesCount(stores.size());
        stores.forEach(store -> storeIds.next().putId(utf8(store), 0, utf8(store).length));
        final DefineCampaignCommandEncoder.ChannelsEncoder channelIds = out.channelsCount(channels.size());
        channels.forEach(channel -> channelIds.next().putId(utf8(channel), 0, utf8(channel).length));
        out.putId(utf8(id), 0, utf8(id).length)
                .putFunder(utf8(funder), 0, utf8(funder).length)
                .putMetadata(utf8(metadata), 0, utf8(metadata).length)
                .putExclusiveGroup(utf8(stacking.exclusiveGroup), 0, utf8(stacking.exclusiveGroup).length);
    }

    private void writeTerms(final DefineCampaignCommandEncoder out) {
        final int scalarCount =
                (int) terms.stream().filter(cell -> cell.row == SCALAR).count();
        final DefineCampaignCommandEncoder.ScalarsEncoder scalars = out.scalarsCount(scalarCount);
        terms.stream()
                .filter(cell -> cell.row == SCALAR)
                .forEach(cell -> scalars.next().term((short) cell.term).value(cell.value));
        final DefineCampaignCommandEncoder.CellsEncoder cells = out.cellsCount(terms.size() - scalarCount);
        terms.stream().filter(cell -> cell.row != SCALAR).forEach(cell -> cells.next()
                .term((short) cell.term)
                .row(cell.row)
                .column((short) cell.column)
                .value(cell.value));
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
