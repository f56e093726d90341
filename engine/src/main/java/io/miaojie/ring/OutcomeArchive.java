package io.miaojie.ring;

import io.miaojie.gate.AnswerType;
import io.miaojie.gate.ReplySink;
import io.miaojie.journal.Journal;
import io.miaojie.journal.JournalException;
import io.miaojie.journal.RecordReader;
import io.miaojie.wire.RecordLayout;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The long memory for repeats: reads the first outcome, or the first command of a conflict, back from the journal.
 *
 * <p>Thread: its own, so that no live command waits for the disk; {@link #offer} on the journal thread.
 */
final class OutcomeArchive implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeArchive.class);

    /** Repeats mostly come in the order of the first: up to here stepping on beats opening a reader anew. */
    private static final long STEPS_MAX = 4_096;

    /** How late it notices that it is to end. Interrupting it instead would close the files it reads. */
    private static final long POLL_MS = 100;

    private static final DirectBuffer NOTHING = new UnsafeBuffer(new byte[0]);

    private record Request(long token, AnswerType type, long sequence) {}

    private final Journal journal;
    private final ReplySink sink;
    private final Halt halt;
    private final BlockingQueue<Request> requests;
    private final AtomicLong answeredCount = new AtomicLong();
    private volatile boolean isClosing;
    private RecordReader reader;
    private long readSequence;

    OutcomeArchive(final Journal journal, final ReplySink sink, final Halt halt, final int queueMax) {
        this.journal = journal;
        this.sink = sink;
        this.halt = halt;
        this.requests = new ArrayBlockingQueue<>(queueMax);
    }

    /** Asks for an answer from the record of {@code sequence}; false: too many wait already. */
    boolean offer(final long token, final AnswerType type, final long sequence) {
        return requests.offer(new Request(token, type, sequence));
    }

    /** Lets the worker end behind the requests that wait now. */
    void close() {
        isClosing = true;
    }

    /** Returns the answers given so far. Thread: any. */
    long answeredCount() {
        return answeredCount.getAcquire();
    }

    @Override
    public void run() {
        try {
            answerAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable fault) {
            halt.set(fault);
        } finally {
            closeReader();
        }
    }

    private void answerAll() throws InterruptedException {
        while (!halt.isSet() && !(isClosing && requests.isEmpty())) {
            final Request request = requests.poll(POLL_MS, TimeUnit.MILLISECONDS);
            if (request != null) {
                answer(request);
                // Release only: a figure to look at.
                answeredCount.setRelease(answeredCount.getPlain() + 1);
                if (requests.isEmpty()) {
                    sink.onEndOfBatch();
                }
            }
        }
    }

    private void answer(final Request request) {
        if (!stepTo(request.sequence)) {
            sink.onOutcome(request.token, AnswerType.UNAVAILABLE, request.sequence, NOTHING, 0, 0);
            return;
        }
        final DirectBuffer buffer = reader.buffer();
        final int record = reader.offset();
        final boolean isRepeat = request.type == AnswerType.REPEAT;
        sink.onOutcome(
                request.token,
                request.type,
                request.sequence,
                buffer,
                isRepeat ? RecordLayout.outcomeOffset(buffer, record) : RecordLayout.commandOffset(record),
                isRepeat ? RecordLayout.outcomeLength(buffer, record) : RecordLayout.commandLength(buffer, record));
    }

    private boolean stepTo(final long sequence) {
        try {
            if (reader == null || sequence < readSequence || sequence - readSequence > STEPS_MAX) {
                closeReader();
                reader = journal.reader(sequence - 1);
                readSequence = sequence - 1;
            }
            while (readSequence < sequence && reader.next()) {
                readSequence = RecordLayout.sequence(reader.buffer(), reader.offset());
            }
        } catch (JournalException e) {
            LOG.error("a past outcome can't be read: sequence={}", sequence, e);
            closeReader();
        }
        return reader != null && readSequence == sequence;
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
