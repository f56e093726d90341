package io.miaojie.projection;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables and views in Postgres, brought to this version by Flyway. */
final class ProjectionSchema {
    private ProjectionSchema() {}

    /** @throws ProjectionException when Postgres can't be reached or holds a schema that does not fit */
    static void migrate(final PostgresAddress address) {
        try {
            Flyway.configure(ProjectionSchema.class.getClassLoader())
                    .dataSource(address.jdbcUrl(), address.user(), address.password())
                    .schemas("miaojie")
                    .locations("classpath:io/miaojie/projection/migration")
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        } catch (final FlywayException e) {
            throw new ProjectionException("the schema in Postgres can't be prepared: address=" + address, e);
        }
    }
}
