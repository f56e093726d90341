package io.miaojie.api.support;

import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.PostgresAddress;
import java.nio.file.Path;

/** A Postgres that is no child of the server: what is done to the server's processes is not done to it. */
public final class PostgresApart implements AutoCloseable {
    private final EmbeddedPostgres postgres;

    /** Starts it on this directory, with what it left there before. */
    public PostgresApart(final Path directory) {
        this.postgres = EmbeddedPostgres.start(directory);
    }

    /** Returns what {@code --postgres-uri} takes. */
    public String uri() {
        final PostgresAddress address = postgres.address();
        return "postgres://%s:%s@%s:%d/%s"
                .formatted(address.user(), address.password(), address.host(), address.port(), address.database());
    }

    @Override
    public void close() {
        postgres.close();
    }
}
