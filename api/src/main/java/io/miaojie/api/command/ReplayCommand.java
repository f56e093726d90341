package io.miaojie.api.command;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.client.BulkSender;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Feeds a file of NDJSON events to a server, block by block, each resent until its summary has arrived. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Feed NDJSON events to a server and sum up what they came to.")
final class ReplayCommand implements Callable<Integer> {
    private static final List<String> COUNTS = List.of("lines", "done", "repeated", "refused");
    private static final int LINE_LENGTH_MAX = 64 * 1024;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "File of events, one JSON object a line; - reads standard input.")
    private String file;

    @Option(
            names = "--url",
            defaultValue = "http://127.0.0.1:8080",
            description = "Server (default: ${DEFAULT-VALUE}).")
    private URI url;

    @Option(
            names = "--key",
            required = true,
            description = "API key that may send payments, from MIAOJIE_KEY or @file.")
    private String key;

    @Option(
            names = "--block-lines",
            defaultValue = "5000",
            description = "Lines in one request (default: ${DEFAULT-VALUE}).")
    private int blockLines;

    @Option(
            names = "--patience-s",
            defaultValue = "60",
            description = "Resend a block for this long, seconds (default: ${DEFAULT-VALUE}).")
    private long patienceS;

    @Override
    public Integer call() throws IOException {
        final Vertx vertx = Vertx.vertx();
        try (InputStream in = open()) {
            final BulkSender sender = new BulkSender(
                    new ApiClient(vertx, url, key, 1), BulkSender.Answers.REFUSED, Duration.ofSeconds(patienceS));
            return feed(in, sender);
        } finally {
            vertx.close().await();
        }
    }

    private InputStream open() throws IOException {
        return new BufferedInputStream(file.equals("-") ? System.in : Files.newInputStream(Path.of(file)), 1 << 16);
    }

    private long size() throws IOException {
        return file.equals("-") ? -1 : Files.size(Path.of(file));
    }

    private int feed(final InputStream in, final BulkSender sender) throws IOException {
        final Map<String, Long> totals = new TreeMap<>();
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final long startNs = System.nanoTime();
        try (ProgressBar bar = new ProgressBar("replay", size())) {
            Buffer block = readBlock(in);
            while (block.length() > 0) {
                final JsonObject summary = sender.send(block, answer -> err.println(answer.encode()));
                add(summary, totals);
                bar.stepBy(block.length());
                block = readBlock(in);
            }
        }
        final long elapsedMs = Math.max(1, (System.nanoTime() - startNs) / 1_000_000);
        totals.forEach((name, count) -> out.printf("%-32s %,d%n", name, count));
        out.printf("%-32s %,d ms%n", "elapsed", elapsedMs);
        out.flush();
        return totals.getOrDefault("refused", 0L) == 0 ? 0 : 1;
    }

    /** Counts add up over the blocks; the sequence of the last one stands. */
    private static void add(final JsonObject summary, final Map<String, Long> totals) {
        COUNTS.forEach(count -> totals.merge(count, summary.getLong(count), Long::sum));
        totals.put("last_sequence", summary.getLong("last_sequence"));
        final JsonObject codes = summary.getJsonObject("codes");
        codes.fieldNames().forEach(code -> totals.merge("codes." + code, codes.getLong(code), Long::sum));
    }

    private Buffer readBlock(final InputStream in) throws IOException {
        final Buffer block = Buffer.buffer();
        int lineStart = 0;
        int lines = 0;
        while (lines < blockLines) {
            final int next = in.read();
            if (next < 0) {
                if (block.length() > lineStart) {
                    block.appendByte((byte) '\n');
                }
                break;
            }
            block.appendByte((byte) next);
            if (next == '\n') {
                lines++;
                lineStart = block.length();
            } else if (block.length() - lineStart > LINE_LENGTH_MAX) {
                throw new IOException("line too long: lengthMax=" + LINE_LENGTH_MAX + " bytes");
            }
        }
        return block;
    }
}
