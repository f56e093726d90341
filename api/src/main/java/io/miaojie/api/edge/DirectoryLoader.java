package io.miaojie.api.edge;

import io.miaojie.api.directory.DirectoryFeed;
import io.miaojie.gate.SubmitCode;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.DirectoryAnswerDecoder;
import io.miaojie.wire.codec.DirectoryQueryEncoder;
import io.miaojie.wire.codec.DirectoryType;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads every definition through the gate at start, entry by entry, table by table. Thread: one event loop. */
final class DirectoryLoader {
    private static final DirectoryType[] TABLES = {
        DirectoryType.SHARD,
        DirectoryType.MERCHANT,
        DirectoryType.KEY,
        DirectoryType.CAMPAIGN,
        DirectoryType.TARGET,
        DirectoryType.LINK
    };

    private static final int WINDOW = 256;
    private static final long RETRY_MS = 10;

    private final Context context;
    private final Waiting waiting;
    private final DirectoryFeed feed;
    private final UnsafeBuffer query = new UnsafeBuffer(new byte[128]);
    private final Promise<Void> loaded = Promise.promise();
    private int table;
    private int count = 1;
    private int index;
    private int asked;

    DirectoryLoader(final Context context, final Waiting waiting, final DirectoryFeed feed) {
        this.context = context;
        this.waiting = waiting;
        this.feed = feed;
    }

    Future<Void> load() {
        ask();
        return loaded.future();
    }

    /** Keeps some questions under way, so that a table of many links is not read at the pace of one round trip each. */
    private void ask() {
        while (table < TABLES.length && index < count && asked < WINDOW) {
            final SubmitCode code = submit();
            if (code == SubmitCode.RING_FULL || code == SubmitCode.PROJECTION_BEHIND) {
                if (asked == 0) {
                    context.owner().setTimer(RETRY_MS, ignored -> ask());
                }
                return;
            }
            if (code != SubmitCode.ACCEPTED) {
                loaded.tryFail("the directory can't be read, submit=" + code);
                return;
            }
            index++;
            asked++;
        }
    }

    private SubmitCode submit() {
        final DirectoryQueryEncoder encoder =
                new DirectoryQueryEncoder().wrapAndApplyHeader(query, 0, new MessageHeaderEncoder());
        encoder.envelope().keyIndex(0).digestHigh(0).digestLow(0).fingerprint(0).atNs(0);
        encoder.type(TABLES[table]).index(index);
        return waiting.submit(this::onAnswer, 0, query, MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength());
    }

    private void onAnswer(final Answer answer) {
        asked--;
        if (answer.code() == ResultCode.ENTRY_UNKNOWN.number()) {
            count = Math.min(count, index);
        } else if (answer.templateId() == DirectoryAnswerDecoder.TEMPLATE_ID) {
            final DirectoryAnswerDecoder entry = new DirectoryAnswerDecoder()
                    .wrapAndApplyHeader(answer.buffer(), answer.offset(), new MessageHeaderDecoder());
            count = entry.count();
            feed.onEntry(entry, answer.sequence());
        } else {
            loaded.tryFail("the directory can't be read, template=" + answer.templateId() + " code=" + answer.code());
            return;
        }
        if (asked == 0 && index >= count) {
            nextTable();
        }
        ask();
    }

    private void nextTable() {
        index = 0;
        count = 1;
        if (++table == TABLES.length) {
            loaded.tryComplete();
        }
    }
}
