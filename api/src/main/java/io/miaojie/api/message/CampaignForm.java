package io.miaojie.api.message;

import io.miaojie.api.digest.Fingerprint;
import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.directory.Campaign;
import io.miaojie.api.directory.CampaignDefinition;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;
import io.miaojie.api.message.form.FieldType;
import io.miaojie.api.message.form.Sources;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.DefineCampaignCommandEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A campaign, or a change of one, as a client sends it. A change names only what changes; the command always holds the
 * whole definition, and what a repeat is compared by is always what the client sent.
 */
public final class CampaignForm {
    private static final int FILTERS_MAX = 200;
    private static final long ID = 1;
    private static final long KIND = 1 << 1;
    private static final long CURRENCY = 1 << 2;
    private static final long TERMS = 1 << 3;
    private static final long BUDGET = 1 << 4;
    private static final long STARTS_AT = 1 << 5;
    private static final long ENDS_AT = 1 << 6;
    private static final long FUNDER = 1 << 7;
    private static final long CHANNELS = 1 << 8;
    private static final long STORES = 1 << 9;
    private static final long METADATA = 1 << 10;
    private static final long ACTOR = 1 << 11;

    private final JsonReader in;
    private final KindDescriptor kind;
    private final boolean isNew;
    private long mask;
    private long id;
    private int currency;
    private long startsAtNs;
    private long endsAtNs;
    private CampaignDefinition.Budget budget = CampaignDefinition.Budget.NONE;
    private TermsForm terms;
    private final CampaignStanding standing = new CampaignStanding();
    private List<String> stores = List.of();
    private List<String> channels = List.of();
    private String funder = "platform";
    private String metadata = "";
    private long actor = Slice.ABSENT;

    /**
     * Reads the fields of the object that the reader has opened, to its end.
     *
     * @param kind whose terms these are
     * @param isNew false: a change, whose {@code id} is that of the request
     */
    public CampaignForm(final JsonReader in, final KindDescriptor kind, final boolean isNew) {
        this.in = in;
        this.kind = kind;
        this.isNew = isNew;
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            read(field);
        }
        in.close();
        require(ID, "id");
        if (isNew) {
            require(KIND, "kind");
            require(CURRENCY, "currency");
            require(TERMS, "terms");
        }
    }

    /** Writes version 1 of a new campaign. */
    public void write(final CommandScratch out, final ApiKey key) {
        final CampaignDefinition definition = new CampaignDefinition(
                string(id),
                kind.number(),
                currency,
                startsAtNs,
                endsAtNs,
                budget,
                terms.cells(),
                terms.names(),
                stores,
                channels,
                funder,
                metadata,
                standing.stacking(CampaignDefinition.Stacking.DEFAULT),
                standing.hold(CampaignDefinition.Hold.usual(kind)));
        out.identify(key.merchantIndex(), IdSpace.CAMPAIGN, in.text(), Slice.ABSENT, id);
        write(out, key, definition, 0, "");
    }

    /** Writes the version that follows the newest one of this campaign. */
    public void writeChange(final CommandScratch out, final ApiKey key, final Campaign campaign) {
        final CampaignDefinition old = campaign.newest().definition();
        final CampaignDefinition definition = new CampaignDefinition(
                old.id(),
                old.kind(),
                old.currency(),
                has(STARTS_AT) ? startsAtNs : old.startsAtNs(),
                has(ENDS_AT) ? endsAtNs : old.endsAtNs(),
                has(BUDGET) ? budget : old.budget(),
                has(TERMS) ? terms.cells() : old.terms(),
                has(TERMS) ? terms.names() : old.names(),
                has(STORES) ? stores : old.stores(),
                has(CHANNELS) ? channels : old.channels(),
                has(FUNDER) ? funder : old.funder(),
                has(METADATA) ? metadata : old.metadata(),
                standing.stacking(old.stacking()),
                standing.hold(old.hold()));
        out.identify(key.merchantIndex(), IdSpace.CAMPAIGN_CHANGE, in.text(), Slice.ABSENT, id);
        write(out, key, definition, campaign.newest().version(), old.id());
    }

    private void write(
            final CommandScratch out,
            final ApiKey key,
            final CampaignDefinition definition,
            final int expectedVersion,
            final String path) {
        if (definition.endsAtNs() != 0 && definition.endsAtNs() <= definition.startsAtNs()) {
            throw new BadInput(EdgeCode.ENDS_BEFORE_START, "/ends_at", "ends_at must lie after starts_at");
        }
        final DefineCampaignCommandEncoder encoder = new DefineCampaignCommandEncoder()
                .wrapAndApplyHeader(out.buffer(), 0, out.header)
                .expectedVersion(expectedVersion);
        definition.write(encoder);
        encoder.putActor(in.text(), Slice.offset(actor), Slice.length(actor));
        out.seal(encoder.envelope(), key, fingerprint(out.fingerprint, path), 0);
        out.end(encoder.encodedLength());
    }

    private void read(final String field) {
        switch (field) {
            case "id" -> {
                once(ID);
                id = in.id();
            }
            case "terms" -> {
                once(TERMS);
                terms = new TermsForm(in, kind);
            }
            case "budget" -> {
                once(BUDGET);
                budget = budget();
            }
            case "starts_at" -> {
                once(STARTS_AT);
                startsAtNs = in.time();
            }
            case "ends_at" -> {
                once(ENDS_AT);
                endsAtNs = in.time();
            }
            case "funder" -> {
                once(FUNDER);
                funder = string(Sources.FUNDER.reading().read(in));
            }
            case "channels" -> {
                once(CHANNELS);
                channels = ids();
            }
            case "stores" -> {
                once(STORES);
                stores = ids();
            }
            case "actor" -> {
                once(ACTOR);
                actor = in.id();
            }
            case "metadata" -> {
                once(METADATA);
                metadata = string(in.json(FieldType.METADATA_LENGTH_MAX));
            }
            default -> readOfNew(field);
        }
    }

    /** What a campaign is for ever: no change may name it. */
    private void readOfNew(final String field) {
        if (isNew && "kind".equals(field)) {
            once(KIND);
            in.word();
        } else if (isNew && "currency".equals(field)) {
            once(CURRENCY);
            currency = in.currency();
        } else if (!standing.read(in, field)) {
            throw in.unknownField();
        }
    }

    private CampaignDefinition.Budget budget() {
        final long[] bounds = {-1, -1, -1, -1};
        long seen = 0;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            final int place =
                    List.of("amount", "count", "per_day", "per_member").indexOf(field);
            if (place < 0) {
                throw in.unknownField();
            }
            seen = in.once(seen, 1L << place);
            bounds[place] = in.amount();
        }
        return new CampaignDefinition.Budget(bounds[0], bounds[1], bounds[2], bounds[3]);
    }

    private List<String> ids() {
        final List<String> ids = new ArrayList<>();
        in.beginArray();
        while (in.nextEntry(FILTERS_MAX)) {
            ids.add(string(in.id()));
        }
        return ids;
    }

    private long fingerprint(final Fingerprint out, final String path) {
        out.begin();
        field(out, KIND, 3, kind.name());
        field(out, CURRENCY, 4, Integer.toString(currency));
        field(out, STARTS_AT, 5, Long.toString(startsAtNs));
        field(out, ENDS_AT, 6, Long.toString(endsAtNs));
        if (has(BUDGET)) {
            out.field(7, budget.amountMinor())
                    .field(8, budget.count())
                    .field(9, budget.perDayMinor())
                    .field(10, budget.perMemberMinor());
        }
        if (has(TERMS)) {
            terms.fingerprint(out);
        }
        field(out, STORES, 23, String.join(",", stores));
        field(out, CHANNELS, 24, String.join(",", channels));
        field(out, FUNDER, 31, funder);
        field(out, METADATA, 32, metadata);
        standing.fingerprint(out);
        text(out, 40, path);
        PaymentForm.slice(out, 50, in.text(), actor);
        return out.end();
    }

    private void field(final Fingerprint out, final long bit, final int number, final String value) {
        if (has(bit)) {
            text(out, number, value);
        }
    }

    static void text(final Fingerprint out, final int number, final String value) {
        final byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        out.field(number, utf8, 0, utf8.length);
    }

    private void once(final long bit) {
        mask = in.once(mask, bit);
    }

    private boolean has(final long bit) {
        return (mask & bit) != 0;
    }

    private void require(final long bit, final String name) {
        if (!has(bit)) {
            throw in.missingField(name);
        }
    }

    private String string(final long slice) {
        return in.string(slice);
    }
}
