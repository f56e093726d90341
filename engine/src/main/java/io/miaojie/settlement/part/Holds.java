package io.miaojie.settlement.part;

import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import java.util.Arrays;

/**
 * Grants that wait for their release: one FIFO for each campaign version, whose holds are all equally long, so that the
 * first to come is the first to go. A FIFO that isn't empty has one timer, for its head; a day of a million holds is
 * one entry among the timers.
 */
public final class Holds implements StatePart {
    private static final int NONE = -1;

    private final Grants grants;
    private final Timers timers;
    private int[] heads = new int[16];
    private int[] tails = new int[16];
    private int count;

    public Holds(final Grants grants, final Timers timers) {
        this.grants = grants;
        this.timers = timers;
    }

    /**
     * Puts a grant at the end of its version's FIFO.
     *
     * @param releaseAtNs not before that of any grant that was put there
     */
    public void add(final int grant, final int version, final long releaseAtNs) {
        grants.set(grant, Grants.QUEUED);
        grants.setReleaseAt(grant, releaseAtNs);
        append(grant, version, releaseAtNs);
    }

    /** Puts a grant that was made {@link Grants#QUEUED}, with its release, at the end as {@link #add} does. */
    public void append(final int grant, final int version, final long releaseAtNs) {
        if (version >= count) {
            hold(version);
        }
        if (heads[version] == NONE) {
            heads[version] = grant;
            timers.arm(releaseAtNs, Timers.RELEASE, version);
        } else {
            grants.setNext(tails[version], grant);
        }
        tails[version] = grant;
    }

    /** Takes the head of a version's FIFO, whose timer has fired, and arms the one of the grant behind it. */
    public int remove(final int version) {
        final int grant = heads[version];
        heads[version] = grants.next(grant);
        grants.setNext(grant, NONE);
        grants.clear(grant, Grants.QUEUED);
        if (heads[version] == NONE) {
            tails[version] = NONE;
        } else {
            timers.arm(grants.releaseAtNs(heads[version]), Timers.RELEASE, version);
        }
        return grant;
    }

    @Override
    public void save(final StateWriter out) {
        out.putInt(count);
        for (int version = 0; version < count; version++) {
            out.putInt(heads[version]);
            out.putInt(tails[version]);
        }
    }

    @Override
    public void load(final StateReader in) {
        final int saved = in.nextInt();
        hold(saved - 1);
        for (int version = 0; version < saved; version++) {
            heads[version] = in.nextInt();
            tails[version] = in.nextInt();
        }
    }

    /** Makes empty FIFOs for all versions up to this one. */
    private void hold(final int version) {
        if (version >= heads.length) {
            heads = Arrays.copyOf(heads, 2 * version);
            tails = Arrays.copyOf(tails, 2 * version);
        }
        while (count <= version) {
            heads[count] = NONE;
            tails[count] = NONE;
            count++;
        }
    }
}
