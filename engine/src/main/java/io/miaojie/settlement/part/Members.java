package io.miaojie.settlement.part;

import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import io.miaojie.wire.IdSource;

/**
 * Members of all merchants: (merchant, exact id) to a dense index; where the member's pools begin, who brought the
 * member, and what is known of it. A member that was taken over has a second id, its alias, that names it from then on;
 * both ids find it for ever. Units: epoch nanoseconds.
 */
public final class Members implements StatePart, IdSource {
    /** Currency of the newest pool in the high half, that pool + 1 in the low (0: none). */
    private static final int FIRST_POOL = 0;

    /** Parent + 1 in the high half (0: none), flags, grade and roles in the low. */
    private static final int PARENT_FLAGS = 1;

    /** Until when the parent is bound, 0: for ever. */
    private static final int BOUND_UNTIL = 2;

    /** The first order that was paid + 1 in the high half, the newest grant of no order + 1 in the low (0: none). */
    private static final int ORDER_GRANT = 3;

    /** Row of the alias + 1, 0: none. */
    private static final int ALIAS = 4;

    /** With the three longs of the id that the table adds, a cache line. */
    private static final int WIDTH = 5;

    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private static final long PROVISIONAL = 1;
    private static final long REGISTERED = 1 << 1;
    private static final long HAS_INVITEES = 1 << 2;
    private static final long WELCOMED = 1 << 3;
    private static final int GRADE_SHIFT = 8;
    private static final int ROLES_SHIFT = 16;
    private static final long BYTE_MASK = 0xFF;

    private final IdTable ids;
    private final IdTable aliases;

    /** Makes a table of this many members, each of which may have an alias. */
    public Members(final int max) {
        this.ids = new IdTable(max, WIDTH);
        this.aliases = new IdTable(max, 1);
    }

    /** Returns the member that this id or alias names, -1 when unknown. */
    public int find(final int merchant, final Slice id) {
        final int member = ids.find(merchant, id);
        return member >= 0 || aliases.count() == 0 ? member : findAlias(merchant, id);
    }

    /** Reads where the search for a member of this hash begins, see {@link IdTable#touch}. */
    public int touch(final long hash) {
        return ids.touch(hash);
    }

    /** Returns the likely member of this hash, see {@link IdTable#likelyRow}. */
    public int likely(final long hash) {
        return ids.likelyRow(hash);
    }

    /** Tells whether any member's own id stands elsewhere than in its row. */
    public boolean hasFarIds() {
        return ids.hasFar();
    }

    /** Returns where the member's own id stands, -1: in its row; see {@link IdTable#place}. */
    public long idPlace(final int member) {
        return ids.place(member);
    }

    /** Reads the id that stands here, to have it near. */
    public byte touchId(final long place) {
        return ids.touchId(place);
    }

    public int add(final int merchant, final Slice id) {
        return ids.add(merchant, id);
    }

    /** Adds a member that only an identity names; it is provisional until it is taken over. */
    public int addProvisional(final int merchant, final Slice id) {
        final int member = add(merchant, id);
        set(member, PROVISIONAL);
        return member;
    }

    /** Names a provisional member by an id that is new; each member has room for one alias. */
    public void takeOver(final int member, final Slice id) {
        final int alias = aliases.add(merchant(member), id);
        aliases.set(alias, 0, member);
        ids.set(member, ALIAS, alias + 1);
        ids.set(member, PARENT_FLAGS, ids.get(member, PARENT_FLAGS) & ~PROVISIONAL);
    }

    public int merchant(final int member) {
        return (int) ids.owner(member);
    }

    /** Moves the view to the id that names the member now: its alias, if it was taken over. */
    public Slice id(final int member, final Slice view) {
        final int alias = (int) ids.get(member, ALIAS) - 1;
        return alias < 0 ? ids.id(member, view) : aliases.id(alias, view);
    }

    /** Writes the id that names the member now. */
    @Override
    public int putId(final int member, final byte[] target, final int offset) {
        final int alias = (int) ids.get(member, ALIAS) - 1;
        return alias < 0 ? ids.putId(member, target, offset) : aliases.putId(alias, target, offset);
    }

    public boolean isProvisional(final int member) {
        return has(member, PROVISIONAL);
    }

    /** Tells whether the member was registered; a payment alone registers nobody. */
    public boolean isRegistered(final int member) {
        return has(member, REGISTERED);
    }

    /** Notes the registration; a grade or roles of 0 say nothing. */
    public void register(final int member, final int grade, final int roles) {
        set(member, REGISTERED);
        put(member, GRADE_SHIFT, grade);
        put(member, ROLES_SHIFT, roles);
    }

    public int grade(final int member) {
        return (int) (ids.get(member, PARENT_FLAGS) >>> GRADE_SHIFT & BYTE_MASK);
    }

    /** Returns the bits of seed, promoter, leader, koc, clerk. */
    public int roles(final int member) {
        return (int) (ids.get(member, PARENT_FLAGS) >>> ROLES_SHIFT & BYTE_MASK);
    }

    /** Tells whether the member, and so each of its identities, was welcomed: an identity never leaves its member. */
    public boolean isWelcomed(final int member) {
        return has(member, WELCOMED);
    }

    public void welcome(final int member) {
        set(member, WELCOMED);
    }

    /** Tells whether the member was ever somebody's parent. */
    public boolean hasInvitees(final int member) {
        return has(member, HAS_INVITEES);
    }

    /** Returns who brought the member, whether or not the binding has run out; -1: nobody. */
    public int parent(final int member) {
        return (int) (ids.get(member, PARENT_FLAGS) >>> Integer.SIZE) - 1;
    }

    /** Returns until when the parent is bound, exclusive; 0: for ever. */
    public long boundUntilNs(final int member) {
        return ids.get(member, BOUND_UNTIL);
    }

    /** Binds a member; the caller has proven that it closes no cycle. A parent of -1: nobody. */
    public void bind(final int member, final int parent, final long untilNs) {
        ids.set(member, PARENT_FLAGS, (parent + 1L) << Integer.SIZE | ids.get(member, PARENT_FLAGS) & LOW_HALF);
        ids.set(member, BOUND_UNTIL, untilNs);
        if (parent >= 0) {
            set(parent, HAS_INVITEES);
        }
    }

    /** Returns the first order of the member that was paid with a base above zero, -1: none yet. */
    public int firstPaidOrder(final int member) {
        return (int) (ids.get(member, ORDER_GRANT) >>> Integer.SIZE) - 1;
    }

    /** Notes an order that was paid; only the first counts. */
    public void paid(final int member, final int order) {
        if (firstPaidOrder(member) < 0) {
            ids.set(member, ORDER_GRANT, (order + 1L) << Integer.SIZE | ids.get(member, ORDER_GRANT) & LOW_HALF);
        }
    }

    /** Returns the member's newest grant of no order, -1 when there is none. */
    public int lastGrant(final int member) {
        return (int) ids.get(member, ORDER_GRANT) - 1;
    }

    /** Returns how many ids were given to members that had one. */
    public int aliasCount() {
        return aliases.count();
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
        aliases.save(out);
    }

    @Override
    public void load(final StateReader in) {
        ids.load(in);
        aliases.load(in);
    }

    /** Returns the member's newest pool and its currency in one, for {@link #pool} and {@link #currency}. */
    long newestPool(final int member) {
        return ids.get(member, FIRST_POOL);
    }

    /** Returns the pool, -1 when there is none. */
    static int pool(final long newestPool) {
        return (int) newestPool - 1;
    }

    /** Returns the currency of the pool, 0 when there is none. */
    static int currency(final long newestPool) {
        return (int) (newestPool >>> Integer.SIZE);
    }

    void setFirstPool(final int member, final int pool, final int currency) {
        ids.set(member, FIRST_POOL, (long) currency << Integer.SIZE | pool + 1);
    }

    void setLastGrant(final int member, final int grant) {
        ids.set(member, ORDER_GRANT, ids.get(member, ORDER_GRANT) & ~LOW_HALF | grant + 1);
    }

    private int findAlias(final int merchant, final Slice id) {
        final int alias = aliases.find(merchant, id);
        return alias < 0 ? -1 : (int) aliases.get(alias, 0);
    }

    private boolean has(final int member, final long flag) {
        return (ids.get(member, PARENT_FLAGS) & flag) != 0;
    }

    private void set(final int member, final long flag) {
        ids.set(member, PARENT_FLAGS, ids.get(member, PARENT_FLAGS) | flag);
    }

    private void put(final int member, final int shift, final int value) {
        if (value != 0) {
            final long rest = ids.get(member, PARENT_FLAGS) & ~(BYTE_MASK << shift);
            ids.set(member, PARENT_FLAGS, rest | (value & BYTE_MASK) << shift);
        }
    }
}
