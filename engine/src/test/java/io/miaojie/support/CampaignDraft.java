package io.miaojie.support;

import io.miaojie.wire.codec.DefineCampaignCommandEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A campaign definition being written for a test. Terms are named by their place in the kind's descriptor. */
public final class CampaignDraft {
    /** Places of the terms and columns of {@code purchase-rebate}. */
    public static final int RATE_PPM = 0;

    public static final int LINE_CAP = 1;
    public static final int FIXED_AMOUNT = 2;
    public static final int TIERS = 3;
    public static final int SKUS = 4;
    public static final int CATEGORIES = 5;

    private record Cell(int term, int row, int column, long value) {}

    private record TermId(int term, String id) {}

    private final int key;
    private final String id;
    private final List<Cell> scalars = new ArrayList<>();
    private final List<Cell> cells = new ArrayList<>();
    private final List<TermId> ids = new ArrayList<>();
    private final long[] budgets = {-1, -1, -1, -1};
    private List<String> stores = List.of();
    private List<String> channels = List.of();
    private int expectedVersion;
    private int kind = 1;
    private int currency = Commands.currency("CNY");
    private long startsAtNs;
    private long endsAtNs;
    private String funder = "platform";

    CampaignDraft(final int key, final String id) {
        this.key = key;
        this.id = id;
    }

    /** Makes this the version after the given one. */
    public CampaignDraft after(final int newExpectedVersion) {
        expectedVersion = newExpectedVersion;
        return this;
    }

    public CampaignDraft kind(final int newKind) {
        kind = newKind;
        return this;
    }

    public CampaignDraft currency(final int newCurrency) {
        currency = newCurrency;
        return this;
    }

    public CampaignDraft funder(final String newFunder) {
        funder = newFunder;
        return this;
    }

    public CampaignDraft window(final long newStartsAtNs, final long newEndsAtNs) {
        startsAtNs = newStartsAtNs;
        endsAtNs = newEndsAtNs;
        return this;
    }

    public CampaignDraft budgetAmount(final long minor) {
        budgets[0] = minor;
        return this;
    }

    public CampaignDraft budgetCount(final long count) {
        budgets[1] = count;
        return this;
    }

    public CampaignDraft budgetPerDay(final long minor) {
        budgets[2] = minor;
        return this;
    }

    public CampaignDraft budgetPerMember(final long minor) {
        budgets[3] = minor;
        return this;
    }

    public CampaignDraft scalar(final int term, final long value) {
        scalars.add(new Cell(term, 0, 0, value));
        return this;
    }

    public CampaignDraft ratePpm(final long ratePpm) {
        return scalar(RATE_PPM, ratePpm);
    }

    public CampaignDraft cell(final int term, final int row, final int column, final long value) {
        cells.add(new Cell(term, row, column, value));
        return this;
    }

    public CampaignDraft listed(final int term, final String... entries) {
        Arrays.stream(entries).forEach(entry -> ids.add(new TermId(term, entry)));
        return this;
    }

    public CampaignDraft stores(final String... newStores) {
        stores = List.of(newStores);
        return this;
    }

    public CampaignDraft channels(final String... newChannels) {
        channels = List.of(newChannels);
        return this;
    }

    /** Returns the message. */
    public UnsafeBuffer encode() {
        final UnsafeBuffer buffer = Commands.room();
        final DefineCampaignCommandEncoder command =
                new DefineCampaignCommandEncoder().wrapAndApplyHeader(buffer, 0, Commands.header());
        command.expectedVersion(expectedVersion)
                .kind((short) kind)
                .currency(currency)
                .startsAtNs(startsAtNs)
                .endsAtNs(endsAtNs)
                .budgetAmountMinor(budgets[0])
                .budgetCount(budgets[1])
                .budgetPerDayMinor(budgets[2])
                .budgetPerMemberMinor(budgets[3]);
        writeTerms(command);
        final DefineCampaignCommandEncoder.StoresEncoder storeGroup = command.storesCount(stores.size());
        stores.forEach(store -> Commands.put(storeGroup.next()::putId, store));
        final DefineCampaignCommandEncoder.ChannelsEncoder channelGroup = command.channelsCount(channels.size());
        channels.forEach(channel -> Commands.put(channelGroup.next()::putId, channel));
        Commands.put(command::putId, id);
        Commands.put(command::putFunder, funder);
        Commands.put(command::putMetadata, "");
        Commands.put(command::putActor, "");
        return Commands.bound(buffer, key, id + "#" + (expectedVersion + 1), command.encodedLength());
    }

    private void writeTerms(final DefineCampaignCommandEncoder command) {
        final DefineCampaignCommandEncoder.ScalarsEncoder scalarGroup = command.scalarsCount(scalars.size());
        scalars.forEach(scalar -> scalarGroup.next().term((short) scalar.term()).value(scalar.value()));
        final DefineCampaignCommandEncoder.CellsEncoder cellGroup = command.cellsCount(cells.size());
        cells.forEach(cell -> cellGroup
                .next()
                .term((short) cell.term())
                .row(cell.row())
                .column((short) cell.column())
                .value(cell.value()));
        final DefineCampaignCommandEncoder.IdsEncoder idGroup = command.idsCount(ids.size());
        ids.forEach(entry -> Commands.put(idGroup.next().term((short) entry.term())::putId, entry.id()));
    }
}
