package io.miaojie.journal;

import io.miaojie.support.EchoCore;
import io.miaojie.support.JournalDriver;
import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * A process that commits some records, then dies for nobody: it stands in the middle of an excerpt of its cycle, with
 * Chronicle's write lock in the name of its process number, until it is killed.
 */
final class LockHolder {
    static final String HOLDS = "holds the lock as process ";

    private static final long DAY_MS = 86_400_000L;

    private LockHolder() {}

    /** Takes the directory of the journal. */
    public static void main(final String[] arguments) throws IOException, InterruptedException {
        final ChronicleJournal journal = ChronicleJournal.open(JournalConfig.of(Path.of(arguments[0]), 0));
        new JournalDriver(new EchoCore(), journal).append(20, 200).commit();
        final int last = CycleDirectories.list(Path.of(arguments[0])).lastKey();
        try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(
                                CycleDirectories.of(Path.of(arguments[0]), last))
                        .rollCycle(RollCycles.FAST_DAILY)
                        .timeProvider(() -> last * DAY_MS)
                        .build();
                ExcerptAppender appender = queue.createAppender();
                DocumentContext excerpt = appender.writingDocument()) {
            System.out.println(
                    HOLDS + ProcessHandle.current().pid() + " " + excerpt.isOpen() + " " + journal.durableSequence());
            Thread.currentThread().join();
        }
    }
}
