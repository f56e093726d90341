package io.miaojie.projection;

import java.io.IOException;
import java.nio.file.Path;

/** A program that starts an embedded Postgres and then waits to be killed. */
final class PostgresOwner {
    private PostgresOwner() {}

    public static void main(final String[] arguments) throws IOException {
        EmbeddedPostgres.start(Path.of(arguments[0]));
        System.out.println(EmbeddedPostgresTest.READY);
        System.in.read();
    }
}
