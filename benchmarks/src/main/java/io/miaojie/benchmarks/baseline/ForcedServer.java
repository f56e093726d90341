package io.miaojie.benchmarks.baseline;

import io.miaojie.benchmarks.rig.ServerProcess;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A bare Vert.x server that parses the payment, writes as many bytes as a payment journals, and answers once a group
 * commit has forced them with {@code fdatasync}: the least that a durable answer costs. Its file is filled with zeros
 * beforehand, so that a force allocates nothing. Leaves out every decision, and any way to read it back.
 */
public final class ForcedServer {
    private static final int BATCH_MAX = 1_024;
    private static final int FILL_BYTES = 1 << 20;

    private final BlockingQueue<HttpServerResponse> waiting = new LinkedBlockingQueue<>();
    private final FileChannel file;
    private final ByteBuffer records;
    private final int recordBytes;
    private final long fileBytes;
    private long position;

    private ForcedServer(final FileChannel file, final int recordBytes, final long fileBytes) {
        this.file = file;
        this.recordBytes = recordBytes;
        this.fileBytes = fileBytes;
        this.records = ByteBuffer.allocateDirect(BATCH_MAX * recordBytes);
        for (int i = 0; i < records.capacity(); i++) {
            records.put(i, (byte) (i | 1));
        }
    }

    /**
     * Serves until it is stopped.
     *
     * @param args file, bytes of a record, bytes of the file
     */
    public static void main(final String[] args) throws IOException {
        final FileChannel file =
                FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        final ForcedServer server = new ForcedServer(file, Integer.parseInt(args[1]), Long.parseLong(args[2]));
        server.fill();
        server.listen();
    }

    private void fill() throws IOException {
        final ByteBuffer zeros = ByteBuffer.allocateDirect(FILL_BYTES);
        for (long at = 0; at < fileBytes; at += FILL_BYTES) {
            file.write(zeros.rewind(), at);
        }
        file.force(true);
    }

    private void listen() {
        final Vertx vertx =
                Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
        final Context loop = vertx.getOrCreateContext();
        final Thread writer = new Thread(() -> write(loop), "writer");
        writer.setDaemon(true);
        writer.start();
        loop.runOnContext(now -> vertx.createHttpServer(new HttpServerOptions().setTcpNoDelay(true))
                .requestHandler(request -> request.body().onSuccess(body -> {
                    new JsonObject(body);
                    waiting.add(request.response());
                }))
                .listen(0, "127.0.0.1")
                .onSuccess(http -> ServerProcess.announce(http.actualPort())));
    }

    /** Forces what waits, again and again; ends the process when the disk fails. */
    private void write(final Context loop) {
        final List<HttpServerResponse> batch = new ArrayList<>();
        try {
            while (true) {
                batch.add(waiting.take());
                waiting.drainTo(batch, BATCH_MAX - 1);
                final int length = batch.size() * recordBytes;
                position = position + length > fileBytes ? 0 : position;
                records.clear().limit(length);
                file.write(records, position);
                position += length;
                file.force(false);
                final List<HttpServerResponse> forced = List.copyOf(batch);
                batch.clear();
                loop.runOnContext(now -> forced.forEach(response ->
                        response.putHeader("Content-Type", "application/json").end("{\"status\":\"ok\"}")));
            }
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
