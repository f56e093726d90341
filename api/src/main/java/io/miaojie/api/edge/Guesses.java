package io.miaojie.api.edge;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Wrong keys by the address that they came from. Of each address one moment is kept, up to which its attempts are
 * spent: each attempt moves it on by {@link GuessLimits#attemptMs}, time passes it by. Of an IPv6 address the first
 * half counts, since the other is the caller's to choose.
 *
 * <p>Thread: its event loop.
 */
final class Guesses {
    private static final int NETWORK_GROUPS = 4;

    private final Map<String, Long> spentUntilNs = new LinkedHashMap<>(16, 0.75f, true);
    private final int addressesMax;
    private final long attemptNs;
    private final long allowedNs;

    Guesses(final GuessLimits limits) {
        addressesMax = limits.addressesMax();
        attemptNs = TimeUnit.MILLISECONDS.toNanos(limits.attemptMs());
        allowedNs = attemptNs * limits.attemptsMax();
    }

    /** Returns whether this address has no attempt left at present; it has one after {@link GuessLimits#attemptMs}. */
    boolean isSpent(final String address, final long nowNs) {
        final Long untilNs = spentUntilNs.get(source(address));
        return untilNs != null && untilNs - nowNs > allowedNs - attemptNs;
    }

    /** Takes one attempt of this address. */
    void count(final String address, final long nowNs) {
        final String source = source(address);
        final Long untilNs = spentUntilNs.get(source);
        spentUntilNs.put(source, (untilNs == null || untilNs - nowNs < 0 ? nowNs : untilNs) + attemptNs);
        if (spentUntilNs.size() > addressesMax) {
            final Iterator<String> oldest = spentUntilNs.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    int addressCount() {
        return spentUntilNs.size();
    }

    /** An address without a colon is one of IPv4. */
    private static String source(final String address) {
        int end = -1;
        for (int group = 0; group < NETWORK_GROUPS; group++) {
            end = address.indexOf(':', end + 1);
            if (end < 0) {
                return address;
            }
        }
        return address.substring(0, end);
    }
}
