package io.miaojie.settlement.part;

import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import io.miaojie.wire.codec.DefineTargetCommandDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Where the share links of a merchant may lead, kept as the commands that defined it. */
public final class Targets implements StatePart {
    /** Most targets of one merchant. */
    public static final int PER_MERCHANT_MAX = 1_000;

    private final IdTable ids;
    private final List<byte[]> definitions = new ArrayList<>();
    private final int[] counts;

    public Targets(final int max, final int merchantsMax) {
        this.ids = new IdTable(max);
        this.counts = new int[merchantsMax];
    }

    /** Returns the target's index, -1 when unknown. */
    public int find(final int merchant, final Slice id) {
        return ids.find(merchant, id);
    }

    /** Adds the target of a {@code DefineTargetCommand}, header included, and returns its index. */
    public int add(final int merchant, final byte[] definition) {
        final UnsafeBuffer buffer = new UnsafeBuffer(definition);
        final DefineTargetCommandDecoder command =
                new DefineTargetCommandDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        final int offset = command.limit() + DefineTargetCommandDecoder.idHeaderLength();
        definitions.add(definition);
        counts[merchant]++;
        return ids.add(merchant, new Slice().wrap(buffer, offset, command.skipId()));
    }

    public int merchant(final int target) {
        return (int) ids.owner(target);
    }

    /** Moves the view to the target's id. */
    public Slice id(final int target, final Slice view) {
        return ids.id(target, view);
    }

    /** Returns the command that defined the target, header included. */
    public byte[] definition(final int target) {
        return definitions.get(target);
    }

    /** Returns how many targets the merchant has. */
    public int count(final int merchant) {
        return counts[merchant];
    }

    public int count() {
        return definitions.size();
    }

    public int room() {
        return ids.room();
    }

    @Override
    public void save(final StateWriter out) {
        out.putInt(count());
        for (int target = 0; target < count(); target++) {
            out.putInt(merchant(target));
            out.putBytes(definition(target));
        }
    }

    @Override
    public void load(final StateReader in) {
        for (int left = in.nextInt(); left > 0; left--) {
            final int merchant = in.nextInt();
            add(merchant, in.nextBytes());
        }
    }
}
