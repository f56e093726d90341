package io.miaojie.projection;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The tables and views in Postgres, brought to this version by Flyway. A quarter of that is the loading of Flyway,
 * which needs no Postgres and may be done while one starts.
 */
public final class ProjectionSchema {
    private final FluentConfiguration configuration;

    private ProjectionSchema(final FluentConfiguration configuration) {
        this.configuration = configuration;
    }

    /** Loads Flyway and its plugins. */
    public static ProjectionSchema load() {
        final FluentConfiguration configuration = Flyway.configure(ProjectionSchema.class.getClassLoader())
                .schemas("miaojie")
                .locations("classpath:io/miaojie/projection/migration")
                .failOnMissingLocations(true)
                .group(true);
        configuration.load();
        return new ProjectionSchema(configuration);
    }

    /**
     * Brings this database to this version: all of it, or none.
     *
     * @return the same address
     * @throws ProjectionException when Postgres can't be reached or holds a schema that does not fit
     */
    public PostgresAddress migrate(final PostgresAddress address) {
        try {
            configuration
                    .dataSource(address.jdbcUrl(), address.user(), address.password())
                    .load()
                    .migrate();
            return address;
        } catch (final FlywayException e) {
            throw new ProjectionException("the schema in Postgres can't be prepared: address=" + address, e);
        }
    }
}
