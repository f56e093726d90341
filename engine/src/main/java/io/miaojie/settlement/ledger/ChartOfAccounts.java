package io.miaojie.settlement.ledger;

import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/**
 * Which account is whose. A pool is five accounts side by side, one per bucket. A funder of a merchant has one account
 * per currency; in mode accrue it may fall below zero, which is what the funder owes, in mode prepaid it may not. The
 * merchant's own accounts stand in the same table, under names that no funder can have because they begin with "~".
 */
public final class ChartOfAccounts implements StatePart {
    /** Buckets of a pool, in the order of {@code wire.codec.Bucket}. */
    public static final int BUCKET_COUNT = 5;

    /** From one pool's first account to the next pool's: with what else is known of a pool, a cache line. */
    public static final int POOL_STRIDE = 8;

    public static final int PENDING = 0;
    public static final int SPENDABLE = 1;
    public static final int WITHDRAWABLE = 2;
    public static final int LOCKED = 3;

    /** At or below zero: minus what is owed. */
    public static final int DEBT = 4;

    /** Pool money that members spent. */
    public static final Slice REDEEMED = name("~redeemed");

    /** On its way out of the house. */
    public static final Slice TRANSIT = name("~transit");

    /** Arrived outside. */
    public static final Slice PAID_OUT = name("~paid-out");

    /** What members paid for being paid out. */
    public static final Slice FEES = name("~fees");

    /** Withheld from what members were paid out, for the authorities. */
    public static final Slice TAX = name("~tax");

    /** Other side of adjustments by hand. */
    public static final Slice ADJUSTMENT = name("~adjustment");

    /** Other side of what funders bring and take. */
    public static final Slice BANK = name("~bank");

    /** How many accounts a merchant has of its own for each currency. */
    public static final int OWN_COUNT = 7;

    private static final int MODE = 0;
    private static final int PREPAID = 1;
    private static final int WIDTH = 1;
    private static final int CURRENCY_BITS = 16;

    private final int max;
    private final Ledger ledger;
    private final IdTable funders;

    /** The mode of each funder once more: it is asked for each credit. */
    private final boolean[] prepaid;

    private int poolCount;

    /**
     * Makes a chart over an empty ledger.
     *
     * @param max pools and funding accounts together
     * @param fundingsMax funding accounts
     */
    public ChartOfAccounts(final int max, final int fundingsMax, final Ledger ledger) {
        this.max = max;
        this.ledger = ledger;
        this.funders = new IdTable(fundingsMax, WIDTH);
        this.prepaid = new boolean[fundingsMax];
    }

    /** Opens the accounts of the next pool and returns it; the caller has proven that there {@link #room} is. */
    public int openPool() {
        poolCount++;
        return ledger.openPool();
    }

    /** Returns the account of one bucket of a pool. */
    public static int poolAccount(final int pool, final int bucket) {
        return pool * POOL_STRIDE + bucket;
    }

    /** Tells whether the funder has an account. */
    public boolean isFunded(final int merchant, final Slice funder, final int currency) {
        return funders.find(owner(merchant, currency), funder) >= 0;
    }

    /**
     * Returns the funder's account, which is opened when missing: the caller has proven that there {@link #room} is.
     */
    public int funding(final int merchant, final Slice funder, final int currency) {
        final int row = funders.find(owner(merchant, currency), funder);
        return row < 0 ? openFunding(merchant, funder, currency) : fundingAccount(row);
    }

    /** Returns how many pools and funding accounts can still be opened. */
    public int room() {
        return max - poolCount - funders.count();
    }

    /** Returns how many funding accounts can still be opened. */
    public int fundingRoom() {
        return Math.min(funders.room(), room());
    }

    /** Tells whether the account of a funder may not fall below zero. */
    public boolean isPrepaid(final int account) {
        return prepaid[~account];
    }

    /** Sets whether the account of a funder may fall below zero. */
    public void setPrepaid(final int account, final boolean isPrepaid) {
        funders.set(~account, MODE, isPrepaid ? PREPAID : 0);
        prepaid[~account] = isPrepaid;
    }

    public int poolCount() {
        return poolCount;
    }

    public int fundingCount() {
        return funders.count();
    }

    public int fundingAccount(final int row) {
        return ~row;
    }

    public int fundingCurrency(final int row) {
        return (int) funders.owner(row) & (1 << CURRENCY_BITS) - 1;
    }

    public int fundingMerchant(final int row) {
        return (int) (funders.owner(row) >>> CURRENCY_BITS);
    }

    /** Moves the view to the funder's id. */
    public Slice funder(final int row, final Slice view) {
        return funders.id(row, view);
    }

    @Override
    public void save(final StateWriter out) {
        out.putInt(poolCount);
        funders.save(out);
    }

    @Override
    public void load(final StateReader in) {
        poolCount = in.nextInt();
        funders.load(in);
        for (int row = 0; row < funders.count(); row++) {
            prepaid[row] = funders.get(row, MODE) == PREPAID;
        }
    }

    private int openFunding(final int merchant, final Slice funder, final int currency) {
        funders.add(owner(merchant, currency), funder);
        return ledger.openFunder();
    }

    private static Slice name(final String name) {
        final byte[] letters = new byte[name.length()];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (byte) name.charAt(i);
        }
        return Slice.of(letters);
    }

    private static long owner(final int merchant, final int currency) {
        return (long) merchant << CURRENCY_BITS | currency;
    }
}
