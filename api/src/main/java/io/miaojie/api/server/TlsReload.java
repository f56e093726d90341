package io.miaojie.api.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether the certificate was replaced, and shows the new one to whoever connects from then on; one
 * that can't be read leaves the old in force. Thread: its event loop; files are looked at by a worker.
 */
final class TlsReload {
    private static final Logger LOG = LoggerFactory.getLogger(TlsReload.class);

    private final Vertx vertx;
    private final HttpServer server;
    private final TlsFiles files;
    private long shownMs;

    private TlsReload(final Vertx vertx, final HttpServer server, final TlsFiles files) {
        this.vertx = vertx;
        this.server = server;
        this.files = files;
    }

    /**
     * Begins to look.
     *
     * @param everyMs how long an old certificate may be shown beside a new one on the disk
     */
    static void start(final Vertx vertx, final HttpServer server, final TlsFiles files, final long everyMs) {
        final TlsReload reload = new TlsReload(vertx, server, files);
        vertx.executeBlocking(files::changedAtMs).onSuccess(changedMs -> {
            reload.shownMs = changedMs;
            vertx.setPeriodic(everyMs, ignored -> reload.look());
        });
    }

    private void look() {
        vertx.executeBlocking(files::changedAtMs).onSuccess(changedMs -> {
            if (changedMs != shownMs) {
                shownMs = changedMs;
                show();
            }
        });
    }

    /** Files of the same names are the same options: the server is made to read them. */
    private void show() {
        server.updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(files.options()), true)
                .onSuccess(ignored -> LOG.info("certificate replaced: certificate={}", files.certificate()))
                .onFailure(cause -> LOG.error(
                        "certificate can't be read, the old one stays: certificate={}", files.certificate(), cause));
    }
}
