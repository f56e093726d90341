package io.miaojie.benchmarks;

/**
 * How much a pass measures. Names are those of the passes; {@code tiny} is for tests, which judge no times.
 *
 * @param rounds pairs of ours and baseline, each round a process of its own
 * @param ringRounds the same for subjects whose threads are more than processors: what they come to differs from round
 *     to round by a factor of two and more
 * @param windows pairs of ours and baseline over sockets, in turn
 * @param members of a shop in the core
 * @param httpMembers of a shop behind HTTP
 * @param payments measured in the core in a round
 * @param seconds of a window or round over sockets
 * @param warmUpSeconds sent before over HTTP
 * @param memoryMembers in the tables whose memory is measured
 */
public record Scale(
        int rounds,
        int ringRounds,
        int windows,
        int members,
        int httpMembers,
        int payments,
        int seconds,
        int warmUpSeconds,
        int memoryMembers) {
    public static final Scale TINY = new Scale(1, 2, 2, 500, 200, 2_000, 1, 0, 2_000);
    public static final Scale QUICK = new Scale(1, 1, 7, 1_000_000, 20_000, 400_000, 2, 10, 1_000_000);
    public static final Scale FULL = new Scale(5, 15, 21, 1_000_000, 100_000, 1_000_000, 3, 10, 10_000_000);

    /** Returns the scale of this name. */
    public static Scale of(final String name) {
        return switch (name) {
            case "tiny" -> TINY;
            case "quick" -> QUICK;
            case "full" -> FULL;
            default -> throw new IllegalArgumentException("tiny, quick or full: scale=" + name);
        };
    }
}
