package io.miaojie.simulation;

import io.miaojie.wire.codec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What the chapters of a story share: chance, who is there, what was told, what is still to be told. */
final class Story {
    private static final int SOON = 10;

    final Random random;
    final World world;
    final List<String> merchants = new ArrayList<>();
    final List<Deed> told = new ArrayList<>();
    private final List<Deed> waiting = new ArrayList<>();

    /** Amounts are often near the bound of money. */
    final boolean isRich;

    /** How many ids of campaigns a merchant uses. */
    final int campaignCount;

    /** Most of what campaigns sell is bought in groups. */
    final boolean isCrowd;

    /** Merchants have rules of risk. */
    final boolean isWatched;

    private int idCount;

    Story(final Random random, final World world) {
        this.random = random;
        this.world = world;
        this.isRich = oneIn(8);
        this.campaignCount = oneIn(8) ? 45 : 9;
        this.isCrowd = oneIn(3);
        this.isWatched = oneIn(3);
    }

    int below(final int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(final int count) {
        return random.nextInt(count) == 0;
    }

    @SafeVarargs
    final <T> T pick(final T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T pick(final List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Returns an id that no deed of this story has. */
    String fresh(final String prefix) {
        return prefix + idCount++;
    }

    String merchant() {
        return pick(merchants);
    }

    /** Returns a key in force of this merchant that may do everything, now and then another. */
    int key(final String merchant) {
        return oneIn(40) ? random.nextInt(world.keys.size()) : admin(merchant);
    }

    /** Returns the newest key in force of this merchant that may do everything; the node's own when there is none. */
    int admin(final String merchant) {
        return world.keys.stream()
                .filter(key -> key.shop != null && key.shop.id.equals(merchant))
                .filter(key -> key.role == Role.ADMIN && !key.isRevoked && key.store.isEmpty())
                .mapToInt(key -> key.index)
                .max()
                .orElse(0);
    }

    Deed.Head head(final String merchant, final String id) {
        return new Deed.Head(key(merchant), merchant, id, 0);
    }

    Deed.Head head(final String merchant, final String id, final long atNs) {
        return new Deed.Head(key(merchant), merchant, id, atNs);
    }

    /** Returns the head of a deed about something that is known already, told by another source. */
    Deed.Head again(final String merchant, final String id) {
        return new Deed.Head(key(merchant), fresh(merchant + "/source"), id, 0);
    }

    Deed.Head node(final String id) {
        return new Deed.Head(0, "node", id, 0);
    }

    /** Returns a business time: mostly now, else late or early, and now and then out of the window. */
    long businessTime() {
        return switch (below(20)) {
            case 0 -> world.nowNs - below(9 * 86_400) * World.SECOND_NS;
            case 1 -> world.nowNs + below(600) * World.SECOND_NS;
            case 2, 3, 4 -> 0;
            default -> world.nowNs - below(3_600) * World.SECOND_NS;
        };
    }

    long amount() {
        return switch (below(20)) {
            case 0 -> 1;
            case 1 -> 0;
            case 2 -> below(100);
            case 3 -> oneIn(isRich ? 2 : 30) ? World.MOST / (1 + below(3)) - below(100) : 1_000_000L * below(10_000);
            default -> below(20_000);
        };
    }

    /** Lets a deed be told later, in any order. */
    void later(final Deed deed) {
        waiting.add(deed);
    }

    /** Takes a deed that waits, mostly one that has waited long; null when there is none. */
    Deed waiting() {
        if (waiting.isEmpty()) {
            return null;
        }
        final int among = oneIn(4) ? waiting.size() : Math.min(SOON, waiting.size());
        return waiting.remove(random.nextInt(among));
    }

    int waitingCount() {
        return waiting.size();
    }
}
