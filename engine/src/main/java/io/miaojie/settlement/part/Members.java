package io.miaojie.settlement.part;

import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/** Members of all merchants: (merchant, exact id) to a dense index, and where the member's pools begin. */
public final class Members implements StatePart {
    /** Currency of the newest pool in the high half, that pool + 1 in the low (0: none). */
    private static final int FIRST_POOL = 0;

    private static final int WIDTH = 1;

    private final IdTable ids;

    public Members(final int max) {
        this.ids = new IdTable(max, WIDTH);
    }

    /** Returns the member's index, -1 when unknown. */
    public int find(final int merchant, final Slice id) {
        return ids.find(merchant, id);
    }

    /** Reads where the search for a member of this hash begins, see {@link IdTable#touch}. */
    public int touch(final long hash) {
        return ids.touch(hash);
    }

    /** Returns the likely member of this hash, see {@link IdTable#likelyRow}. */
    public int likely(final long hash) {
        return ids.likelyRow(hash);
    }

    public int add(final int merchant, final Slice id) {
        return ids.add(merchant, id);
    }

    public int merchant(final int member) {
        return (int) ids.owner(member);
    }

    /** Moves the view to the member's id. */
    public Slice id(final int member, final Slice view) {
        return ids.id(member, view);
    }

    public int count() {
        return ids.count();
    }

    public int room() {
        return ids.room();
    }

    public void reserve() {
        ids.reserve();
    }

    @Override
    public void save(final StateWriter out) {
        ids.save(out);
    }

    @Override
    public void load(final StateReader in) {
        ids.load(in);
    }

    /** Returns the member's newest pool, -1 when there is none. */
    int firstPool(final int member) {
        return (int) ids.get(member, FIRST_POOL) - 1;
    }

    /** Returns the currency of the newest pool, 0 when there is none. */
    int firstCurrency(final int member) {
        return (int) (ids.get(member, FIRST_POOL) >>> Integer.SIZE);
    }

    void setFirstPool(final int member, final int pool, final int currency) {
        ids.set(member, FIRST_POOL, (long) currency << Integer.SIZE | pool + 1);
    }
}
