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
        DirectoryType.SHARD, DirectoryType.MERCHANT, DirectoryType.KEY, DirectoryType.CAMPAIGN
    };

    private final Context context;
    private final Waiting waiting;
    private final DirectoryFeed feed;
    private final UnsafeBuffer query = new UnsafeBuffer(new byte[128]);
    private final Promise<Void> loaded = Promise.promise();
    private int table;
    private int index;

    DirectoryLoader(final Context context, final Waiting waiting, final DirectoryFeed feed) {
        this.context = context;
        this.waiting = waiting;
        this.feed = feed;
    }

    Future<Void> load() {
        ask();
        return loaded.future();
    }

    private void ask() {
        if (table == TABLES.length) {
            loaded.complete();
            return;
        }
        final DirectoryQueryEncoder encoder =
                new DirectoryQueryEncoder().wrapAndApplyHeader(query, 0, new MessageHeaderEncoder());
        encoder.envelope().keyIndex(0).digestHigh(0).digestLow(0).fingerprint(0).atNs(0);
        encoder.type(TABLES[table]).index(index);
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        final SubmitCode code = waiting.submit(this::onAnswer, 0, query, length);
        if (code == SubmitCode.RING_FULL || code == SubmitCode.PROJECTION_BEHIND) {
            context.owner().setTimer(10, ignored -> ask());
        } else if (code != SubmitCode.ACCEPTED) {
            loaded.fail("the directory can't be read, submit=" + code);
        }
    }

    private void onAnswer(final Answer answer) {
        if (answer.code() == ResultCode.ENTRY_UNKNOWN.number()) {
            nextTable();
        } else if (answer.templateId() == DirectoryAnswerDecoder.TEMPLATE_ID) {
            onEntry(answer);
        } else {
            loaded.fail("the directory can't be read, template=" + answer.templateId() + " code=" + answer.code());
            return;
        }
        ask();
    }

    private void onEntry(final Answer answer) {
        final DirectoryAnswerDecoder entry = new DirectoryAnswerDecoder()
                .wrapAndApplyHeader(answer.buffer(), answer.offset(), new MessageHeaderDecoder());
        feed.onEntry(entry, answer.sequence());
        if (++index >= entry.count()) {
            nextTable();
        }
    }

    private void nextTable() {
        table++;
        index = 0;
    }
}
