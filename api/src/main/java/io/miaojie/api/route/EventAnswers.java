package io.miaojie.api.route;

import io.miaojie.api.edge.Answer;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.edge.Verdict;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.problem.BadInput;
import java.util.Map;
import java.util.TreeMap;

/** The answers to the lines of one bulk request, one line each, and their sum. Thread: its event loop. */
final class EventAnswers {
    /** Which lines are answered; the summary always is. */
    enum Detail {
        FULL,
        REFUSED,
        SUMMARY
    }

    private static final int DONE = 200;

    private final Edge edge;
    private final Detail detail;
    private final LineTypes types;
    private final Map<String, long[]> codes = new TreeMap<>();
    private long lines;
    private long done;
    private long repeated;
    private long refused;
    private long lastSequence;

    EventAnswers(final Edge edge, final Detail detail, final LineTypes types) {
        this.edge = edge;
        this.detail = detail;
        this.types = types;
    }

    /** Writes the answer to a line that was submitted. */
    void write(final JsonWriter out, final long line, final Answer answer) {
        final Verdict verdict = edge.judge(answer);
        final LineType type = types.of(answer);
        count(verdict.code(), verdict.status());
        lastSequence = Math.max(lastSequence, answer.sequence());
        if (verdict.isRepeat()) {
            repeated++;
        }
        if (verdict.isDone()) {
            type.eachCode(answer, this::count);
        }
        if (isLeftOut(verdict.status())) {
            return;
        }
        type.writeId(out.beginObject().field("line", line), answer);
        out.field("status", verdict.status());
        if (verdict.isDone()) {
            if (verdict.isRepeat()) {
                out.name("replayed").value(true);
            }
            out.field("sequence", answer.sequence()).name("body");
            type.writeBody(out, answer);
        } else {
            writeRefusal(out, verdict);
        }
        out.endObject().newLine();
    }

    /** Writes the answer to a line that was not submitted. */
    void write(final JsonWriter out, final long line, final String id, final BadInput bad) {
        count(bad.code().name(), bad.code().status());
        if (isLeftOut(bad.code().status())) {
            return;
        }
        out.beginObject().field("line", line);
        if (id != null) {
            out.field("id", id);
        }
        out.field("status", bad.code().status()).field("code", bad.code().name());
        if (bad.pointer() != null) {
            out.field("pointer", bad.pointer());
        }
        out.field("detail", bad.getMessage()).endObject().newLine();
    }

    void writeSummary(final JsonWriter out) {
        out.beginObject().name("summary").beginObject();
        out.field("lines", lines)
                .field("done", done)
                .field("repeated", repeated)
                .field("refused", refused);
        out.field("last_sequence", lastSequence).name("codes").beginObject();
        codes.forEach((code, count) -> out.field(code, count[0]));
        out.endObject().endObject().endObject().newLine();
    }

    private static void writeRefusal(final JsonWriter out, final Verdict verdict) {
        out.field("code", verdict.code());
        if (verdict.pointer() != null) {
            out.field("pointer", verdict.pointer());
        }
        if (verdict.firstSequence() > 0) {
            out.field("first_sequence", verdict.firstSequence());
        }
    }

    private boolean isLeftOut(final int status) {
        return detail == Detail.SUMMARY || detail == Detail.REFUSED && status == DONE;
    }

    private void count(final String code, final int status) {
        lines++;
        if (status == DONE) {
            done++;
        } else {
            refused++;
        }
        count(code);
        edge.meters().onAnswered(code);
    }

    private void count(final String code) {
        codes.computeIfAbsent(code, ignored -> new long[1])[0]++;
    }
}
