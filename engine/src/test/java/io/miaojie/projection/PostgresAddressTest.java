package io.miaojie.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads addresses as people write them. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class PostgresAddressTest {
    @Test
    void readsEveryPart() {
        assertEquals(
                new PostgresAddress("db.example", 6543, "my db", "me", "p:@/+ ä"),
                PostgresAddress.parse("postgres://me:p%3A%40%2F+%20%C3%A4@db.example:6543/my%20db"));
    }

    @Test
    void fillsInPortDatabaseAndPassword() {
        assertEquals(
                new PostgresAddress("localhost", 5432, "me", "me", ""),
                PostgresAddress.parse("postgresql://me@localhost"));
    }

    @Test
    void takesAnIpv6Address() {
        final PostgresAddress address = PostgresAddress.parse("postgres://me@[::1]:1/d");
        assertEquals("::1", address.host());
        assertEquals("jdbc:postgresql://[::1]:1/d", address.jdbcUrl());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "mysql://me:secret@h/d",
                "postgres://h/d",
                "postgres:///d",
                "postgres://me:secret@h/d?sslmode=x",
                "postgres://me:sec ret@h/d"
            })
    void refusesAnythingElseWithoutRepeatingThePassword(final String uri) {
        final String message = assertThrows(IllegalArgumentException.class, () -> PostgresAddress.parse(uri))
                .getMessage();
        assertFalse(message.contains("secret") || message.contains("sec ret"), message);
    }

    @Test
    void itsTextHidesThePassword() {
        assertEquals(
                "postgres://me@h:5432/d",
                PostgresAddress.parse("postgres://me:secret@h/d").toString());
    }
}
